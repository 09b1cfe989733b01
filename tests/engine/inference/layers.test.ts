import { describe, expect, test } from 'vitest';
import type { Architecture } from '@engine/catalogue/types';
import { describeDevice, type Device } from '@engine/hardware/device';
import { servingMemory, maximumBatch } from '@engine/inference/capacity';
import { decodeStep } from '@engine/inference/decode';
import { matmulPassSeconds, passOverheadSeconds } from '@engine/inference/layers';
import {
  meanContextTokens,
  operatingBatch,
  operatingPoint,
} from '@engine/inference/operating-point';
import { prefillSeconds, prefillSecondsPerRequest } from '@engine/inference/prefill';
import {
  prepareServing,
  readServingConstants,
  servedWeightBytes,
  tensorParallelSeconds,
  type Serving,
  type ServingSetup,
} from '@engine/inference/serving';
import { countParameters } from '@engine/model/parameters';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const constants = readServingConstants(catalogue.assumptions);

function device(id = 'h100-sxm'): Device {
  const accelerator = catalogue.accelerators.get(id);
  if (accelerator === undefined) throw new Error(`The catalogue has no '${id}'.`);
  return describeDevice(accelerator, null, catalogue.assumptions);
}

function architecture(id: string): Architecture {
  const model = catalogue.models.get(id);
  if (model === undefined) throw new Error(`The catalogue has no '${id}'.`);
  return model.architecture;
}

function replica(modelId: string, changes: Partial<ServingSetup> = {}): Serving {
  return prepareServing(
    {
      device: device(),
      architecture: architecture(modelId),
      weightPrecision: 'fp8',
      keyValuePrecision: 'fp8',
      tensorParallel: 1,
      pipelineParallel: 1,
      ...changes,
    },
    constants,
  );
}

describe('weights of a served model', () => {
  const model = architecture('llama-3.1-70b');
  const parameters = countParameters(model);

  function stored(weight: number): number {
    return servedWeightBytes(model, parameters, {
      weight,
      attention: weight,
      embedding: Math.max(weight, 2),
    });
  }

  test('are two bytes each in BF16', () => {
    expect(stored(2)).toBe(2 * parameters.total);
  });

  test('keep the embeddings in 16 bits when the rest is quantised', () => {
    const quantised = parameters.total - parameters.embedding;
    expect(stored(1)).toBe(quantised + 2 * parameters.embedding);
    expect(stored(0.5625)).toBeCloseTo(0.5625 * quantised + 2 * parameters.embedding, 3);
  });

  test('keep attention in 16 bits in the four-bit checkpoints of models with experts', () => {
    const narrow = (id: string, changes: Partial<ServingSetup> = {}) =>
      replica(id, { device: device('b200-sxm'), weightPrecision: 'fp4', ...changes });
    const sixteenBit = replica('gpt-oss-120b', { weightPrecision: 'bf16' }).weightBytes;
    const { parameters: counted, architecture: shape } = narrow('gpt-oss-120b');
    const attention = shape.layers * counted.attentionPerLayer;
    const routed = counted.total - counted.embedding - attention;
    expect(narrow('gpt-oss-120b').weightBytes).toBeCloseTo(sixteenBit - (2 - 0.5625) * routed, 0);
    // The published file of gpt-oss-120b: 60.8 GiB with routed experts alone in MXFP4, 4.25 bits each instead of our 4.5.
    expect(narrow('gpt-oss-120b').weightBytes / 1024 ** 3).toBeGreaterThan(60.8);
    expect(narrow('gpt-oss-120b').weightBytes / 1024 ** 3).toBeLessThan(60.8 * 1.08);
    expect(narrow('llama-3.1-70b').hasWideAttention).toBe(false);
    expect(narrow('gpt-oss-120b', { weightBits: 4.25 }).hasWideAttention).toBe(false);
    expect(replica('gpt-oss-120b').hasWideAttention).toBe(false);
  });

  test('of the 8-bit checkpoint of Llama 3.1 405B that narrows feed-forward blocks alone fill four fifths of a node', () => {
    const plain = replica('llama-3.1-405b');
    const wide = replica('llama-3.1-405b', { hasWideAttention: true });
    const attention = wide.architecture.layers * wide.parameters.attentionPerLayer;
    expect(wide.weightBytes - plain.weightBytes).toBeCloseTo(attention, 0);
    expect(wide.weightBytes / 640e9).toBeGreaterThan(0.74);
  });

  test('are shared by tensor and pipeline parallelism alike', () => {
    const whole = replica('llama-3.1-70b');
    const split = replica('llama-3.1-70b', { tensorParallel: 4, pipelineParallel: 2 });
    expect(split.weightBytesPerAccelerator).toBe(whole.weightBytes / 8);
    expect(split.weightBytes).toBe(whole.weightBytes);
  });
});

