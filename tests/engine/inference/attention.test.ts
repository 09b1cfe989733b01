import { describe, expect, test } from 'vitest';
import type { Architecture } from '@engine/catalogue/types';
import { describeDevice } from '@engine/hardware/device';
import {
  attendedTokens,
  cacheBytesOf,
  decodeAttentionSeconds,
  promptAttentionSeconds,
} from '@engine/inference/attention';
import { expertSeconds, rowImbalance } from '@engine/inference/experts';
import type { SoftwareGeneration } from '@engine/inference/software';
import { passOverheadSeconds } from '@engine/inference/layers';
import { arithmeticRate } from '@engine/inference/product';
import {
  prepareServing,
  readServingConstants,
  type Serving,
  type ServingSetup,
} from '@engine/inference/serving';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf, architectureOf } from '../../fixtures/engine-fixture';

function replica(architecture: Architecture, changes: Partial<ServingSetup> = {}): Serving {
  const device = describeDevice(acceleratorOf('h100-sxm'), null, catalogue.assumptions);
  return prepareServing(
    {
      device,
      architecture,
      weightPrecision: 'fp8',
      keyValuePrecision: 'bf16',
      tensorParallel: 1,
      pipelineParallel: 1,
      ...changes,
    },
    readServingConstants(catalogue.assumptions, 'current', device.family),
  );
}

const full = architectureOf('llama-3.1-8b');
const windowed = { ...full, slidingWindow: { tokens: 128, layerShare: 0.5 } };
const hybrid = { ...full, attentionLayerShare: 0.25 };

describe('the tokens that layers attend to', () => {
  test.each([
    ['full attention', full, 32 * 4096],
    ['half of the layers with a window', windowed, 16 * 4096 + 16 * 128],
    ['a quarter of the layers with attention', hybrid, 8 * 4096],
  ])('are counted by layer: %s', (_, architecture, expected) => {
    expect(attendedTokens(architecture, 4096)).toBe(expected);
  });

  test('are all of them within a window', () => {
    expect(attendedTokens(windowed, 100)).toBe(attendedTokens(full, 100));
  });
});

describe('a hybrid model', () => {
  const recurrent = architectureOf('qwen3.5-27b');
  const stateless = { ...recurrent, recurrentMixer: undefined, attentionLayerShare: 0.25 };
  const layers = 48;
  // 48 value heads of 128 × 128 numbers, and 3 inputs of the convolution over keys, queries and values.
  const state = 4 * layers * (48 * 128 * 128 + 3 * (2 * 16 * 128 + 48 * 128));

  test('keeps states beside its cache, cut over the tensor ranks', () => {
    const kept = (tensorParallel: number): number =>
      cacheBytesOf(replica(recurrent, { tensorParallel }), 8192) -
      cacheBytesOf(replica(stateless, { tensorParallel }), 8192);
    expect(kept(1)).toBeCloseTo(state, 0);
    expect(kept(2)).toBeCloseTo(state / 2, 0);
  });

  test('reads and writes them in every step', () => {
    const serving = replica(recurrent);
    const stream = serving.device.memoryBytesPerSecond * serving.constants.cacheStream;
    const added =
      decodeAttentionSeconds(serving, 32, 8192) -
      decodeAttentionSeconds(replica(stateless), 32, 8192);
    expect(added * stream).toBeCloseTo(2 * 32 * state, 0);
  });
});

