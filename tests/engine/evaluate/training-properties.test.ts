import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan, TrainingLayout, TrainingWorkload } from '@engine/plan';
import type { TrainingReport } from '@engine/report';
import {
  quantity,
  templatePlan,
  trainingOf,
  withClusters,
  withTraining,
} from '../../fixtures/engine-fixture';

/** Llama 3.1 70B on 64 H100 nodes: fits in many layouts, so that one thing at a time can be changed. */
const base = withClusters(templatePlan('fine-tuning-64-h100'), { nodes: quantity(64) });

const plainLayout: TrainingLayout = {
  tensorParallel: 8,
  pipelineParallel: 4,
  virtualStages: 1,
  contextParallel: 1,
  expertParallel: 1,
  microBatch: 1,
  recompute: 'selective',
  zeroStage: 1,
};

function plan(layout: Partial<TrainingLayout> = {}, job: Partial<TrainingWorkload> = {}): Plan {
  return withTraining(base, {
    modelId: 'llama-3.1-70b',
    sequenceLength: quantity(4_096),
    globalBatchSequences: quantity(1_024),
    ...job,
    layout: { ...plainLayout, ...layout },
  });
}

function memoryOf(layout: Partial<TrainingLayout>, job: Partial<TrainingWorkload> = {}): number {
  return trainingOf(plan(layout, job)).memoryGbPerAccelerator.value ?? Number.NaN;
}

function partOf(report: TrainingReport, key: string): number {
  return [...report.memoryParts, ...report.stepParts].find((part) => part.key === key)?.value ?? 0;
}

function expectFalling(values: readonly number[]): void {
  expect(values.every(Number.isFinite)).toBe(true);
  expect(values).toEqual(values.toSorted((first, second) => second - first));
  expect(values.at(-1)).toBeLessThan(values[0] ?? 0);
}

describe('memory falls', () => {
  // Rajbhandari et al. 2020, figure 1, https://arxiv.org/abs/1910.02054: every stage shards one more part of the state.
  it('with every stage of ZeRO', () => {
    expectFalling(([0, 1, 2, 3] as const).map((zeroStage) => memoryOf({ zeroStage })));
  });

  // Korthikanti et al. 2022, figure 1, https://arxiv.org/abs/2205.05198.
  it('with every degree of recomputation', () => {
    expectFalling(
      (['none', 'selective', 'full'] as const).map((recompute) => memoryOf({ recompute })),
    );
  });

  it('with tensor, pipeline and context parallelism', () => {
    expectFalling([1, 2, 4, 8].map((tensorParallel) => memoryOf({ tensorParallel })));
    expectFalling([1, 2, 4, 8].map((pipelineParallel) => memoryOf({ pipelineParallel })));
    expectFalling([1, 2, 4].map((contextParallel) => memoryOf({ contextParallel })));
  });

  it('with shorter sequences and smaller micro-batches', () => {
    expectFalling(
      [16_384, 8_192, 4_096].map((length) => memoryOf({}, { sequenceLength: quantity(length) })),
    );
    expectFalling([8, 4, 2, 1].map((microBatch) => memoryOf({ microBatch })));
  });
});

describe('each part of memory', () => {
  const parts = (layout: Partial<TrainingLayout>): TrainingReport => trainingOf(plan(layout));

  it.each([
    ['the optimizer', 'optimizer', 0, 1],
    ['the gradients', 'gradients', 1, 2],
  ] as const)(
    '%s is divided by the sixteen replicas from its stage of ZeRO on',
    (_what, key, before, after) => {
      const [whole, sharded] = [before, after].map((zeroStage) =>
        partOf(parts({ zeroStage }), key),
      );
      expect((whole ?? 0) / (sharded ?? 1)).toBeCloseTo(16, 6);
    },
  );

  it('takes two, four and twelve bytes per parameter for weights, gradients and optimizer', () => {
    const report = parts({ zeroStage: 0 });
    const weights = partOf(report, 'weights');
    expect(partOf(report, 'gradients') / weights).toBeCloseTo(4 / 2, 6);
    expect(partOf(report, 'optimizer') / weights).toBeCloseTo(12 / 2, 6);
  });

  it('of the state is halved by twice the tensor parallelism', () => {
    for (const key of ['weights', 'gradients'] as const) {
      const [four, eight] = [4, 8].map((tensorParallel) => partOf(parts({ tensorParallel }), key));
      expect((four ?? 0) / (eight ?? 1), key).toBeCloseTo(2, 6);
    }
  });
});

