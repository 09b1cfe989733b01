import { describe, expect, it, test } from 'vitest';
import type { TrainingLayout } from '@engine/plan';
import { extraFindings } from '@engine/training/extra-findings';
import { canRunDualPipe } from '@engine/training/schedule-limits';
import { laidOut, templatePlan } from '../../fixtures/engine-fixture';
import { evaluatedOf, evaluatedRun, trainingRows } from './evaluated-fixture';

const sparse = templatePlan('deepseek-v3');

const codes = (found: ReturnType<typeof extraFindings>) =>
  found.map(({ code, level, field }) => [code.slice('training.'.length), level, field]);

describe('choices of a layout beyond its degrees', () => {
  it.each(trainingRows)('of %s are possible', (_id, plan) => {
    expect(extraFindings(evaluatedOf(plan))).toEqual([]);
  });

  it.each<[string, Partial<TrainingLayout>, string, string, string]>([
    [
      'odd DualPipe',
      { pipelineParallel: 9, virtualStages: 1, schedule: 'dualpipe' },
      'dualPipeShape',
      'problem',
      'schedule',
    ],
    [
      'short DualPipe',
      { pipelineParallel: 16, virtualStages: 1, schedule: 'dualpipe' },
      'dualPipeShape',
      'problem',
      'schedule',
    ],
    [
      'chunks of zero bubble',
      { virtualStages: 2, schedule: 'zero-bubble' },
      'chunksOfOtherSchedule',
      'warning',
      'virtualStages',
    ],
    [
      'no pipeline',
      { pipelineParallel: 1, virtualStages: 1, schedule: 'zero-bubble' },
      'scheduleWithoutPipeline',
      'note',
      'schedule',
    ],
    [
      'heads of Ulysses',
      { contextParallel: 32, contextExchange: 'ulysses' },
      'ulyssesHeads',
      'problem',
      'contextExchange',
    ],
    [
      'a group of no divisor',
      { shardGroup: 7, zeroStage: 1 },
      'shardGroupNotDivisor',
      'problem',
      'shardGroup',
    ],
    [
      'a group without ZeRO',
      { shardGroup: 8, zeroStage: 0 },
      'shardGroupWithoutZero',
      'note',
      'shardGroup',
    ],
    ['a dense model', { capacityFactor: 1.25 }, 'capacityWithoutExperts', 'note', 'capacityFactor'],
    [
      'too many layers',
      { recompute: 'full', recomputedLayers: 99 },
      'recomputedLayersTooMany',
      'warning',
      'recomputedLayers',
    ],
    [
      'weights in the host that nothing shards',
      { offloadsWeights: true, zeroStage: 1 },
      'hostWeightsUnsharded',
      'note',
      'offloadsWeights',
    ],
    [
      'the precision of no moments',
      { optimizer: 'adafactor', momentPrecision: '16-bit' },
      'noMoments',
      'note',
      'momentPrecision',
    ],
    [
      'layers of nothing',
      { recompute: 'selective', recomputedLayers: 2 },
      'recomputedLayersUnused',
      'note',
      'recomputedLayers',
    ],
  ])('%s is named on its field', (_name, layout, code, level, field) => {
    expect(codes(extraFindings(evaluatedRun(layout)))).toContainEqual([
      code,
      level,
      `layout.${field}`,
    ]);
  });

  it.each([
    [0.5, 'capacityTooSmall', 'problem'],
    [64, 'capacityTooLarge', 'problem'],
  ])('a capacity factor of %s is a problem', (capacityFactor, code, level) => {
    const found = extraFindings(evaluatedOf(laidOut(sparse, { capacityFactor })));
    expect(codes(found)).toContainEqual([code, level, 'layout.capacityFactor']);
    const mended = laidOut(sparse, { capacityFactor: found[0]?.fix?.value ?? 0 });
    expect(extraFindings(evaluatedOf(mended))).toEqual([]);
  });

  it('a group is mended by the largest divisor below it', () => {
    const layout = { shardGroup: 100, zeroStage: 3, virtualStages: 1 } as const;
    const [finding] = extraFindings(evaluatedRun(layout));
    const shardGroup = finding?.fix?.value ?? 0;
    expect(shardGroup).toBeGreaterThan(1);
    expect(extraFindings(evaluatedRun({ ...layout, shardGroup }))).toEqual([]);
  });
});

test.each([
  [16, 32, true],
  [16, 30, false],
  [15, 40, false],
  [8, 17, false],
  [2, 4, true],
])('DualPipe on %s stages with %s micro-batches: %s', (stages, microBatches, canRun) => {
  expect(canRunDualPipe(stages, microBatches)).toBe(canRun);
});
