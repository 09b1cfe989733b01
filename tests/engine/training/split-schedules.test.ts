import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { bubbleSeconds } from '@engine/training/pipeline-bubble';
import { ordersOf, type Turn } from '@engine/training/pipeline-orders';
import {
  endOf,
  isSlowStage,
  pipelineSchedule,
  type PipelineOperation,
  type PipelineWork,
} from '@engine/training/pipeline-schedule';

type Split = 'zero-bubble' | 'dualpipe';

function work(schedule: Split, change: Partial<PipelineWork> = {}): PipelineWork {
  return {
    schedule,
    stages: 8,
    chunks: 1,
    microBatches: 20,
    forwardSeconds: 1,
    backwardSeconds: 2,
    weightSeconds: 1,
    lastStageRatio: 1,
    ...change,
  };
}

function scheduled(asked: PipelineWork): PipelineOperation[] {
  const operations = pipelineSchedule(asked);
  if (operations === null) throw new Error('The order cannot be kept.');
  return operations;
}

/** The bubble that the step time counts. */
function formula({ schedule, stages, ...times }: PipelineWork): number {
  const layout = {
    tensorParallel: 1,
    pipelineParallel: stages,
    virtualStages: 1,
    contextParallel: 1,
    expertParallel: 1,
    microBatch: 1,
    recompute: 'none',
    zeroStage: 0,
    schedule,
  } as const;
  return bubbleSeconds(layout, {
    whole: times.forwardSeconds + times.backwardSeconds,
    forward: times.forwardSeconds,
    weightGradients: times.weightSeconds ?? 0,
  });
}

function bubbleOf(asked: PipelineWork): number {
  const busy = asked.microBatches * (asked.forwardSeconds + asked.backwardSeconds);
  return endOf(scheduled(asked)) - busy;
}

/** Zero-bubble work of any size; gradients of weights take no longer than a forward pass, as matrix products have it. */
const zeroBubble = fc
  .record({
    stages: fc.constantFrom(2, 3, 4, 8, 16),
    more: fc.integer({ min: 0, max: 24 }),
    forwardSeconds: fc.double({ min: 0.05, max: 3, noNaN: true }),
    inputSeconds: fc.double({ min: 0.05, max: 3, noNaN: true }),
    weightShare: fc.double({ min: 0.01, max: 1, noNaN: true }),
  })
  .map(({ stages, more, forwardSeconds, inputSeconds, weightShare }) => {
    const weightSeconds = weightShare * Math.min(forwardSeconds, inputSeconds);
    const backwardSeconds = inputSeconds + weightSeconds;
    const microBatches = 2 * stages + more;
    return work('zero-bubble', {
      stages,
      microBatches,
      forwardSeconds,
      backwardSeconds,
      weightSeconds,
    });
  });

const dualPipe = fc
  .record({
    halves: fc.constantFrom(1, 2, 3, 4, 8),
    more: fc.integer({ min: 0, max: 12 }),
    forwardSeconds: fc.double({ min: 0.05, max: 3, noNaN: true }),
    inputShare: fc.double({ min: 0.8, max: 1.5, noNaN: true }),
    weightShare: fc.double({ min: 0.5, max: 1, noNaN: true }),
  })
  .map(({ halves, more, forwardSeconds, inputShare, weightShare }) => {
    const weightSeconds = weightShare * forwardSeconds;
    const backwardSeconds = inputShare * forwardSeconds + weightSeconds;
    const stages = 2 * halves;
    const microBatches = 2 * stages + 2 * more;
    return work('dualpipe', {
      stages,
      microBatches,
      forwardSeconds,
      backwardSeconds,
      weightSeconds,
    });
  });

const anySplit = fc.oneof(zeroBubble, dualPipe);

describe('the published bubbles', () => {
  // DeepSeek-V3, figure 5: eight stages and 20 micro-batches; Qi et al. 2023, figure 3.
  it.each([
    ['zero-bubble', 4, 8, 3],
    ['zero-bubble', 8, 20, 7],
    ['dualpipe', 2, 4, 0],
    ['dualpipe', 4, 8, 2],
    ['dualpipe', 8, 20, 6],
    ['dualpipe', 16, 120, 14],
  ] as const)(
    '%s on %s stages with %s micro-batches waits for %s passes',
    (schedule, stages, microBatches, expected) => {
      const asked = work(schedule, { stages, microBatches });
      expect(bubbleOf(asked)).toBeCloseTo(expected, 9);
      expect(formula(asked)).toBeCloseTo(expected, 9);
    },
  );

  test('zero-bubble waits as long as its formula says, whatever the passes take', () => {
    fc.assert(
      fc.property(zeroBubble, (asked) => {
        expect(bubbleOf(asked)).toBeCloseTo(formula(asked), 6);
      }),
    );
  });

  test('DualPipe is within one micro-batch of its formula, which is of equal passes', () => {
    fc.assert(
      fc.property(dualPipe, (asked) => {
        const whole = asked.forwardSeconds + asked.backwardSeconds;
        expect(Math.abs(bubbleOf(asked) - formula(asked))).toBeLessThanOrEqual(whole * (1 + 1e-9));
      }),
    );
  });

  test('both wait less than one forward, one backward', () => {
    fc.assert(
      fc.property(anySplit, (asked) => {
        const plain = pipelineSchedule({ ...asked, schedule: undefined });
        expect(endOf(scheduled(asked))).toBeLessThanOrEqual(endOf(plain ?? []) + 1e-9);
      }),
    );
  });
});

