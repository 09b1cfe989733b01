import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  arithmeticRate,
  isBlockScaled,
  movedWeightBytes,
  narrowShare,
  productSeconds,
  readingSeconds,
  weightBytesPerSecond,
} from '@engine/inference/product';
import { replicaOf } from '../../fixtures/serving-fixture';

const bf16 = replicaOf({ weightPrecision: 'bf16' });
const fp8 = replicaOf();
const widened = replicaOf({ acceleratorId: 'a100-sxm-80gb' });
const mixed = replicaOf({ weightBits: 4.85 });
const fp4 = replicaOf({ acceleratorId: 'b200-sxm', weightPrecision: 'fp4' });
const size = fc.integer({ min: 1, max: 16_384 });

/** Bytes that a product moved, told by its time at a part of endless arithmetic and a memory of 1 B/s. */
function movedBytes(serving: typeof bf16, kind: 'dense' | 'head', m: number, n: number, k: number) {
  const endless = { peakFlopPerSecond: 1e40, achievableFlopPerSecond: 1e40 } as const;
  const { device, constants } = serving;
  return productSeconds(
    {
      ...serving,
      device: {
        ...device,
        memoryBytesPerSecond: 1,
        constants: { ...device.constants, matmulMemoryFraction: 1 },
        rates: {
          bf16: { ...endless, computedIn: 'bf16' },
          fp8: { ...endless, computedIn: 'fp8' },
          fp4: { ...endless, computedIn: 'fp4' },
        },
      },
      constants: { ...constants, weightStream: 1, dequantisation: 1, fourBitStream: 1 },
    },
    kind,
    m,
    n,
    k,
  );
}

test('large products with weights that are widened on their way take longer by their share of the arithmetic', () => {
  const usual = { ...widened, constants: { ...widened.constants, widenedShare: 1 } };
  const half = { ...widened, constants: { ...widened.constants, widenedShare: 0.5 } };
  const large = [usual, half].map((one) => productSeconds(one, 'dense', 8192, 8192, 8192));
  expect((large[1] ?? NaN) / (large[0] ?? NaN)).toBeCloseTo(2, 1);
  const single = [usual, half].map((one) => productSeconds(one, 'dense', 1, 8192, 8192));
  expect((single[1] ?? NaN) / (single[0] ?? NaN)).toBeLessThan(1.02);
  const head = [usual, half].map((one) => productSeconds(one, 'head', 8192, 8192, 8192));
  expect(head[1]).toBe(head[0]);
});

test('software that widens in vector units multiplies in them on a processor: no gain from wider matrix units', () => {
  const vectors = replicaOf({
    acceleratorId: 'xeon-6980p',
    weightPrecision: 'bf16',
    constants: { wideningWork: 10 },
  });
  const matrices = replicaOf({
    acceleratorId: 'xeon-6980p',
    weightPrecision: 'bf16',
    constants: { wideningWork: 0 },
  });
  const vectorPeak = vectors.device.rates.fp32?.peakFlopPerSecond ?? NaN;
  expect(arithmeticRate(vectors)).toBeLessThanOrEqual(vectorPeak);
  expect(arithmeticRate(matrices)).toBeGreaterThan(2 * vectorPeak);
});

describe('weights that are widened apart', () => {
  const apart = replicaOf({
    acceleratorId: 'a100-sxm-80gb',
    weightPrecision: 'int8',
    constants: { widensApart: 1 },
  });
  const within = replicaOf({ acceleratorId: 'a100-sxm-80gb', weightPrecision: 'int8' });

  test('are read, written in 16 bits and read again, and multiplied in 16 bits', () => {
    expect(movedWeightBytes(apart)).toBe(1 + 2 + 2);
    expect(apart.computePrecision).toBe('bf16');
    expect(narrowShare(apart, apart.constants)).toBe(1);
    expect(movedWeightBytes(within)).toBe(1);
    expect(within.computePrecision).toBe('int8');
  });

  test('take the time of five bytes where memory decides', () => {
    const seconds = productSeconds(apart, 'dense', 1, 8192, 8192);
    const plain = productSeconds(
      replicaOf({ acceleratorId: 'a100-sxm-80gb', weightPrecision: 'bf16' }),
      'dense',
      1,
      8192,
      8192,
    );
    expect(seconds / plain).toBeGreaterThan(2.4);
    expect(seconds / plain).toBeLessThan(2.5);
  });
});

