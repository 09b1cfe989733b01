import { describe, expect, test } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { estimateCases } from '../../src/cli/estimate/estimate';

function predictionOf(accelerator: string, count = 1, name = 'Llama-2-7B') {
  const [prediction] = estimateCases(
    [
      {
        id: 'one',
        model: { name },
        hardware: { accelerator, count },
        serving: {
          engine: 'llama.cpp',
          weights_precision: 'Q4_K_M',
          batch_or_concurrency: 1,
          input_len: 512,
          output_len: 128,
          mode: 'latency',
        },
      },
    ],
    catalogue,
  );
  if (!prediction) throw new Error('nothing predicted');
  return prediction;
}

function speedOf(accelerator: string, count = 1): number {
  const { predicted, error } = predictionOf(accelerator, count);
  expect(error, accelerator).toBeUndefined();
  return 1000 / (predicted?.['tpot_ms'] ?? Infinity);
}

function promptOf(accelerator: string): number {
  return predictionOf(accelerator).predicted?.['ttft_ms'] ?? NaN;
}

test('one of the two dies of an MI250X is about half of it', () => {
  const ratio = promptOf('MI250X (1 GCD)') / promptOf('MI250X');
  expect(ratio).toBeGreaterThan(1.3);
  expect(ratio).toBeLessThan(2.1);
  expect(speedOf('MI250X (1 GCD)')).toBeLessThan(speedOf('MI250X'));
  expect(predictionOf('MI250X (1 GCD)').assumptions).toContain(
    'Instinct MI250X, 1 of 2 dies: as the name counts them',
  );
});

describe('a processor of which some threads work', () => {
  test.each([
    ['EPYC 9654', 8, 96],
    ['Xeon Platinum 8480+', 14, 56],
    ['Graviton4', 16, 96],
  ])('%s with %d of %d is slower, in proportion where arithmetic binds', (name, some, all) => {
    const part = `CPU ${name} (${some} threads)`;
    expect(predictionOf(part).assumptions.join(' ')).toMatch(`${some} of ${all} cores`);
    const ratio = promptOf(part) / promptOf(`CPU ${name}`);
    expect(ratio).toBeGreaterThan(0.5 * (all / some));
    expect(ratio).toBeLessThan(1.2 * (all / some));
    expect(speedOf(part)).toBeLessThan(speedOf(`CPU ${name}`));
  });

  test('loses nothing where more threads than cores are named', () => {
    expect(speedOf('Core i5-1035G7 (8 threads)')).toBe(speedOf('Core i5-1035G7'));
  });
});

describe('sockets', () => {
  test.each([
    'Xeon Platinum 8580 (x2 sockets)',
    'CPU Xeon Platinum 8580 x2 sockets',
    'Xeon Platinum 8580 2S',
    '2x Xeon Platinum 8580',
    'Dual Xeon Platinum 8580',
    'Xeon Platinum 8580 (x2)',
  ])('%s are two', (name) => {
    const two = predictionOf(name);
    expect(two.error).toBeUndefined();
    expect(two.assumptions.join(' ')).toContain('2 × Xeon Platinum 8580');
    expect(speedOf(name)).toBeGreaterThanOrEqual(speedOf('Xeon Platinum 8580'));
  });

  test.each(['Core i7-1360P', 'EPYC 9654 1P', 'RTX 3090 PCIe x8', 'Core i9-13900K (8 P-cores)'])(
    '%s is one',
    (name) => {
      expect(predictionOf(name).assumptions.join(' ')).not.toMatch(/\d × .* in each/);
    },
  );
});

describe('cores of a graphics part', () => {
  test('in a version of its own', () => {
    expect(speedOf('Apple M3 Max (30-core GPU, 36GB)')).toBeLessThan(
      speedOf('Apple M3 Max (40-core GPU, 48GB)'),
    );
  });
});

describe('memory that the name states', () => {
  test('is that of the computer', () => {
    expect(predictionOf('Apple M1 (7-core GPU, 8GB)').assumptions.join(' ')).toContain(
      'Apple M1 with 8 GB of memory',
    );
    expect(predictionOf('Apple M1 (7-core GPU, 8GB)', 1, 'Llama-2-70B').error).toBeDefined();
    expect(predictionOf('MI50 16GB').assumptions.join(' ')).toContain('16 GB of memory');
  });

  test.each(['GH200 480GB', 'H100-80GB', 'B200 192GB', 'Arc Pro B60 (Dual 48G card)', 'A10G'])(
    '%s is the catalogue’s own',
    (name) => {
      expect(predictionOf(name).assumptions.join(' ')).not.toContain('GB of memory');
    },
  );
});

test('an unknown part is an error that names the nearest ones', () => {
  expect(predictionOf('GeForce RTX 6090').error).toMatch(
    /^The catalogue has no accelerator named 'GeForce RTX 6090'\. Write instead: .*RTX \d090.*\.$/,
  );
});