describe('memory of a replica', () => {
  test('is what the engine may fill, less weights and workspace', () => {
    const serving = replica('llama-3.1-8b');
    const memory = servingMemory(serving);
    expect(memory.usable).toBeCloseTo(0.9 * 80e9 * serving.constants.gibibytes, 0);
    expect(memory.cache).toBe(memory.usable - memory.weights - memory.workspace);
  });

  test('bounds the batch by hand calculation', () => {
    const serving = replica('llama-3.1-8b', { keyValuePrecision: 'bf16', weightPrecision: 'bf16' });
    const perToken = 2 * 32 * 8 * 128 * 2;
    expect(serving.cacheBytesPerToken).toBe(perToken);
    const expected = Math.floor(servingMemory(serving).cache / (perToken * 8192));
    expect(maximumBatch(serving, 8192)).toBe(expected);
  });

  test('is not the bound for short contexts: the engine is', () => {
    expect(maximumBatch(replica('llama-3.1-8b'), 16)).toBe(constants.largestBatch);
  });

  test('doubles its batch when the cache is half as wide', () => {
    const wide = maximumBatch(replica('llama-3.1-8b', { keyValuePrecision: 'bf16' }), 16_384);
    const narrow = maximumBatch(replica('llama-3.1-8b'), 16_384);
    expect(narrow / wide).toBeCloseTo(2, 1);
  });
});