describe('any schedule with split passes', () => {
  const backOf = ({ microBatch, backwardMicroBatch }: Turn): number =>
    backwardMicroBatch ?? microBatch;

  /** Micro-batches that a stage takes forward, backward, and whose gradients of weights it computes, in their order. */
  function doneBy(turns: readonly Turn[]) {
    const forward = turns.filter(({ kind }) => kind === 'forward' || kind === 'both');
    const backward = turns.filter(({ kind }) => kind !== 'forward' && kind !== 'weights');
    const weights = turns.filter(({ kind }) => kind !== 'forward' && kind !== 'inputs');
    return {
      forward: forward.map(({ microBatch }) => microBatch),
      backward: backward.map(backOf),
      weights: weights.map(backOf),
    };
  }

  test('does every pass of every micro-batch once on every stage', () => {
    fc.assert(
      fc.property(anySplit, (asked) => {
        const all = Array.from({ length: asked.microBatches }, (_, index) => index);
        for (const turns of ordersOf(asked) ?? []) {
          const { forward, backward, weights } = doneBy(turns);
          for (const done of [forward, backward, weights]) {
            expect(done.toSorted((one, other) => one - other)).toEqual(all);
          }
        }
      }),
    );
  });

  test('keeps every stage busy for as long as its passes take, one at a time', () => {
    fc.assert(
      fc.property(
        anySplit,
        fc.double({ min: 1, max: 1.5, noNaN: true }),
        (split, lastStageRatio) => {
          const asked = { ...split, lastStageRatio };
          const operations = scheduled(asked);
          const whole = asked.forwardSeconds + asked.backwardSeconds;
          for (let stage = 0; stage < asked.stages; stage += 1) {
            const own = operations.filter((operation) => operation.stage === stage);
            const busy = own.reduce((sum, { start, end }) => sum + end - start, 0);
            const ratio = isSlowStage(asked.stages, asked.schedule, stage) ? lastStageRatio : 1;
            expect(busy / (ratio * whole * asked.microBatches)).toBeCloseTo(1, 6);
            own.slice(1).forEach(({ start }, index) => {
              expect(start).toBeGreaterThanOrEqual((own[index]?.end ?? 0) - 1e-9);
            });
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  test('goes forward stage after stage, backward the other way, and to the weights last', () => {
    fc.assert(
      fc.property(anySplit, (asked) => {
        const { stages, microBatches, schedule } = asked;
        const forward = new Map<string, PipelineOperation>();
        const backward = new Map<string, PipelineOperation>();
        const late: string[] = [];
        const operations = scheduled(asked);
        for (const operation of operations) {
          const { kind, stage, microBatch } = operation;
          if (kind === 'forward' || kind === 'both')
            forward.set(`${stage} ${microBatch}`, operation);
          if (kind !== 'forward' && kind !== 'weights')
            backward.set(`${stage} ${backOf(operation)}`, operation);
        }
        const check = (one: PipelineOperation | undefined, start: number, text: string): void => {
          if (one === undefined || one.end > start + 1e-9) late.push(text);
        };
        for (let microBatch = 0; microBatch < microBatches; microBatch += 1) {
          const isReversed = schedule === 'dualpipe' && microBatch >= microBatches / 2;
          const step = isReversed ? -1 : 1;
          for (let stage = 0; stage < stages; stage += 1) {
            const there = forward.get(`${stage} ${microBatch}`)?.start ?? Number.NaN;
            const back = backward.get(`${stage} ${microBatch}`)?.start ?? Number.NaN;
            const isFirst = stage === (isReversed ? stages - 1 : 0);
            const isLast = stage === (isReversed ? 0 : stages - 1);
            const text = `${stage} ${microBatch}`;
            if (!isFirst) check(forward.get(`${stage - step} ${microBatch}`), there, `f ${text}`);
            if (isLast) check(forward.get(text), back, `b ${text}`);
            else check(backward.get(`${stage + step} ${microBatch}`), back, `b ${text}`);
          }
        }
        for (const { kind, stage, microBatch, start } of operations) {
          if (kind === 'weights') {
            check(backward.get(`${stage} ${microBatch}`), start, `w ${stage} ${microBatch}`);
          }
        }
        expect(late).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});

test.each([
  [7, 20],
  [8, 14],
  [8, 17],
])('DualPipe does not run on %s stages with %s micro-batches', (stages, microBatches) => {
  expect(ordersOf({ schedule: 'dualpipe', stages, chunks: 1, microBatches })).toBeNull();
  expect(pipelineSchedule(work('dualpipe', { stages, microBatches }))).toBeNull();
});

test('zero-bubble runs with fewer micro-batches than stages', () => {
  for (let microBatches = 1; microBatches < 8; microBatches += 1) {
    const operations = scheduled(work('zero-bubble', { microBatches }));
    expect(operations).toHaveLength(3 * 8 * microBatches);
  }
});