describe('one matrix product of a served model', () => {
  test.each([
    ['weights of two bytes', bf16, 2 * 512 * 256 + 2 * 3 * 512],
    ['weights and activations of one byte', fp8, 512 * 256 + 3 * 512],
    ['narrow weights against 16-bit activations', widened, 512 * 256 + 2 * 3 * 512],
    ['weights of a mixed format', mixed, (4.85 / 8) * 512 * 256 + 2 * 3 * 512],
    ['4-bit blocks with their scales', fp4, 0.5625 * (512 * 256 + 3 * 512)],
  ])('moves %s and a 16-bit result', (_, serving, operands) => {
    const moved = movedBytes(serving, 'dense', 3, 256, 512);
    expect(moved / (operands + 2 * 3 * 256)).toBeCloseTo(1, 6);
  });

  test('keeps the output head in 16 bits when the rest is in eight', () => {
    const head = movedBytes(fp8, 'head', 1, 128_256, 4096);
    expect(head / (2 * (128_256 * 4096 + 4096 + 128_256))).toBeCloseTo(1, 6);
    expect(arithmeticRate(fp8, true)).toBe(arithmeticRate(bf16));
  });

  test('takes twice the arithmetic rate in FP8 that the H100 takes in BF16', () => {
    const [wide, narrow] = [bf16.device.rates.bf16, fp8.device.rates.fp8];
    expect(wide?.peakFlopPerSecond).toBeCloseTo(989.4e12, -12);
    expect((narrow?.peakFlopPerSecond ?? 0) / (wide?.peakFlopPerSecond ?? 1)).toBeCloseTo(2, 2);
    const ratio = arithmeticRate(fp8) / arithmeticRate(bf16);
    expect(ratio).toBeGreaterThan(1.4);
    expect(ratio).toBeLessThan(2.3);
  });

  test('widens weights that the part has no arithmetic for, and reads them slower', () => {
    expect([widened.isWidened, widened.computePrecision]).toEqual([true, 'bf16']);
    expect(narrowShare(widened, widened.constants)).toBe(widened.constants.dequantisation);
    expect([mixed.isWidened, mixed.computePrecision]).toEqual([true, 'bf16']);
    expect(narrowShare(fp4, fp4.constants)).toBe(fp4.constants.fourBitStream);
    expect(narrowShare(fp8, fp8.constants)).toBe(1);
  });

  test('has no rate on a part without 16-bit or narrower arithmetic, instead of NaN', () => {
    expect(arithmeticRate({ ...bf16, device: { ...bf16.device, rates: {} } })).toBe(0);
  });

  test('is never faster than its arithmetic or its weights, nor slower than both in turn', () => {
    fc.assert(
      fc.property(size, size, size, (m, n, k) => {
        const seconds = productSeconds(bf16, 'dense', m, n, k);
        const compute = (2 * m * n * k) / arithmeticRate(bf16);
        const share = bf16.device.constants.matmulMemoryFraction * bf16.constants.weightStream;
        const bytes = 2 * (k * n + m * k + m * n);
        const read = bytes / (bf16.device.memoryBytesPerSecond * Math.min(1, share));
        expect(seconds * (1 + 1e-9)).toBeGreaterThanOrEqual(Math.max(compute, read));
        expect(seconds).toBeLessThanOrEqual((compute + read) * (1 + 1e-9));
      }),
    );
  });

  test('takes longer with more rows, and less than in proportion', () => {
    fc.assert(
      fc.property(size, size, size, (m, n, k) => {
        const [one, two] = [m, 2 * m].map((rows) => productSeconds(fp8, 'dense', rows, n, k));
        expect(two).toBeGreaterThan(one ?? Infinity);
        expect(two).toBeLessThan(2 * (one ?? 0));
      }),
    );
  });

  test('never reads faster than the memory, however well the kernels are tuned', () => {
    const tuned = { ...bf16, constants: { ...bf16.constants, weightStream: 100 } };
    const least = (2 * 4096 * 4096) / bf16.device.memoryBytesPerSecond;
    expect(productSeconds(tuned, 'dense', 1, 4096, 4096)).toBeGreaterThan(least);
  });
});