describe('one pass over the layers', () => {
  test('reads every weight once when few rows pass', () => {
    const serving = replica('llama-3.1-8b', { weightPrecision: 'bf16' });
    const { total, outputHead } = serving.parameters;
    const read = 2 * (total - outputHead);
    const bandwidth = device().memoryBytesPerSecond * device().constants.matmulMemoryFraction;
    expect(matmulPassSeconds(serving, 1) / (read / bandwidth)).toBeCloseTo(1, 2);
  });

  test('is arithmetic when many rows pass', () => {
    const serving = replica('llama-3.1-8b', { weightPrecision: 'bf16' });
    const rows = 65_536;
    const flop = 2 * serving.parameters.multipliedPerToken * rows;
    const kernels = device().rates.bf16?.achievableFlopPerSecond ?? Number.NaN;
    const rate = kernels * serving.constants.computeShare;
    expect(matmulPassSeconds(serving, rows) / (flop / rate)).toBeCloseTo(1, 1);
  });

  test('touches few experts with one row and all of them with many', () => {
    const serving = replica('mixtral-8x7b', { weightPrecision: 'bf16', tensorParallel: 2 });
    const one = matmulPassSeconds(serving, 1);
    const many = matmulPassSeconds(serving, 64);
    // Two of eight experts hold about a quarter of the weights; a batch of 64 reads them all.
    expect(many / one).toBeGreaterThan(2.5);
    expect(many / one).toBeLessThan(4.5);
  });

  test('takes half the time on twice the accelerators, but for communication and launches', () => {
    const two = replica('llama-3.1-70b', { tensorParallel: 2 });
    const four = replica('llama-3.1-70b', { tensorParallel: 4 });
    expect(matmulPassSeconds(two, 8) / matmulPassSeconds(four, 8)).toBeCloseTo(2, 1);
    expect(passOverheadSeconds(two)).toBe(passOverheadSeconds(four));
    expect(tensorParallelSeconds(replica('llama-3.1-70b'), 8)).toBe(0);
    expect(tensorParallelSeconds(four, 8)).toBeGreaterThan(tensorParallelSeconds(two, 8));
  });

  test('quantises activations in blocks before each product with weights of blocks', () => {
    const serving = replica('deepseek-v3', { tensorParallel: 8 });
    const scaling = { ...serving, constants: { ...constants, blockScaleFloorSeconds: 10e-6 } };
    const none = { ...serving, constants: { ...constants, blockScaleFloorSeconds: 0 } };
    const { layers } = serving.architecture;
    const { denseLayers, expertLayers } = serving.parameters;
    const products = 5 * layers + 2 * (denseLayers + expertLayers);
    expect(passOverheadSeconds(scaling) - passOverheadSeconds(none)).toBeCloseTo(
      10e-6 * products,
      9,
    );
  });

  test('runs the operators of latent attention by themselves in early engines', () => {
    const latent = replica('deepseek-v3', { tensorParallel: 8 });
    const dense = replica('llama-3.1-8b');
    const apart = { ...constants, latentFloorSeconds: 50e-6 };
    const more = (serving: Serving) =>
      passOverheadSeconds({ ...serving, constants: apart }) -
      passOverheadSeconds({ ...serving, constants: { ...constants, latentFloorSeconds: 0 } });
    expect(more(latent)).toBeCloseTo(61 * 50e-6, 9);
    expect(more(dense)).toBe(0);
  });

  test('waits for every core of a processor in every layer', () => {
    const serving = replica('llama-3.1-8b', { device: { ...device('epyc-9654'), cores: 96 } });
    const waiting = { ...serving, constants: { ...constants, threadBarrierSeconds: 5e-6 } };
    const more = passOverheadSeconds(waiting) - passOverheadSeconds(serving);
    expect(more).toBeCloseTo(32 * 96 * 5e-6, 9);
    const unknown = replica('llama-3.1-8b', { device: device('epyc-9654') });
    const same = { ...unknown, constants: waiting.constants };
    expect(passOverheadSeconds(same)).toBe(passOverheadSeconds(unknown));
  });

  test('computes 4-bit weights at the 8-bit rate on a part without 4-bit arithmetic', () => {
    const serving = replica('llama-3.1-8b', { weightPrecision: 'fp4' });
    expect(serving.device.rates.fp4?.computedIn).toBe('fp8');
    const few = matmulPassSeconds(serving, 1);
    expect(few).toBeLessThan(matmulPassSeconds(replica('llama-3.1-8b'), 1));
  });
});

describe('a decode step', () => {
  const serving = replica('llama-3.1-70b', { tensorParallel: 4 });

  test('is the sum of its parts', () => {
    const { matmul, cache, collective, overhead, total } = decodeStep(serving, 16, 2048);
    expect(total).toBeCloseTo(matmul + cache + collective + overhead, 12);
  });

  test('reads twice the cache for twice the context', () => {
    const short = decodeStep(serving, 64, 4096).cache;
    const long = decodeStep(serving, 64, 8192).cache;
    expect(long / short).toBeCloseTo(2, 6);
  });

  test('over a latent cache computes for every head what it reads once', () => {
    const latent = replica('deepseek-v3', { device: device('h200-sxm'), tensorParallel: 8 });
    const bytes = 256 * 4096 * latent.cacheBytesPerTokenPerAccelerator;
    const readOnly = bytes / (4.8e12 * latent.constants.cacheStream);
    expect(decodeStep(latent, 256, 4096).cache).toBeGreaterThan(readOnly);
  });

  test('splits requests in flight over pipeline stages', () => {
    const staged = replica('llama-3.1-70b', { tensorParallel: 4, pipelineParallel: 2 });
    const bookkeeping = 16 * serving.constants.sequenceOverheadSeconds;
    expect(decodeStep(staged, 32, 2048).total).toBeCloseTo(
      decodeStep(serving, 16, 2048).total + bookkeeping,
      9,
    );
  });
});

