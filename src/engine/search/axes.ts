import type { ContextExchange, Recompute, TrainingLayout, ZeroStage } from '../plan';
import type { LayoutQuestion } from './layout-question';
import * as space from './layout-space';
import { recomputedLayerCounts, shardGroups, type SpaceSwitches } from './saving-space';
import { exchangeChoices, scheduleChoices, type ScheduleChoice } from './schedule-space';

type Mutable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

export type AxisKey =
  | 'accelerators'
  | 'tensorParallel'
  | 'contextParallel'
  | 'contextExchange'
  | 'pipelineParallel'
  | 'dataParallel'
  | 'expertParallel'
  | 'microBatch'
  | 'sequenceParallel'
  | 'schedule'
  | 'virtualStages'
  | 'recompute'
  | 'recomputedLayers'
  | 'zeroStage'
  | 'shardGroup'
  | 'offloadsOptimizer'
  | 'offloadedLayers';

export type AxisValue = number | string | boolean | undefined;

/** A place in the space, filled axis by axis. */
export interface SpacePoint {
  question: LayoutQuestion;
  readonly constraints: space.LayoutConstraints;
  readonly switches: SpaceSwitches;
  readonly acceleratorsPerNode: number;
  readonly layout: Mutable<TrainingLayout>;
  dataParallel: number;
  hasSequenceParallel: boolean;
}

/** One dimension of the space: its values at a point where the axes before it are set. */
export interface Axis {
  readonly key: AxisKey;
  values(at: SpacePoint): readonly AxisValue[];
  put(at: SpacePoint, value: AxisValue): void;
  /** the values among which memory is least, whatever the rest; all of them where it is not known */
  thrifty(values: readonly AxisValue[]): readonly AxisValue[];
}

function axis<Value extends AxisValue>(
  key: AxisKey,
  values: (at: SpacePoint) => readonly Value[],
  put: (at: SpacePoint, value: Value) => void,
  thrifty: (values: readonly Value[]) => readonly Value[] = (all) => all,
): Axis {
  return {
    key,
    values,
    put: (at, value) => put(at, value as Value),
    thrifty: (all) => thrifty(all as readonly Value[]),
  };
}

function ranksOfStage({ layout, dataParallel }: SpacePoint): number {
  return layout.tensorParallel * layout.contextParallel * dataParallel;
}

/** Micro-batches of one replica in a step. */
function perStep({ question, layout, dataParallel }: SpacePoint): number {
  return Math.max(1, question.globalBatch / (dataParallel * layout.microBatch));
}

/** What is left for data parallelism, where it is whole and divides the batch; what is asked for is not questioned. */
function replicas({ question, constraints, layout }: SpacePoint): readonly number[] {
  if (constraints.dataParallel) return constraints.dataParallel;
  const { tensorParallel, contextParallel, pipelineParallel } = layout;
  const left = question.accelerators / (tensorParallel * contextParallel * pipelineParallel);
  return Number.isInteger(left) && question.globalBatch % left === 0 ? [left] : [];
}