describe('decoding over a cache', () => {
  const grouped = replica(full);
  const apart = {
    ...grouped,
    constants: { ...grouped.constants, sharesCacheReads: 0 },
  };

  test('takes a read for every head that shares it, where the kernel does not put them together', () => {
    const sharers = full.heads / full.keyValueHeads;
    const ratio = decodeAttentionSeconds(apart, 1, 8192) / decodeAttentionSeconds(grouped, 1, 8192);
    expect(sharers).toBe(4);
    expect(ratio).toBeGreaterThan(0.9 * sharers);
    expect(ratio).toBeLessThan(1.1 * sharers);
  });

  test('is read once where every head has a part of its own', () => {
    const separate = { ...full, keyValueHeads: full.heads };
    const own = replica(separate);
    const other = { ...own, constants: { ...own.constants, sharesCacheReads: 0 } };
    expect(decodeAttentionSeconds(other, 4, 1024)).toBe(decodeAttentionSeconds(own, 4, 1024));
  });

  test('is read, written and read again by Transformers, what heads share once for each of them', () => {
    const copied = (serving: typeof grouped): number =>
      decodeAttentionSeconds(
        { ...serving, constants: { ...serving.constants, copiesCache: 1 } },
        1,
        8192,
      ) / decodeAttentionSeconds(serving, 1, 8192);
    const separate = replica({ ...full, keyValueHeads: full.heads });
    expect(copied(separate)).toBeGreaterThan(0.9 * 3);
    expect(copied(separate)).toBeLessThan(1.1 * 3);
    const each = 3 + 2 * (full.heads / full.keyValueHeads);
    expect(copied(grouped)).toBeGreaterThan(0.9 * each);
    expect(copied(grouped)).toBeLessThan(1.1 * each);
    expect(readServingConstants(catalogue.assumptions, 'pytorch').copiesCache).toBe(1);
    expect(readServingConstants(catalogue.assumptions).copiesCache).toBe(0);
  });

  test.each([
    ['llama.cpp', 1],
    ['llama.cpp-2024', 0.6],
    ['llama.cpp-2023', 0.6],
    ['current', 1],
    ['exllama', 1],
  ] as const)('of %s shares reads: %f', (software, shares) => {
    const { sharesCacheReads } = readServingConstants(catalogue.assumptions, software);
    expect(sharesCacheReads).toBe(shares);
  });
});

describe('heads that work through the cache by themselves', () => {
  const eight = architectureOf('llama-2-70b');
  const four = { ...eight, keyValueHeads: 16 };
  const narrow = { ...eight, headDim: 64 };
  function stepOf(
    software: SoftwareGeneration,
    architecture: Architecture,
    changes: Partial<ServingSetup> = {},
  ): number {
    const constants = readServingConstants(catalogue.assumptions, software, 'hopper');
    const serving = {
      ...replica(architecture, { keyValuePrecision: 'fp8', ...changes }),
      constants,
    };
    return decodeAttentionSeconds(serving, 64, 2048);
  }

  test('take several times as long with TensorRT-LLM up to 0.7, and no longer where none share', () => {
    const ratio = stepOf('trtllm-0.7', eight) / stepOf('trtllm-2024', eight);
    expect(ratio).toBeGreaterThan(4);
    expect(ratio).toBeLessThan(8);
    const alone = { ...eight, keyValueHeads: eight.heads };
    expect(stepOf('trtllm-0.7', alone) / stepOf('trtllm-2024', alone)).toBeLessThan(1.1);
  });

  test('are put together by 0.8 and 0.9 in groups of eight that are 128 wide, and in no others', () => {
    expect(stepOf('trtllm-2023', eight)).toBe(stepOf('trtllm-2024', eight));
    expect(stepOf('trtllm-2023', four)).toBeGreaterThan(2 * stepOf('trtllm-2024', four));
    expect(stepOf('trtllm-2023', narrow)).toBeGreaterThan(4 * stepOf('trtllm-2024', narrow));
  });

  test('are as many on each accelerator for a part of the cache, cut or copied', () => {
    const [cut, copied] = [8, 16].map((tensorParallel) =>
      stepOf('trtllm-0.7', eight, { tensorParallel }),
    );
    expect((cut ?? 0) / (copied ?? Infinity)).toBeCloseTo(2, 1);
  });

  test('take twice as long over elements that are widened first', () => {
    const wide = stepOf('trtllm-0.7', eight, { keyValuePrecision: 'bf16' });
    expect(stepOf('trtllm-0.7', eight) / wide).toBeCloseTo(2, 1);
  });
});