describe('prompts', () => {
  const serving = replica('llama-3.1-8b');

  test('share the weights when they are processed together', () => {
    const alone = prefillSeconds(serving, 1, 128);
    const together = prefillSecondsPerRequest(serving, 64, 128);
    expect(together).toBeLessThan(0.5 * alone);
    expect(prefillSecondsPerRequest(serving, 1, 128)).toBe(alone);
  });

  test('longer than the budget are processed one by one', () => {
    const long = 4 * constants.prefillTokens;
    expect(prefillSecondsPerRequest(serving, 64, long)).toBe(prefillSeconds(serving, 1, long));
  });

  test('grow faster than their length, by attention', () => {
    const ratio = prefillSeconds(serving, 1, 65_536) / prefillSeconds(serving, 1, 16_384);
    expect(ratio).toBeGreaterThan(4);
    expect(ratio).toBeLessThan(16);
  });
});

describe('the operating point', () => {
  const serving = replica('llama-3.1-8b');
  const shape = { inputTokens: 1024, outputTokens: 256 };
  const relaxed = { timeToFirstTokenSeconds: 1e3, timePerOutputTokenSeconds: 1e3 };

  test('counts the prompt and half the answer as context', () => {
    expect(meanContextTokens(shape)).toBe(1152);
  });

  test('conserves tokens: in flight over time per token', () => {
    const point = operatingPoint(serving, shape, 32);
    const perToken = point.timePerOutputToken + point.promptSeconds / 256;
    expect(point.tokensPerSecond * perToken).toBeCloseTo(32, 9);
    expect(point.requestsPerSecond * 256).toBeCloseTo(point.tokensPerSecond, 9);
    expect(point.decode.total + point.prefillShare).toBeCloseTo(point.timePerOutputToken, 12);
  });

  test('is the largest batch in memory without targets that bind', () => {
    const { batch, limit } = operatingBatch(serving, shape, relaxed);
    expect(batch).toBe(maximumBatch(serving, 1152));
    expect(limit).toBe('memory');
  });

  const { requestOverheadSeconds } = serving.constants;

  test.each([
    ['time per output token', { ...relaxed, timePerOutputTokenSeconds: 0.012 }],
    ['time to first token', { ...relaxed, timeToFirstTokenSeconds: requestOverheadSeconds + 0.05 }],
  ] as const)('stops at the last batch within the %s', (name, targets) => {
    const { batch, limit } = operatingBatch(serving, shape, targets);
    expect(limit).toBe(name);
    expect(batch).toBeGreaterThan(0);
    const met = operatingPoint(serving, shape, batch);
    const missed = operatingPoint(serving, shape, batch + 1);
    expect(met.timePerOutputToken).toBeLessThanOrEqual(targets.timePerOutputTokenSeconds);
    expect(met.timeToFirstToken).toBeLessThanOrEqual(targets.timeToFirstTokenSeconds);
    const isMissed =
      missed.timePerOutputToken > targets.timePerOutputTokenSeconds ||
      missed.timeToFirstToken > targets.timeToFirstTokenSeconds;
    expect(isMissed).toBe(true);
  });

  test('is nothing when even one request is too slow, or does not fit', () => {
    const impossible = { ...relaxed, timePerOutputTokenSeconds: 1e-6 };
    expect(operatingBatch(serving, shape, impossible).batch).toBe(0);
    const large = replica('llama-3.1-405b');
    expect(operatingBatch(large, shape, relaxed)).toEqual({ batch: 0, limit: 'memory' });
  });
});
