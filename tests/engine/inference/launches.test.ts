import { describe, expect, test } from 'vitest';
import { decodeStep } from '@engine/inference/decode';
import { launchSeconds, promptLaunchSeconds } from '@engine/inference/layers';
import { prefillSeconds } from '@engine/inference/prefill';
import { allReduceSeconds, linkFor } from '@engine/hardware/collective';
import {
  prepareServing,
  readServingConstants,
  tensorParallelSeconds,
} from '@engine/inference/serving';
import { hostBus } from '@engine/hardware/device';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf } from '../../fixtures/engine-fixture';
import { replicaOf } from '../../fixtures/serving-fixture';

const slow = { promptLayerOverheadSeconds: 2e-3, expertLaunches: 2, latentLaunches: 4 };

describe('launching the kernels of a pass', () => {
  test('takes as long as the layers, experts and latent attention of a model by hand', () => {
    const dense = replicaOf({ constants: slow });
    expect(launchSeconds(dense)).toBeCloseTo(32 * 2e-3, 12);
    const mixture = replicaOf({ modelId: 'mixtral-8x7b', constants: slow });
    expect(launchSeconds(mixture)).toBeCloseTo(32 * (1 + 2) * 2e-3, 12);
    const fused = replicaOf({
      modelId: 'mixtral-8x7b',
      constants: { ...slow, expertLaunches: 1 },
    });
    expect(launchSeconds(fused)).toBeCloseTo(32 * (1 + 1) * 2e-3, 12);
    const latent = replicaOf({ modelId: 'deepseek-v3', tensorParallel: 8, constants: slow });
    expect(launchSeconds(latent)).toBeCloseTo((61 + 2 * 58 + 4 * 61) * 2e-3, 12);
    const selecting = replicaOf({
      modelId: 'deepseek-v3.2',
      tensorParallel: 8,
      constants: { ...slow, latentLaunches: 2 },
    });
    // The indexer of sparse attention launches as much as a dense layer.
    expect(launchSeconds(selecting)).toBeCloseTo((61 + 2 * 58 + (2 + 1) * 61) * 2e-3, 12);
    const pooled = replicaOf({ modelId: 'deepseek-v4-flash', tensorParallel: 8, constants: slow });
    expect(launchSeconds(pooled)).toBeCloseTo((43 + 2 * 43 + 4 * 43 + 21) * 2e-3, 12);
  });

  test('holds a short prompt up and hides behind a long one', () => {
    const [free, launched] = [0, 2e-3].map((promptLayerOverheadSeconds) =>
      replicaOf({ constants: { promptLayerOverheadSeconds } }),
    );
    if (!free || !launched) throw new Error('no replica');
    expect(prefillSeconds(launched, 1, 8) / prefillSeconds(free, 1, 8)).toBeGreaterThan(5);
    expect(prefillSeconds(launched, 1, 65_536)).toBe(prefillSeconds(free, 1, 65_536));
  });

  test('is a share of that for prompts captured layer by layer, where nothing keeps an engine from it', () => {
    const constants = { ...slow, capturedLaunch: 0.25 };
    const share = (changes: Parameters<typeof replicaOf>[0]): number => {
      const serving = replicaOf({ constants, ...changes });
      return promptLaunchSeconds(serving) / launchSeconds(serving);
    };
    expect(share({})).toBe(0.25);
    expect(share({ modelId: 'deepseek-v3', tensorParallel: 8 })).toBe(0.25);
    expect(share({ modelId: 'deepseek-v3.2', tensorParallel: 8 })).toBe(1);
    expect(share({ modelId: 'deepseek-v3', tensorParallel: 8, attentionGroups: 8 })).toBe(1);
    expect(share({ pipelineParallel: 2 })).toBe(1);
    const pooled = { ...replicaOf({ constants }), promptPoolBusyShare: 0.8 };
    expect(promptLaunchSeconds(pooled)).toBe(launchSeconds(pooled));
  });

  test('adds those of recurrences, captured or not, and none of a short convolution', () => {
    const constants = { ...slow, capturedLaunch: 0.25, recurrentLaunches: 2 };
    const beyond = (modelId: string): number => {
      const serving = replicaOf({ modelId, constants });
      return promptLaunchSeconds(serving) - 0.25 * launchSeconds(serving);
    };
    expect(beyond('qwen3.5-27b')).toBeCloseTo(2 * 48 * 2e-3, 12);
    expect(beyond('nemotron-3-nano')).toBeCloseTo(0.5 * 2 * 23 * 2e-3, 12);
    expect(beyond('lfm2-1.2b')).toBeCloseTo(0, 12);
    expect(beyond('llama-3.1-8b')).toBeCloseTo(0, 12);
  });

  test('counts in steps of more requests than were captured as one graph', () => {
    const captured = replicaOf({ constants: { ...slow, capturedRows: 256 } });
    const whole = replicaOf({ constants: { ...slow, capturedRows: 1024 } });
    expect(decodeStep(captured, 256, 512)).toEqual(decodeStep(whole, 256, 512));
    const { matmul, cache, collective, overhead, host, total } = decodeStep(captured, 257, 512);
    const free = decodeStep(whole, 257, 512);
    expect(total - free.total).toBeCloseTo(
      launchSeconds(captured) - free.matmul - free.cache - free.collective,
      12,
    );
    expect(matmul + cache + collective + overhead + host).toBeCloseTo(total, 12);
  });

  test('counts in every step that attends in groups where an engine captures none of them', () => {
    const setup = { modelId: 'deepseek-v3', acceleratorId: 'h200-sxm', tensorParallel: 8 };
    const step = (attentionGroups: number, capturesGroups: number) =>
      decodeStep(
        replicaOf({ ...setup, attentionGroups, constants: { ...slow, capturesGroups } }),
        16,
        512,
      ).total;
    expect(step(8, 0)).toBeGreaterThan((61 + 2 * 58 + 4 * 61) * 2e-3);
    expect(step(8, 1)).toBeLessThan(0.2 * step(8, 0));
    expect(step(1, 0)).toBe(step(1, 1));
  });
});

