import { describe, expect, it } from 'vitest';
import { trainingScaling } from '@engine/training/scaling';
import { laidOut, quantity, withClusters } from '../../fixtures/engine-fixture';
import { evaluatedOf, evaluatedRun, largeRun, trainingRows } from './evaluated-fixture';

describe.each(trainingRows)('scaling of %s', (_id, plan) => {
  const evaluated = evaluatedOf(plan);
  const { strong, weak } = trainingScaling(evaluated);

  it('goes through the plan itself, by powers of two around it', () => {
    for (const points of [strong, weak]) {
      const own = points.find(({ accelerators }) => accelerators === evaluated.accelerators);
      expect(own?.stepSeconds).toBeCloseTo(evaluated.stepSeconds ?? 0, 9);
      for (const { accelerators } of points) {
        expect(Number.isInteger(Math.log2(accelerators / evaluated.accelerators))).toBe(true);
      }
    }
  });

  it('keeps the batch in one and grows it in the other', () => {
    for (const point of strong) expect(point.globalBatch).toBe(evaluated.job.globalBatch);
    for (const point of weak) {
      expect(point.globalBatch / point.accelerators).toBeCloseTo(
        evaluated.job.globalBatch / evaluated.accelerators,
        9,
      );
    }
  });

  it('loses rate per accelerator as it grows, more with the same batch', () => {
    for (const points of [strong, weak]) {
      expect(points[0]?.efficiency).toBe(1);
      const rates = points.map(({ efficiency }) => efficiency);
      expect(rates).toEqual(rates.toSorted((one, other) => other - one));
    }
    const largest = strong.at(-1);
    const together = weak.find(({ accelerators }) => accelerators === largest?.accelerators);
    if (
      strong.length < 2 ||
      largest === undefined ||
      largest.accelerators <= evaluated.accelerators
    )
      return;
    expect(together?.tokensPerSecond ?? 0).toBeGreaterThanOrEqual(largest.tokensPerSecond);
  });

  it('computes rates from batches and times', () => {
    for (const { globalBatch, stepSeconds, tokensPerSecond } of [...strong, ...weak]) {
      expect(tokensPerSecond * stepSeconds).toBeCloseTo(
        globalBatch * evaluated.job.sequenceLength,
        3,
      );
    }
  });
});

it('says where the layout no longer fits into memory', () => {
  const small = withClusters(largeRun, { nodes: quantity(64) });
  const sharded = {
    zeroStage: 3,
    pipelineParallel: 1,
    virtualStages: 1,
    recompute: 'full',
  } as const;
  const evaluated = evaluatedOf(laidOut(small, sharded));
  const { weak } = trainingScaling(evaluated);
  const fits = weak.map((point) => point.fits);
  expect(fits.at(0)).toBe(false);
  expect(fits.indexOf(true)).toBeGreaterThan(0);
});

it('follows a measured step time, and has no points without a time', () => {
  const [own] = [evaluatedRun()];
  const twice = quantity(2 * (own.modelled?.total ?? 0));
  const measured = trainingScaling(evaluatedRun({}, { measuredStepSeconds: twice }));
  const plain = trainingScaling(own);
  expect((measured.strong[0]?.stepSeconds ?? 0) / (plain.strong[0]?.stepSeconds ?? 1)).toBeCloseTo(
    2,
  );
  expect(trainingScaling(evaluatedRun({ tensorParallel: 1e6 }))).toEqual({ strong: [], weak: [] });
});
