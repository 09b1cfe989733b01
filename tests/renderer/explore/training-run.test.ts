import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planSchema } from '@shared/plan/schema';
import {
  batchSteps,
  firstTrainingChoice,
  nodeSteps,
  tokenSteps,
  trainingModels,
  type TrainingChoice,
} from '../../../src/renderer/features/explore/training/training-choice';
import { nearestStep } from '../../../src/renderer/features/explore/steps';
import {
  publishedDays,
  publishedRun,
} from '../../../src/renderer/features/explore/training/published-runs';
import {
  daysCurve,
  trainingPlan,
  trainingRun,
} from '../../../src/renderer/features/explore/training/training-run';
import {
  daysTitle,
  scalingText,
  yearsAlone,
} from '../../../src/renderer/features/explore/training/training-text';

const anyChoice: fc.Arbitrary<TrainingChoice> = fc.record({
  modelId: fc.constantFrom(...trainingModels.map(({ id }) => id)),
  tokens: fc.constantFrom(...tokenSteps),
  nodes: fc.constantFrom(...nodeSteps),
  batchTokens: fc.constantFrom(...batchSteps),
});

describe('the steps of the sliders', () => {
  it('rise, and hold the run that the chapter starts with', () => {
    for (const steps of [nodeSteps, tokenSteps, batchSteps]) {
      expect(steps.toSorted((a, b) => a - b)).toEqual(steps);
      expect(new Set(steps).size).toBe(steps.length);
    }
    expect(trainingModels.map(({ id }) => id)).toContain(firstTrainingChoice.modelId);
    expect(nodeSteps).toContain(firstTrainingChoice.nodes);
    expect(tokenSteps).toContain(firstTrainingChoice.tokens);
    expect(batchSteps).toContain(firstTrainingChoice.batchTokens);
  });

  it.each([
    [1, 0],
    [1_000, 1],
    [31, 0],
    [33, 1],
  ])('nearest in ratio to %i of 1 and 1,000 is step %i', (value, step) => {
    expect(nearestStep([1, 1_000], value)).toBe(step);
  });
});

describe('a run of the chapter', () => {
  it('takes Llama 3 405B within a third of the time that was published', () => {
    const run = trainingRun(firstTrainingChoice);
    const published = publishedDays(publishedRun('llama-3.1-405b'), firstTrainingChoice.tokens);
    const days = run?.training.days.value ?? 0;
    expect(run?.accelerators).toBe(16_384);
    expect(published).toBeGreaterThan(70);
    expect(Math.abs(days / (published ?? 1) - 1)).toBeLessThan(1 / 3);
  });

  it('opens as a plan that the document schema accepts and that gives the same answer', () => {
    fc.assert(
      fc.property(anyChoice, (choice) => {
        const plan = trainingPlan(choice);
        expect(planSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
        const [workload] = plan.workloads;
        if (workload?.kind !== 'training') throw new Error('The plan trains nothing.');
        const step = workload.globalBatchSequences.value * workload.sequenceLength.value;
        expect(step).toBe(choice.batchTokens);
        expect(workload.tokens.value).toBe(choice.tokens);
      }),
      { numRuns: 20 },
    );
  });

  it('lies on the curve, whatever is chosen, or does not fit', () => {
    fc.assert(
      fc.property(anyChoice, (choice) => {
        const run = trainingRun(choice);
        const point = daysCurve(choice).find(
          ({ accelerators }) => accelerators === run?.accelerators,
        );
        if (run?.training.isFeasible !== true) expect(point).toBeUndefined();
        else expect((point?.days ?? 0) / (run.training.days.value ?? 1)).toBeCloseTo(1, 9);
      }),
      { numRuns: 20 },
    );
  });

  it('takes twice as long for twice the tokens', () => {
    const [once, twice] = [1e12, 2e12].map((tokens) =>
      daysCurve({ ...firstTrainingChoice, tokens }),
    );
    expect(once?.length).toBeGreaterThan(3);
    once?.forEach((point, index) => {
      expect((twice?.[index]?.days ?? 0) / point.days).toBeCloseTo(2, 9);
    });
  });
});

describe('published runs', () => {
  it('are given where the makers state hours, as a point where they state accelerators too', () => {
    expect(publishedRun('llama-3.1-405b')?.hours.value).toBe(30.84e6);
    expect(publishedRun('llama-3.1-8b')?.accelerators).toBeNull();
    expect(publishedRun('gemma-3-27b')).toBeNull();
    expect(publishedDays(publishedRun('llama-3.1-8b'), 1e12)).toBeNull();
    const full = publishedDays(publishedRun('llama-3.1-405b'), 15.6e12);
    expect(full).toBeCloseTo(30.84e6 / 16_384 / 24, 9);
  });
});

describe('the words', () => {
  const point = (accelerators: number, days: number) => ({
    accelerators,
    days,
    low: days,
    high: days,
  });

  it('say what the choice takes and what twice as many gain', () => {
    const points = [point(8, 100), point(16, 52)];
    expect(daysTitle('A model', points, point(8, 100), 'en').replaceAll('\u00a0', ' ')).toBe(
      'A model takes 100 days on 8 H100, 52 days on 16 H100',
    );
    expect(daysTitle('A model', points, null, 'en')).toMatch(/needs at least 8 H100/);
    expect(daysTitle('A model', [], null, 'en')).toMatch(/does not fit/);
  });

  it.each([
    [52, /nearly halves/],
    [70, /less than half/],
    [95, /little or nothing/],
    [110, /little or nothing/],
  ])('judge a fall from 100 days to %i', (days, words) => {
    expect(scalingText([point(8, 100), point(16, days)], point(8, 100))).toMatch(words);
  });

  it('give the years that one H100 alone would need: 3,518 for Llama 3.1 405B', () => {
    expect(yearsAlone(publishedRun('llama-3.1-405b'))).toBeCloseTo(3_518.1, 0);
    expect(yearsAlone(publishedRun('gemma-3-27b'))).toBeNull();
  });

  it('judge nothing at the last step', () => {
    expect(scalingText([point(8, 100)], point(8, 100))).toBeNull();
    expect(scalingText([], null)).toBeNull();
  });
});
