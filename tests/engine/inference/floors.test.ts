import { describe, expect, test } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { matmulPassSeconds, passOverheadSeconds } from '@engine/inference/layers';
import { prepareServing, readServingConstants, type Serving } from '@engine/inference/serving';
import type { SoftwareGeneration } from '@engine/inference/software';
import type { Precision } from '@engine/catalogue/types';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

function replica(
  software: SoftwareGeneration,
  part: string,
  model: string,
  weights: { precision: Precision; bits?: number } = { precision: 'bf16' },
): Serving {
  const accelerator = catalogue.accelerators.get(part);
  const architecture = catalogue.models.get(model)?.architecture;
  if (!accelerator || !architecture) throw new Error(`The catalogue has no ${part} or ${model}.`);
  const device = describeDevice(accelerator, null, catalogue.assumptions);
  return prepareServing(
    {
      device,
      architecture,
      weightPrecision: weights.precision,
      ...(weights.bits === undefined ? {} : { weightBits: weights.bits }),
      keyValuePrecision: 'bf16',
      tensorParallel: 8,
      pipelineParallel: 1,
    },
    readServingConstants(catalogue.assumptions, software, device.family),
  );
}

const dense = 'llama-3.1-70b';

describe('floors of kernels', () => {
  test.each([
    ['h100-sxm', 'vllm-2025', 'current'],
    ['b200-sxm', 'vllm-2025', 'current'],
    ['h100-sxm', 'sglang-2025', 'sglang'],
    ['b200-sxm', 'trtllm-0.17', 'trtllm-2025'],
  ] as const)(
    'on %s are shorter with engines that start kernels early: %s, %s',
    (part, old, recent) => {
      const [before, after] = [old, recent].map((one) =>
        passOverheadSeconds(replica(one as SoftwareGeneration, part, dense)),
      ) as [number, number];
      const family = part === 'b200-sxm' ? 'blackwell' : 'hopper';
      const share = catalogue.assumptions[`serving.floorShare.${family}`]?.value ?? Number.NaN;
      expect(share).toBeLessThan(1);
      expect(after / before).toBeCloseTo(share, 6);
    },
  );

  test.each(['a100-sxm-80gb', 'mi300x'])(
    'on %s, which cannot start them early, do not change',
    (part) => {
      const [before, after] = (['vllm-2025', 'current'] as const).map((software) =>
        passOverheadSeconds(replica(software, part, dense)),
      );
      expect(after).toBe(before);
    },
  );

  test('count the choice of tokens in sparse attention once per layer', () => {
    const [all, some] = ['deepseek-v3', 'deepseek-v3.2'].map((model) =>
      replica('current', 'h200-sxm', model, { precision: 'fp8' }),
    ) as [Serving, Serving];
    const { layers, latentAttention } = some.architecture;
    expect(latentAttention?.sparse).toBeDefined();
    expect(passOverheadSeconds(some) - passOverheadSeconds(all)).toBeCloseTo(
      layers * some.constants.sparseFloorSeconds,
      9,
    );
  });

  test('of experts are shorter where they multiply in 4 bits', () => {
    const { constants, parameters } = replica('current', 'b200-sxm', 'gpt-oss-120b');
    const [wide, narrow] = [{ precision: 'bf16' as const }, { precision: 'fp4' as const }].map(
      (weights) => passOverheadSeconds(replica('current', 'b200-sxm', 'gpt-oss-120b', weights)),
    ) as [number, number];
    // Attention keeps its 16 bits in such checkpoints.
    const experts = constants.fourBitExpertFloorSeconds - constants.expertFloorSeconds;
    expect(experts).toBeLessThan(0);
    // Four experts per token take half of the floor of eight.
    const floors = (constants.floorShare * parameters.expertLayers * experts) / 2;
    expect(narrow - wide).toBeCloseTo(floors, 9);
  });

  test('of experts grow with those of a token, up to eight', () => {
    const added = (expertsPerToken: number): number => {
      const serving = replica('current', 'b200-sxm', 'qwen3-30b-a3b');
      const { architecture, constants } = serving;
      const { mixtureOfExperts } = architecture;
      if (mixtureOfExperts === null) throw new Error('no experts');
      const few = { ...architecture, mixtureOfExperts: { ...mixtureOfExperts, expertsPerToken } };
      const at = (expertFloorSeconds: number) =>
        passOverheadSeconds({
          ...serving,
          architecture: few,
          constants: { ...constants, expertFloorSeconds },
        });
      return (at(1) - at(0)) / (constants.floorShare * 48);
    };
    expect(added(2)).toBeCloseTo(1 / 4, 9);
    expect(added(8)).toBeCloseTo(1, 9);
    expect(added(16)).toBeCloseTo(1, 9);
  });
});

describe('weights that are widened before they are multiplied', () => {
  const rows = 8192;
  test.each([
    ['h100-sxm', 'hopper'],
    ['a100-sxm-80gb', 'ampere'],
  ] as const)('multiply slower than plain ones on %s', (part, family) => {
    const plain = matmulPassSeconds(replica('current', part, dense), rows, 1);
    const widened = matmulPassSeconds(
      replica('current', part, dense, { precision: 'fp4', bits: 4.25 }),
      rows,
      1,
    );
    const share = catalogue.assumptions[`serving.widenedShare.${family}`]?.value ?? Number.NaN;
    expect(widened / plain).toBeGreaterThan(0.9 / share);
    expect(widened / plain).toBeLessThan(1.05 / share);
  });

  test('lose nothing more in engines whose speed of prompts says it already', () => {
    const { constants } = replica('llama.cpp', 'h100-sxm', dense);
    expect(constants.widenedShare).toBe(1);
  });
});
