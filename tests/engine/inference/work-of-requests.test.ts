import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cacheBytesOf } from '@engine/inference/attention';
import { maximumBatch, servingMemory } from '@engine/inference/capacity';
import {
  batchCurve,
  decodeParts,
  memoryParts,
  requestFlop,
  servingLossStages,
} from '@engine/inference/curves';
import { operatingPoint } from '@engine/inference/operating-point';
import { evaluateService } from '@engine/inference/service';
import { replicaOf } from '../../fixtures/serving-fixture';

const serving = replicaOf({ modelId: 'llama-3.1-70b', tensorParallel: 4 });
const shape = { inputTokens: 2000, outputTokens: 400 };
const anyShape = fc.record({
  inputTokens: fc.integer({ min: 1, max: 32_768 }),
  outputTokens: fc.integer({ min: 1, max: 8192 }),
});

describe('the work of one request', () => {
  test('is about 2 · 70 · 10⁹ FLOP per token of Llama 3.1 70B, more with context', () => {
    const perToken = requestFlop(serving, shape) / 2400;
    expect(perToken).toBeGreaterThan(2 * 69.5e9);
    expect(perToken).toBeLessThan(2 * 69.5e9 * 1.05);
  });

  test('grows with prompt and answer, and doubles at least where both do', () => {
    fc.assert(
      fc.property(anyShape, (one) => {
        const twice = { inputTokens: 2 * one.inputTokens, outputTokens: 2 * one.outputTokens };
        const work = requestFlop(serving, one);
        expect(requestFlop(serving, twice)).toBeGreaterThan(2 * work);
        const longer = { ...one, outputTokens: one.outputTokens + 1 };
        expect(requestFlop(serving, longer)).toBeGreaterThan(work);
      }),
    );
  });
});

describe('the parts of a step and of the memory', () => {
  test('add up, and none is negative', () => {
    fc.assert(
      fc.property(anyShape, fc.integer({ min: 1, max: 256 }), (one, batch) => {
        const point = operatingPoint(serving, one, batch);
        const values = decodeParts(point).map(({ value }) => value);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
        const total = values.reduce((sum, value) => sum + value, 0);
        expect(total / (point.timePerOutputToken * 1e3)).toBeCloseTo(1, 9);
      }),
    );
  });

  test('fill the memory at the largest batch but for less than one request', () => {
    const free = replicaOf({ constants: { largestBatch: 1e9 } });
    const used = memoryParts(free, maximumBatch(free, 3000), 3000);
    const left = servingMemory(free).usable / 1e9 - used.reduce((sum, { value }) => sum + value, 0);
    expect(left).toBeGreaterThanOrEqual(0);
    expect(left).toBeLessThan(cacheBytesOf(free, 3000) / 1e9);
  });
});

describe('the batch sweep', () => {
  test('visits each batch once, in order, and ends at the largest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), (largest) => {
        const batches = batchCurve(serving, shape, largest).map(({ batch }) => batch);
        expect(batches).toHaveLength(Math.ceil(Math.log2(largest)) + 1);
        expect(batches.at(-1)).toBe(largest);
        expect(new Set(batches).size).toBe(batches.length);
        expect(batches).toEqual([...batches].sort((first, second) => first - second));
      }),
    );
  });
});

describe('the losses on the way to paid tokens', () => {
  const stagesAt = (peakRequestsPerSecond: number, timePerOutputTokenSeconds: number) => {
    const service = evaluateService(serving, {
      shape,
      targets: { timeToFirstTokenSeconds: 30, timePerOutputTokenSeconds },
      peakRequestsPerSecond,
      acceleratorsAvailable: 64,
    });
    const load = { peakRequestsPerSecond, meanLoadFraction: 0.4, usdPerAcceleratorHour: 3 };
    return { service, stages: servingLossStages(serving, shape, service, load) };
  };

  test('never turn into gains, and cost no more than the rent', () => {
    const rates = fc.double({ min: 0.01, max: 500, noNaN: true });
    const targets = fc.double({ min: 0.02, max: 1, noNaN: true });
    fc.assert(
      fc.property(rates, targets, (rate, target) => {
        const { service, stages } = stagesAt(rate, target);
        let before = 1;
        for (const { remaining, usdLostPerHour } of stages) {
          expect(remaining).toBeLessThanOrEqual(before);
          expect(remaining).toBeGreaterThan(0);
          expect(usdLostPerHour).toBeGreaterThanOrEqual(0);
          before = remaining;
        }
        const lost = stages.reduce((sum, stage) => sum + stage.usdLostPerHour, 0);
        expect(lost).toBeLessThan(3 * (service.acceleratorsNeeded ?? 0));
        expect(stages).toHaveLength(5);
      }),
    );
  });

  test('are none where nothing is asked for or nothing can be served', () => {
    expect(stagesAt(0, 0.05).stages).toEqual([]);
    expect(stagesAt(10, 1e-6).stages).toEqual([]);
  });

  test('name the target that holds the batch down', () => {
    const { stages } = stagesAt(10, 0.02);
    expect(stages.find(({ key }) => key === 'targets')?.why).toContain('time per output token');
    const open = stagesAt(10, 10).stages.find(({ key }) => key === 'targets');
    expect(open?.usdLostPerHour).toBe(0);
  });
});
