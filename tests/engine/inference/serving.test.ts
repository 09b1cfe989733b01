import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeDevice, type Device } from '@engine/hardware/device';
import { maximumBatch } from '@engine/inference/capacity';
import { decodeStep } from '@engine/inference/decode';
import { expertsTouched } from '@engine/inference/experts';
import { operatingPoint } from '@engine/inference/operating-point';
import { prefillSeconds } from '@engine/inference/prefill';
import { prepareServing, readServingConstants, type ServingSetup } from '@engine/inference/serving';
import { replicasFor } from '@engine/inference/staffing';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { replicaOf } from '../../fixtures/serving-fixture';

const constants = readServingConstants(catalogue.assumptions);

function deviceOf(id: string): Device {
  const accelerator = catalogue.accelerators.get(id);
  if (accelerator === undefined) throw new Error(`The catalogue has no '${id}'.`);
  return describeDevice(accelerator, null, catalogue.assumptions);
}

function serving(modelId: string, changes: Partial<ServingSetup> = {}) {
  const model = catalogue.models.get(modelId);
  if (model === undefined) throw new Error(`The catalogue has no '${modelId}'.`);
  return prepareServing(
    {
      device: deviceOf('h100-sxm'),
      architecture: model.architecture,
      weightPrecision: 'fp8',
      keyValuePrecision: 'fp8',
      tensorParallel: 8,
      pipelineParallel: 1,
      ...changes,
    },
    constants,
  );
}

describe('one replica', () => {
  test('cannot decode faster than its weights can be read', () => {
    const replica = serving('llama-3.1-70b');
    const bound = replica.weightBytesPerAccelerator / 3.35e12;
    expect(bound).toBeCloseTo(2.7e-3, 4);
    const step = decodeStep(replica, 1, 1024).total;
    expect(step).toBeGreaterThan(bound);
    // Observed in published runs: 70B at TP 8 does not go below about 6 to 8 ms per token.
    expect(step).toBeGreaterThan(5e-3);
    expect(step).toBeLessThan(11e-3);
  });

  test('cannot process a prompt faster than the peak', () => {
    const replica = serving('llama-3.1-70b');
    const flop = 2 * 70.5e9 * 8192;
    expect(prefillSeconds(replica, 1, 8192)).toBeGreaterThan(flop / (8 * 1979e12));
  });

  test('splits grouped heads over its accelerators but keeps copies beyond them', () => {
    const eight = serving('llama-3.1-70b', { tensorParallel: 8 });
    const sixteen = serving('llama-3.1-70b', { tensorParallel: 16 });
    expect(eight.cacheBytesPerTokenPerAccelerator).toBe(eight.cacheBytesPerToken / 8);
    expect(sixteen.cacheBytesPerTokenPerAccelerator).toBe(sixteen.cacheBytesPerToken / 8);
    const latent = serving('deepseek-v3');
    expect(latent.cacheBytesPerTokenPerAccelerator).toBe(latent.cacheBytesPerToken);
  });

  // DeepSeek-V3 in FP8 is about 671 GB: it does not fit on 8 × 80 GB, and does on 8 × 141 GB.
  test('holds DeepSeek-V3 on eight H200 and not on eight H100', () => {
    expect(maximumBatch(serving('deepseek-v3'), 1024)).toBe(0);
    const large = serving('deepseek-v3', { device: deviceOf('h200-sxm') });
    expect(maximumBatch(large, 1024)).toBeGreaterThan(100);
  });

  test('touches the experts that its rows are routed to', () => {
    expect(expertsTouched(256, 8, 1)).toBeCloseTo(8, 9);
    expect(expertsTouched(8, 2, 2)).toBeCloseTo(8 * (1 - 0.75 ** 2), 9);
    expect(expertsTouched(256, 8, 1e6)).toBeCloseTo(256, 6);
  });

  test('needs a further replica only when the last one is full', () => {
    expect(replicasFor(10, 5)).toBe(2);
    expect(replicasFor(10.001, 5)).toBe(3);
    expect(replicasFor(0, 5)).toBe(0);
    expect(replicasFor(0.3, 0.1)).toBe(3);
  });

  test('decodes no slower on faster memory and no faster with more requests', () => {
    const models = [...catalogue.models.keys()];
    fc.assert(
      fc.property(
        fc.constantFrom(...models),
        fc.integer({ min: 1, max: 1024 }),
        fc.integer({ min: 16, max: 32_768 }),
        fc.double({ min: 1, max: 10, noNaN: true }),
        (modelId, batch, context, factor) => {
          const slow = deviceOf('h100-sxm');
          const fast = { ...slow, memoryBytesPerSecond: slow.memoryBytesPerSecond * factor };
          const before = decodeStep(serving(modelId), batch, context).total;
          const after = decodeStep(serving(modelId, { device: fast }), batch, context).total;
          expect(Number.isFinite(before)).toBe(true);
          expect(after).toBeLessThanOrEqual(before);
          const shape = { inputTokens: context, outputTokens: 256 };
          const one = operatingPoint(serving(modelId), shape, batch);
          const more = operatingPoint(serving(modelId), shape, batch + 1);
          expect(more.timePerOutputToken).toBeGreaterThan(one.timePerOutputToken);
        },
      ),
    );
  });
});

describe('groups that attend for themselves', () => {
  const setup = { modelId: 'deepseek-v3', acceleratorId: 'h20', tensorParallel: 8 };

  test('hold attention and embeddings whole, all else cut over all accelerators where tokens are gathered', () => {
    const [one, eight] = [1, 8].map((attentionGroups) => replicaOf({ ...setup, attentionGroups }));
    if (!one || !eight) throw new Error('Two replicas.');
    const { architecture, parameters } = one;
    const again = architecture.layers * parameters.attentionPerLayer + 2 * parameters.embedding;
    const more = eight.weightBytesPerAccelerator - one.weightBytesPerAccelerator;
    // And copies in 16 bits of what widens the latent cache: rank 512, 128 heads of 128 and 128.
    const copies = 2 * 61 * 512 * 128 * (128 + 128);
    expect(more / ((7 / 8) * again + copies)).toBeCloseTo(1, 6);
    // Eight H20 of 96 GB have served it so, with what an engine fills at most.
    expect(eight.weightBytesPerAccelerator).toBeLessThan(0.97 * eight.device.memoryBytes * 1.0737);
  });
});
