import { describe, expect, it } from 'vitest';
import { trainingLossStages } from '@engine/training/loss-stages';
import { quantity, trainingOf } from '../../fixtures/engine-fixture';
import { evaluatedOf, evaluatedRun, trainingRows } from './evaluated-fixture';

function stagesOf(evaluated: ReturnType<typeof evaluatedRun>) {
  const { modelled, stepSeconds } = evaluated;
  if (modelled === null || stepSeconds === null) throw new Error('The run has no time.');
  return trainingLossStages(evaluated, modelled, stepSeconds);
}

describe.each(trainingRows)('the losses of %s', (_id, plan) => {
  const stages = stagesOf(evaluatedOf(plan));

  it('are told from the peak to useful work', () => {
    expect(stages.map(({ key }) => key)).toEqual([
      'peak',
      'kernels',
      'recompute',
      'communication',
      'bubble',
      'software',
      'stragglers',
      'availability',
      'useful',
    ]);
  });

  it('cost what the run costs but for the useful share', () => {
    const { lossStages, costUsd } = trainingOf(plan);
    const lost = lossStages.reduce((sum, { usdLost = 0 }) => sum + usdLost, 0);
    const useful = lossStages.at(-1)?.remaining ?? 0;
    expect(lost / ((costUsd.value ?? 0) * (1 - useful))).toBeCloseTo(1, 9);
  });
});

it('stragglers are the logarithmic part of the waiting', () => {
  const small = evaluatedRun();
  const { waitingPerDoubling, softwareOverhead, stepFixed } = small.constants;
  const without = { ...small, constants: { ...small.constants, waitingPerDoubling: 0 } };
  const lost = (stages: ReturnType<typeof stagesOf>) => {
    const index = stages.findIndex(({ key }) => key === 'stragglers');
    return (stages[index - 1]?.remaining ?? 0) - (stages[index]?.remaining ?? 0);
  };
  expect(lost(stagesOf(without))).toBeCloseTo(0, 12);
  const busy =
    ((small.modelled?.total ?? 0) - stepFixed) /
    (1 + softwareOverhead + waitingPerDoubling * Math.log2(small.accelerators));
  const share =
    (waitingPerDoubling * Math.log2(small.accelerators) * busy) / (small.modelled?.total ?? 1);
  const stages = stagesOf(small);
  const before = stages.find(({ key }) => key === 'software')?.remaining ?? 0;
  expect(lost(stages) / before).toBeCloseTo(share, 9);
});

it('a measured time spreads over the losses as the modelled one does', () => {
  const plain = stagesOf(evaluatedRun());
  const slow = stagesOf(
    evaluatedRun({}, { measuredStepSeconds: quantity(2 * (evaluatedRun().modelled?.total ?? 0)) }),
  );
  expect((plain.at(-1)?.remaining ?? 0) / (slow.at(-1)?.remaining ?? 1)).toBeCloseTo(2, 9);
});