/** Axes that decide what a layer costs and how often it runs: with these set, a lower bound of the step time is known. */
export const branchAxes: readonly Axis[] = [
  axis<number>(
    'tensorParallel',
    ({ question, constraints }) => space.tensorDegrees(question, constraints),
    ({ layout }, value) => (layout.tensorParallel = value),
  ),
  axis<number>(
    'contextParallel',
    ({ question, constraints, layout }) =>
      space.contextDegrees(question, constraints, question.accelerators / layout.tensorParallel),
    ({ layout }, value) => (layout.contextParallel = value),
  ),
  axis<number>(
    'pipelineParallel',
    ({ question, constraints, layout }) =>
      space.pipelineDegrees(
        question,
        constraints,
        question.accelerators / (layout.tensorParallel * layout.contextParallel),
      ),
    ({ layout }, value) => (layout.pipelineParallel = value),
  ),
  axis<number>('dataParallel', replicas, (at, value) => (at.dataParallel = value)),
  axis<number>(
    'expertParallel',
    (at) => space.expertDegrees(at.question, at.constraints, ranksOfStage(at)),
    ({ layout }, value) => (layout.expertParallel = value),
  ),
  axis<number>(
    'microBatch',
    ({ question, constraints, dataParallel }) =>
      space.microBatchSizes(question, constraints, dataParallel),
    ({ layout }, value) => (layout.microBatch = value),
  ),
  axis<boolean>(
    'sequenceParallel',
    ({ constraints, layout }) => space.sequenceChoices(constraints, layout.tensorParallel),
    (at, value) => (at.hasSequenceParallel = value),
  ),
  axis<ContextExchange>(
    'contextExchange',
    ({ question, constraints, layout: { tensorParallel, contextParallel } }) =>
      exchangeChoices(question, constraints, tensorParallel, contextParallel),
    ({ layout }, value) => (layout.contextExchange = value === 'all-gather' ? undefined : value),
  ),
  axis<ScheduleChoice>(
    'schedule',
    (at) => scheduleChoices(at.constraints, at.layout.pipelineParallel, perStep(at)),
    ({ layout }, value) => (layout.schedule = value === '1f1b' ? undefined : value),
  ),
];

/** Chunks per stage: what they change of a step is bounded by its bubble. */
export const chunkAxis: Axis = axis<number>(
  'virtualStages',
  (at) =>
    space.chunkCounts(
      at.question,
      at.constraints,
      at.layout.pipelineParallel,
      perStep(at),
      at.layout.schedule,
    ),
  ({ layout }, value) => (layout.virtualStages = value),
  // Interleaving holds more micro-batches at once, never fewer.
  (all) => (all.includes(1) ? [1] : all),
);

/** Axes that save memory or change an exchange without changing what a layer costs. A further saving is one more entry here. */
export const savingAxes: readonly Axis[] = [
  axis<Recompute>(
    'recompute',
    ({ constraints }) => space.recomputeChoices(constraints),
    ({ layout }, value) => (layout.recompute = value),
    (all) => (all.length > 1 ? all.filter((value) => value !== 'none') : all),
  ),
  axis<number | undefined>(
    'recomputedLayers',
    ({ question, switches, layout }) =>
      switches.recomputedLayers && layout.recompute === 'full'
        ? recomputedLayerCounts(Math.ceil(question.architecture.layers / layout.pipelineParallel))
        : [question.extras?.recomputedLayers],
    ({ layout }, value) => (layout.recomputedLayers = value),
    // A layer that is recomputed holds less.
    (all) => all.slice(0, 1),
  ),
  axis<ZeroStage>(
    'zeroStage',
    ({ constraints }) => space.zeroChoices(constraints),
    ({ layout }, value) => (layout.zeroStage = value),
    // Full sharding may need more than sharded gradients, for the layers it gathers.
    (all) => all.slice(-2),
  ),
  axis<number | undefined>(
    'shardGroup',
    ({ question, switches, layout, dataParallel, acceleratorsPerNode }) =>
      switches.hybridSharding
        ? shardGroups(
            layout.zeroStage,
            dataParallel * layout.contextParallel,
            acceleratorsPerNode / layout.tensorParallel,
          )
        : [question.extras?.shardGroup],
    ({ layout }, value) => (layout.shardGroup = value),
    // All replicas share a state in the smallest parts.
    (all) => all.slice(0, 1),
  ),
  axis<boolean | undefined>(
    'offloadsOptimizer',
    ({ question, switches }) =>
      switches.offload ? [undefined, true] : [question.extras?.offloadsOptimizer],
    ({ layout }, value) => (layout.offloadsOptimizer = value),
    (all) => all.slice(-1),
  ),
  axis<number | undefined>(
    'offloadedLayers',
    ({ question, switches, layout }) =>
      switches.offload
        ? [undefined, Math.ceil(question.architecture.layers / layout.pipelineParallel)]
        : [question.extras?.offloadedLayers],
    ({ layout }, value) => (layout.offloadedLayers = value),
    (all) => all.slice(-1),
  ),
];