describe('the step', () => {
  const stepOf = (
    layout: Partial<TrainingLayout>,
    job: Partial<TrainingWorkload> = {},
  ): TrainingReport => trainingOf(plan(layout, job));

  it('takes longer the more is computed again, and recomputation is what it takes longer for', () => {
    const [none, full] = [stepOf({ recompute: 'none' }), stepOf({ recompute: 'full' })];
    expect(full.stepSeconds.value).toBeGreaterThan(none.stepSeconds.value ?? 0);
    expect(partOf(none, 'recompute')).toBe(0);
    expect(partOf(full, 'recompute')).toBeGreaterThan(0);
  });

  // One forward pass more on top of a forward and two backward ones; Korthikanti et al. 2022, section 5: 30–40 %.
  it('takes 20 to 45 % longer when everything is computed again', () => {
    const ratio =
      (stepOf({ recompute: 'full' }).stepSeconds.value ?? 0) /
      (stepOf({ recompute: 'none' }).stepSeconds.value ?? 1);
    expect(ratio).toBeGreaterThan(1.2);
    expect(ratio).toBeLessThan(1.45);
  });

  it('has a bubble only with a pipeline, smaller with more micro-batches and with interleaving', () => {
    const bubble = (layout: Partial<TrainingLayout>, sequences = 1_024): number => {
      const report = stepOf(layout, { globalBatchSequences: quantity(sequences) });
      return partOf(report, 'pipelineBubble') / (report.stepSeconds.value ?? Number.NaN);
    };
    expect(bubble({ pipelineParallel: 1 })).toBeCloseTo(0, 9);
    expectFalling([256, 512, 1_024, 4_096].map((sequences) => bubble({}, sequences)));
    expect(bubble({ virtualStages: 5 }, 256)).toBeLessThan(bubble({}, 256));
  });

  // Narayanan et al. 2021, section 2.2.1, https://arxiv.org/abs/2104.04473: bubble (p − 1) / m of the ideal time.
  it('has a bubble near (p − 1) / (m + p − 1) for even stages', () => {
    const report = stepOf({}, { globalBatchSequences: quantity(256) });
    const share = partOf(report, 'pipelineBubble') / (report.stepSeconds.value ?? Number.NaN);
    const ideal = 3 / (256 / 16 + 3);
    // The first and the last stage hold the embedding and the head on top, and optimizer and exchange dilute the share.
    expect(share).toBeGreaterThan(0.6 * ideal);
    expect(share).toBeLessThan(1.7 * ideal);
  });

  it('talks only in the directions in which it is parallel', () => {
    expect(partOf(stepOf({ tensorParallel: 1 }), 'tensorParallel')).toBe(0);
    expect(partOf(stepOf({ contextParallel: 1 }), 'contextParallel')).toBe(0);
    expect(partOf(stepOf({ pipelineParallel: 1 }), 'pipelineTransfer')).toBe(0);
    expect(partOf(stepOf({}), 'expertParallel')).toBe(0);
    expect(partOf(stepOf({}), 'tensorParallel')).toBeGreaterThan(0);
    expect(partOf(stepOf({ contextParallel: 2 }), 'contextParallel')).toBeGreaterThan(0);
  });

  it('processes its tokens: rate × time is batch × length, whatever the layout', () => {
    const degree = fc.constantFrom(1, 2, 4, 8);
    fc.assert(
      fc.property(
        degree,
        degree,
        fc.constantFrom(256, 1_024, 2_048),
        (tensor, stages, sequences) => {
          const report = stepOf(
            { tensorParallel: tensor, pipelineParallel: stages },
            { globalBatchSequences: quantity(sequences) },
          );
          const tokens = (report.tokensPerSecond.value ?? 0) * (report.stepSeconds.value ?? 0);
          expect(tokens / (sequences * 4_096)).toBeCloseTo(1, 9);
          expect(report.modelFlopsUtilisation.value).toBeGreaterThan(0);
          expect(report.modelFlopsUtilisation.value).toBeLessThan(1);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('precision', () => {
  const days = (precision: TrainingWorkload['precision']): number =>
    trainingOf(plan({}, { precision })).days.value ?? Number.NaN;

  it('that is narrower never trains slower on a part that has it', () => {
    expectFalling([days('fp32'), days('tf32'), days('bf16'), days('fp8')]);
  });

  it('of the two 16-bit formats trains equally fast', () => {
    expect(days('fp16')).toBeCloseTo(days('bf16'), 9);
  });

  it('changes the speed, not the work', () => {
    const work = (precision: TrainingWorkload['precision']): number | null =>
      trainingOf(plan({}, { precision })).trainingFlop.value;
    expect(work('fp8')).toBe(work('bf16'));
  });
});