describe('the cache of one request', () => {
  test('fills whole pages', () => {
    const serving = replica(full);
    const page = serving.constants.cacheBlockTokens;
    expect(cacheBytesOf(serving, 1)).toBe(cacheBytesOf(serving, page));
    expect(cacheBytesOf(serving, page + 1)).toBe(2 * cacheBytesOf(serving, page));
    expect(cacheBytesOf(serving, page)).toBe(page * serving.cacheBytesPerToken);
  });

  test('is read in one step at the share of the bandwidth that kernels reach', () => {
    const serving = replica(full);
    const bytes = 64 * 4096 * serving.cacheBytesPerToken;
    const read = bytes / (3.35e12 * serving.constants.cacheStream);
    expect(decodeAttentionSeconds(serving, 64, 4096) / read).toBeCloseTo(1, 1);
  });

  test.each([
    ['a window', windowed],
    ['layers without attention', hybrid],
  ])('costs less with %s, in memory and in time', (_, architecture) => {
    const [plain, sparing] = [replica(full), replica(architecture)];
    expect(cacheBytesOf(sparing, 8192)).toBeLessThan(cacheBytesOf(plain, 8192));
    expect(decodeAttentionSeconds(sparing, 8, 8192)).toBeLessThan(
      decodeAttentionSeconds(plain, 8, 8192),
    );
    expect(promptAttentionSeconds(sparing, 1, 8192)).toBeLessThan(
      promptAttentionSeconds(plain, 1, 8192),
    );
  });
});

describe('experts', () => {
  const mixture = architectureOf('deepseek-v3');

  test('are read once, evenly, whatever the accelerators they are spread over', () => {
    const cut = replica(mixture, { tensorParallel: 8 });
    const spread = replica(mixture, { tensorParallel: 8, expertParallel: 8 });
    // Whole experts are somewhat larger products than parts of all.
    expect(Math.abs(expertSeconds(spread, 64) / expertSeconds(cut, 64) - 1)).toBeLessThan(0.1);
  });

  test('keep the busiest accelerator longer with many rows', () => {
    const spread = replica(mixture, { tensorParallel: 8, expertParallel: 8 });
    const even = { ...spread, constants: { ...spread.constants, expertImbalance: 1 } };
    expect(rowImbalance(even)).toBe(1);
    expect(rowImbalance(spread)).toBeGreaterThan(1);
    expect(expertSeconds(spread, 65_536)).toBeGreaterThan(expertSeconds(even, 65_536));
  });

  test('cost a floor of their own in every layer', () => {
    const dense = replica({ ...mixture, mixtureOfExperts: null });
    const more = passOverheadSeconds(replica(mixture)) - passOverheadSeconds(dense);
    const { expertFloorSeconds, narrowMatmulFloorSeconds, blockScaleFloorSeconds, floorShare } =
      dense.constants;
    const denseLayers = mixture.mixtureOfExperts?.denseLayers ?? 0;
    const own = expertFloorSeconds - 2 * narrowMatmulFloorSeconds;
    // Weights of many experts are scaled in blocks: five products of latent attention and two of a block in every layer.
    const scaled = 7 * blockScaleFloorSeconds * mixture.layers;
    expect(more).toBeCloseTo(floorShare * (own * (mixture.layers - denseLayers) + scaled), 9);
  });

  test('are never faster than their arithmetic', () => {
    const serving = replica(mixture, { tensorParallel: 8 });
    const experts = mixture.mixtureOfExperts;
    const flop = 2 * 4096 * (experts?.expertsPerToken ?? 0) * 3 * 7168 * 2048;
    expect(expertSeconds(serving, 4096)).toBeGreaterThan(flop / 8 / arithmeticRate(serving));
  });
});