describe('weights that the vector units widen', () => {
  const working = replicaOf({ acceleratorId: 'rtx-3090', weightBits: 4.89 });
  const plain = { ...working, constants: { ...working.constants, wideningWork: 0 } };
  const costly = { ...working, constants: { ...working.constants, wideningWork: 16 } };

  test('take the time of the work where it is much longer than reading', () => {
    const rate = working.device.rates.fp32?.peakFlopPerSecond ?? 0;
    expect(readingSeconds(costly, 1e-9, 1e9)).toBeCloseTo((16 * 1e9) / rate, 8);
    expect(readingSeconds(costly, 1, 1)).toBeCloseTo(1, 9);
  });

  test('cost nothing beside reading where no work is counted or nothing is widened', () => {
    expect(readingSeconds(plain, 1e-3, 1e9)).toBe(1e-3);
    const wide = replicaOf({ acceleratorId: 'rtx-3090', weightPrecision: 'bf16' });
    const counted = { ...wide, constants: { ...wide.constants, wideningWork: 16 } };
    expect(readingSeconds(counted, 1e-3, 1e9)).toBe(1e-3);
  });

  test('slow a product of one row down, and the output head not at all', () => {
    const time = (serving: typeof working, kind: 'dense' | 'head') =>
      productSeconds(serving, kind, 1, 4096, 4096);
    expect(time(costly, 'dense')).toBeGreaterThan(1.05 * time(plain, 'dense'));
    expect(time(costly, 'head')).toBe(time(plain, 'head'));
  });

  test('are multiplied in 16 bits, on parts that compute in 4 as well', () => {
    const setup = { acceleratorId: 'rtx-5090', weightPrecision: 'fp4' } as const;
    expect(replicaOf({ ...setup, constants: { wideningWork: 14 } }).computePrecision).toBe('bf16');
    expect(replicaOf({ ...setup, constants: { wideningWork: 0 } }).computePrecision).toBe('fp4');
  });

  test('take integer lanes into account that parts with wide matrix units have beside the others', () => {
    const large = replicaOf({ acceleratorId: 'a100-sxm-80gb', weightBits: 4.89 });
    const worked = { ...large, constants: { ...large.constants, wideningWork: 16 } };
    expect(readingSeconds(worked, 0, 312e12 / 8 / 16)).toBeCloseTo(1, 6);
  });
});

describe('reading on several sockets', () => {
  const sockets = (tensorParallel: number, acrossSockets: number) =>
    weightBytesPerSecond(
      replicaOf({
        acceleratorId: 'epyc-9654',
        weightPrecision: 'bf16',
        tensorParallel,
        constants: { acrossSockets },
      }),
    );

  test('is slower by the share where threads read each other’s memory', () => {
    expect(sockets(2, 0.75) / sockets(2, 1)).toBeCloseTo(0.75, 9);
    expect(sockets(1, 0.75)).toBe(sockets(1, 1));
  });

  test('is that of each for accelerators', () => {
    const two = replicaOf({ tensorParallel: 2, constants: { acrossSockets: 0.5 } });
    expect(weightBytesPerSecond(two)).toBe(weightBytesPerSecond(replicaOf({ tensorParallel: 2 })));
  });
});

describe('8-bit weights scaled in blocks', () => {
  const blocks = replicaOf({ modelId: 'deepseek-v3', acceleratorId: 'mi300x', tensorParallel: 8 });

  test('are those of models with many experts, where they are multiplied in FP8', () => {
    expect(isBlockScaled(blocks)).toBe(true);
    expect(isBlockScaled(replicaOf({ modelId: 'deepseek-v3', weightPrecision: 'bf16' }))).toBe(
      false,
    );
    expect(isBlockScaled(replicaOf({ modelId: 'mixtral-8x7b' }))).toBe(false);
    expect(isBlockScaled(replicaOf())).toBe(false);
    const widened = replicaOf({ modelId: 'deepseek-v3', acceleratorId: 'a100-sxm-80gb' });
    expect(isBlockScaled(widened)).toBe(false);
  });

  test('are multiplied slower by their share, and the output head is not', () => {
    const plain = { ...blocks, constants: { ...blocks.constants, blockScaleShare: 1 } };
    const { blockScaleShare } = blocks.constants;
    expect(arithmeticRate(blocks) / arithmeticRate(plain)).toBeCloseTo(blockScaleShare, 12);
    expect(arithmeticRate(blocks, true)).toBe(arithmeticRate(plain, true));
  });

  test('cost more on CDNA 3, whose kernels for them are general ones, than on CDNA 4', () => {
    const later = replicaOf({ modelId: 'deepseek-v3', acceleratorId: 'mi355x', tensorParallel: 8 });
    const [older, newer] = [blocks, later].map(({ constants }) => constants);
    expect(older?.blockScaleFloorSeconds).toBeGreaterThan(
      newer?.blockScaleFloorSeconds ?? Infinity,
    );
    expect(older?.blockScaleShare).toBeLessThan(newer?.blockScaleShare ?? 0);
  });
});

test('attention kept wide is multiplied in 16 bits beside four-bit weights', () => {
  const wide = replicaOf({
    acceleratorId: 'b200-sxm',
    weightPrecision: 'fp4',
    hasWideAttention: true,
  });
  for (const rows of [1, 8192]) {
    const attention = productSeconds(wide, 'attention', rows, 8192, 8192);
    const plain = replicaOf({ acceleratorId: 'b200-sxm', weightPrecision: 'bf16' });
    expect(attention).toBeCloseTo(productSeconds(plain, 'attention', rows, 8192, 8192), 9);
    expect(attention).toBeGreaterThan(1.5 * productSeconds(wide, 'dense', rows, 8192, 8192));
    expect(productSeconds(fp4, 'attention', rows, 8192, 8192)).toBe(
      productSeconds(fp4, 'dense', rows, 8192, 8192),
    );
  }
});
