import { describe, expect, it } from 'vitest';
import { pipelineBubbleFigure, pipelineTimeline } from '@engine/training/pipeline-timeline';
import { quantity } from '../../fixtures/engine-fixture';
import { evaluatedOf, evaluatedRun, trainingRows } from './evaluated-fixture';

describe('the timeline of a pipeline', () => {
  it.each([
    [1, 2],
    [1, 4],
    [1, 8],
    [1, 16],
    [2, 16],
    [8, 16],
    [1, 32],
    [2, 32],
    [1, 64],
    [2, 63],
  ])(
    'with %s chunks on %s stages has the bubble of the engine',
    (virtualStages, pipelineParallel) => {
      const dataParallel = Math.floor(16_384 / (8 * pipelineParallel));
      const evaluated = evaluatedRun(
        { pipelineParallel, virtualStages, microBatch: 1 },
        { globalBatchSequences: quantity(dataParallel * 2 * pipelineParallel) },
      );
      const timeline = pipelineTimeline(evaluated);
      if (timeline === null || evaluated.modelled === null)
        throw new Error('There is no timeline.');
      const mean =
        timeline.shares.reduce((sum, share) => sum + share.idleSeconds, 0) / pipelineParallel;
      // The step time counts the busiest stage against the mean of all, the drawing gives all others the mean.
      const { pipelineBubble, total } = evaluated.modelled;
      const even = timeline.shares[0];
      const idleOfFirst = even?.idleSeconds ?? 0;
      expect(idleOfFirst / total).toBeCloseTo(pipelineBubble / total, 9);
      expect(mean).toBeLessThanOrEqual(idleOfFirst + 1e-9);
      expect(timeline.pipelineSeconds + timeline.tailSeconds).toBeCloseTo(total, 9);
      expect(timeline.operations).toHaveLength(
        2 * pipelineParallel * virtualStages * timeline.drawnMicroBatches,
      );
    },
  );

  it.each(trainingRows)(
    'of %s ends within the step, and its figure says the bubble',
    (_id, plan) => {
      const evaluated = evaluatedOf(plan);
      const bubble = pipelineBubbleFigure(evaluated);
      expect(bubble.value).toBeCloseTo(
        (evaluated.modelled?.pipelineBubble ?? 0) / (evaluated.modelled?.total ?? 1),
        12,
      );
      const timeline = pipelineTimeline(evaluated);
      if (timeline === null) {
        expect(evaluated.job.layout.pipelineParallel).toBe(1);
        return;
      }
      expect(timeline.pipelineSeconds).toBeLessThanOrEqual(evaluated.stepSeconds ?? 0);
    },
  );

  it('leaves out the middle of a step too long to draw, and still ends when the step does', () => {
    const evaluated = evaluatedRun(
      { pipelineParallel: 16, virtualStages: 8 },
      { globalBatchSequences: quantity(128 * 800) },
    );
    const timeline = pipelineTimeline(evaluated);
    expect(timeline?.microBatches).toBe(800);
    expect(timeline?.drawnMicroBatches).toBeLessThan(800);
    expect((timeline?.drawnMicroBatches ?? 1) % 16).toBe(0);
    expect(timeline?.operations.length).toBeLessThanOrEqual(40_000);
    const idle = timeline?.shares[0]?.idleSeconds ?? 0;
    expect(idle / (evaluated.modelled?.pipelineBubble ?? 0)).toBeCloseTo(1, 9);
  });

  it('stretches to a measured step time', () => {
    const modelled = evaluatedRun();
    const twice = 2 * (modelled.modelled?.total ?? 0);
    const measured = pipelineTimeline(evaluatedRun({}, { measuredStepSeconds: quantity(twice) }));
    const plain = pipelineTimeline(modelled);
    expect((measured?.pipelineSeconds ?? 0) / (plain?.pipelineSeconds ?? 1)).toBeCloseTo(2, 9);
  });

  it('is not there for one stage, for too many accelerators, and for a batch that cannot be interleaved', () => {
    expect(pipelineTimeline(evaluatedRun({ pipelineParallel: 1 }))).toBeNull();
    expect(pipelineTimeline(evaluatedRun({ pipelineParallel: 1e6 }))).toBeNull();
    expect(pipelineBubbleFigure(evaluatedRun({ pipelineParallel: 1e6 })).unavailable).toBeTruthy();
  });

  it.each([
    ['zero-bubble', 16, 0.001],
    ['zero-bubble', 14, 0.005],
    ['dualpipe', 16, 0.02],
    ['dualpipe', 14, 0.025],
  ] as const)(
    'of %s on %s stages waits as long as the step time counts',
    (schedule, stages, share) => {
      const dataParallel = Math.floor(16_384 / (8 * stages));
      const evaluated = evaluatedRun(
        { pipelineParallel: stages, virtualStages: 1, microBatch: 1, schedule },
        { globalBatchSequences: quantity(dataParallel * 4 * stages) },
      );
      const timeline = pipelineTimeline(evaluated);
      if (timeline === null || evaluated.modelled === null)
        throw new Error('There is no timeline.');
      const { pipelineBubble, total } = evaluated.modelled;
      const middle = timeline.shares[stages / 2];
      expect(Math.abs((middle?.idleSeconds ?? 0) - pipelineBubble) / total).toBeLessThan(share);
      expect(timeline.pipelineSeconds + timeline.tailSeconds).toBeCloseTo(total, 6);
      for (const { stage, forwardSeconds, backwardSeconds, idleSeconds } of timeline.shares) {
        const drawn = timeline.operations
          .filter((operation) => operation.stage === stage)
          .reduce((sum, { start, end }) => sum + end - start, 0);
        expect(drawn / (forwardSeconds + backwardSeconds)).toBeCloseTo(1, 6);
        expect(forwardSeconds + backwardSeconds + idleSeconds).toBeCloseTo(
          timeline.pipelineSeconds,
          6,
        );
      }
    },
  );

  it('of DualPipe is not there where it cannot run', () => {
    const layout = { pipelineParallel: 16, virtualStages: 1, microBatch: 1 } as const;
    expect(pipelineTimeline(evaluatedRun(layout))).not.toBeNull();
    expect(pipelineTimeline(evaluatedRun({ ...layout, schedule: 'dualpipe' }))).toBeNull();
  });
});