describe('all-reduces of plain frameworks', () => {
  test('are those of the general library', () => {
    const setup = { modelId: 'llama-3.1-70b', tensorParallel: 8 };
    const library = replicaOf({ ...setup, constants: { usesLibraryCollectives: 1 } });
    const link = linkFor(library.device, 8, 1, 'library');
    expect(library.link).toEqual(link);
    expect(tensorParallelSeconds(library, 4)).toBeCloseTo(
      2 * 80 * allReduceSeconds(2 * 4 * 8192, 8, link),
      12,
    );
    expect(tensorParallelSeconds(library, 4)).toBeGreaterThan(
      2 * tensorParallelSeconds(replicaOf(setup), 4),
    );
  });
});

describe('all-reduces of cards without links between them', () => {
  const onBus = (acceleratorId: string, tensorParallel: number) => {
    const scaleUp = hostBus(acceleratorOf(acceleratorId), catalogue.assumptions, 8);
    const { device, architecture, constants } = replicaOf({ acceleratorId });
    return prepareServing(
      {
        device: { ...device, scaleUp },
        architecture,
        weightPrecision: 'fp8',
        keyValuePrecision: 'bf16',
        tensorParallel,
        pipelineParallel: 1,
      },
      constants,
    );
  };

  test.each([
    [2, 'low latency'],
    [4, 'library'],
    [8, 'library'],
  ] as const)('of %i ranks are those of %s code', (ranks, code) => {
    const { link, device } = onBus('l40s', ranks);
    expect(link.tier).toBe('scale-up');
    expect(link).toEqual(linkFor(device, ranks, 1, code));
  });

  test('take as long as was measured on eight RTX PRO 6000: 24 µs for 1 kB', () => {
    const { link } = onBus('rtx-pro-6000-blackwell', 8);
    expect(allReduceSeconds(1e3, 8, link)).toBeCloseTo(24e-6, 5);
  });
});

describe('all-reduces on boards of Instinct', () => {
  const setup = { modelId: 'llama-3.1-70b', acceleratorId: 'mi300x' };
  const rows = 8192;

  test.each([
    [2, 64],
    [4, 192],
    [8, 448],
  ])('of %i ranks go over the links between these alone: %i GB/s', (tensorParallel, rate) => {
    const { link } = replicaOf({ ...setup, tensorParallel });
    expect(link.bytesPerSecond).toBeCloseTo(rate * 1e9, -6);
  });

  test('take about half as long in 8 bits, and as long as ever where latency counts', () => {
    const seconds = (exchangedBytes: number, tokens: number) =>
      tensorParallelSeconds(
        replicaOf({ ...setup, tensorParallel: 2, constants: { exchangedBytes } }),
        tokens,
      );
    expect(seconds(1, rows) / seconds(2, rows)).toBeCloseTo(0.5, 1);
    expect(seconds(1, 1) / seconds(2, 1)).toBeGreaterThan(0.75);
  });

  test('are quantised by SGLang there and nowhere else', () => {
    const bytesOf = (generation: 'sglang-0.5' | 'current', family: 'cdna' | 'hopper') =>
      readServingConstants(catalogue.assumptions, generation, family).exchangedBytes;
    expect(bytesOf('sglang-0.5', 'cdna')).toBeLessThan(1.1);
    expect(bytesOf('sglang-0.5', 'hopper')).toBe(2);
    expect(bytesOf('current', 'cdna')).toBe(2);
  });
});
