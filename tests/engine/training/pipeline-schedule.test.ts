import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  endOf,
  pipelineSchedule,
  type PipelineOperation,
  type PipelineWork,
} from '@engine/training/pipeline-schedule';

function work(change: Partial<PipelineWork>): PipelineWork {
  return {
    stages: 4,
    chunks: 1,
    microBatches: 8,
    forwardSeconds: 1,
    backwardSeconds: 2,
    lastStageRatio: 1,
    ...change,
  };
}

function scheduled(change: Partial<PipelineWork>): PipelineOperation[] {
  const operations = pipelineSchedule(work(change));
  if (operations === null) throw new Error('The order cannot be kept.');
  return operations;
}

const anyWork = fc
  .record({
    stages: fc.constantFrom(1, 2, 3, 4, 8, 16),
    chunks: fc.constantFrom(1, 2, 3, 4),
    groups: fc.integer({ min: 1, max: 5 }),
    forwardSeconds: fc.double({ min: 0.01, max: 3, noNaN: true }),
    backwardSeconds: fc.double({ min: 0.01, max: 6, noNaN: true }),
    lastStageRatio: fc.double({ min: 1, max: 1.6, noNaN: true }),
  })
  .map(({ groups, ...rest }) => ({
    ...rest,
    chunks: rest.stages === 1 ? 1 : rest.chunks,
    microBatches: groups * rest.stages,
  }));

test('the published figure of four stages and eight micro-batches: a bubble of three eighths of the work', () => {
  const operations = scheduled({});
  expect(endOf(operations)).toBe((8 + 3) * 3);
  const last = operations.filter(({ stage }) => stage === 3);
  expect(last.slice(0, 4).map(({ kind, microBatch }) => [kind === 'forward', microBatch])).toEqual([
    [true, 0],
    [false, 0],
    [true, 1],
    [false, 1],
  ]);
});

test('two chunks halve the bubble', () => {
  expect(endOf(scheduled({ chunks: 2 }))).toBeCloseTo((8 + 3 / 2) * 3);
});

test('a single stage has no bubble', () => {
  expect(endOf(scheduled({ stages: 1 }))).toBe(8 * 3);
});

describe('any pipeline', () => {
  test('ends when the formula says, where its stages take as long', () => {
    fc.assert(
      fc.property(anyWork, (any) => {
        const even = { ...any, lastStageRatio: 1 };
        const stage = even.forwardSeconds + even.backwardSeconds;
        const expected = (even.microBatches + (even.stages - 1) / even.chunks) * stage;
        expect(endOf(scheduled(even)) / expected).toBeCloseTo(1, 6);
      }),
    );
  });

  test('waits for a slow last stage as often as there are micro-batches', () => {
    fc.assert(
      fc.property(anyWork, (any) => {
        const stage = any.forwardSeconds + any.backwardSeconds;
        const { microBatches, stages, chunks, lastStageRatio } = any;
        const expected = (microBatches * lastStageRatio + (stages - 1) / chunks) * stage;
        expect(endOf(scheduled(any)) / expected).toBeCloseTo(1, 6);
      }),
    );
  });

  test('does every pass once, one at a time, and never before what it needs', () => {
    fc.assert(
      fc.property(anyWork, (any) => {
        const operations = scheduled(any);
        expect(operations).toHaveLength(2 * any.stages * any.chunks * any.microBatches);
        const ends = new Map<string, number>();
        const key = (isForward: boolean, depth: number, microBatch: number): string =>
          `${isForward} ${depth} ${microBatch}`;
        for (const { kind, stage, chunk, microBatch, end } of operations) {
          ends.set(key(kind === 'forward', chunk * any.stages + stage, microBatch), end);
        }
        expect(ends.size).toBe(operations.length);
        const deepest = any.stages * any.chunks - 1;
        const busyUntil = new Map<number, number>();
        const early = operations.filter((operation) => {
          const { kind, stage, chunk, microBatch, start, end } = operation;
          const isForward = kind === 'forward';
          const depth = chunk * any.stages + stage;
          const before = isForward
            ? key(true, depth - 1, microBatch)
            : depth === deepest
              ? key(true, depth, microBatch)
              : key(false, depth + 1, microBatch);
          const needed = isForward && depth === 0 ? 0 : (ends.get(before) ?? Number.NaN);
          const free = busyUntil.get(stage) ?? 0;
          busyUntil.set(stage, end);
          return !(start >= needed && start >= free && end > start);
        });
        expect(early).toEqual([]);
      }),
    );
  });
});

test('micro-batches that the stages do not divide are scheduled or refused, never half done', () => {
  for (let microBatches = 1; microBatches <= 20; microBatches += 1) {
    const operations = pipelineSchedule(work({ chunks: 3, microBatches }));
    if (operations !== null) expect(operations).toHaveLength(2 * 4 * 3 * microBatches);
    if (microBatches % 4 === 0) expect(operations).not.toBeNull();
  }
});
