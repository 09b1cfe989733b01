import { derivedInput, figure, planInput } from '../explain';
import type { PipelineSchedule } from '../plan';
import type { Figure } from '../report';
import { figureKey, type EvaluatedTraining } from './evaluated-training';
import { microBatches } from './job';
import { endOf, isSlowStage, pipelineSchedule, type PipelineOperation } from './pipeline-schedule';
import { layerCosts } from './layer-costs';
import { stageTime, type StageTime } from './step-time';
import { whyNoTime } from './time-range';

/** What one stage does of a step [s]. */
export interface StageShare {
  readonly stage: number;
  readonly forwardSeconds: number;
  readonly backwardSeconds: number;
  /** from the start of the step until the last pass of any stage ends, without its own passes */
  readonly idleSeconds: number;
}

/** The schedule of a step as it can be drawn. */
export interface PipelineTimeline {
  /** missing: one forward, one backward */
  readonly schedule?: PipelineSchedule | undefined;
  readonly stages: number;
  readonly chunks: number;
  readonly microBatches: number;
  /** passes of the micro-batches that are drawn; later ones only repeat what came before */
  readonly operations: readonly PipelineOperation[];
  readonly drawnMicroBatches: number;
  /** until the last drawn pass ends [s] */
  readonly drawnSeconds: number;
  /** until the last pass of the step ends [s] */
  readonly pipelineSeconds: number;
  /** transfers between stages, exchange of gradients, optimizer and waiting, together [s] */
  readonly tailSeconds: number;
  readonly shares: readonly StageShare[];
}

const mostOperations = 40_000;

/** As many micro-batches as are worth drawing: all, or whole rounds of the stages. */
function drawnOf(count: number, stages: number, chunks: number): number {
  const most = Math.floor(mostOperations / (3 * stages * chunks));
  if (count <= most) return count;
  return Math.max(2, Math.floor(most / stages)) * stages;
}

function sharesOf(timeline: {
  readonly stages: number;
  readonly microBatches: number;
  readonly pipelineSeconds: number;
  readonly forward: number;
  readonly backward: number;
  readonly ratioOf: (stage: number) => number;
}): StageShare[] {
  const { stages, microBatches: count, pipelineSeconds, ratioOf } = timeline;
  return Array.from({ length: stages }, (_, stage) => {
    const ratio = ratioOf(stage);
    const forwardSeconds = count * ratio * timeline.forward;
    const backwardSeconds = count * ratio * timeline.backward;
    const idle = pipelineSeconds - forwardSeconds - backwardSeconds;
    return { stage, forwardSeconds, backwardSeconds, idleSeconds: Math.max(0, idle) };
  });
}

function stageTimeOf({ job, device, constants }: EvaluatedTraining): StageTime {
  return stageTime(job, layerCosts(job, device, constants));
}

/** The passes of a stage for a micro-batch as its schedule counts them [s]: DualPipe's formula has no communication in its forward pass. */
function passesOf(
  schedule: PipelineSchedule | undefined,
  { even, forward, passes }: StageTime,
): { readonly forward: number; readonly backward: number; readonly weights: number } {
  const first = schedule === 'dualpipe' ? passes.forward : forward;
  const backward = even - first;
  return { forward: first, backward, weights: Math.min(passes.weightGradients, backward) };
}

/**
 * The schedule of the chosen layout, scaled to the measured step time where there is one. Null without pipeline stages, without
 * a time, and where the schedule cannot run with these stages and micro-batches.
 *
 * The stage that holds the others up is drawn as the last one, as the step time counts it; of DualPipe as both ends.
 */
export function pipelineTimeline(evaluated: EvaluatedTraining): PipelineTimeline | null {
  const { job, modelled, stepSeconds } = evaluated;
  const { pipelineParallel: stages, virtualStages, schedule } = job.layout;
  const chunks = schedule === undefined ? virtualStages : 1;
  if (modelled === null || stepSeconds === null || stages < 2) return null;
  const count = Math.round(microBatches(job));
  const time = stageTimeOf(evaluated);
  const { even, busiest } = time;
  const scale = stepSeconds / modelled.total;
  if (!(even > 0) || !Number.isFinite(scale * busiest * count) || stages * chunks > mostOperations)
    return null;
  const lastStageRatio = Math.max(1, busiest / even);
  const drawnMicroBatches = drawnOf(count, stages, chunks);
  const passes = passesOf(schedule, time);
  const operations = pipelineSchedule({
    stages,
    chunks,
    microBatches: drawnMicroBatches,
    schedule,
    forwardSeconds: scale * passes.forward,
    backwardSeconds: scale * passes.backward,
    weightSeconds: scale * passes.weights,
    lastStageRatio,
  });
  if (operations === null) return null;
  const drawnSeconds = endOf(operations);
  const pipelineSeconds = drawnSeconds + (count - drawnMicroBatches) * busiest * scale;
  return {
    schedule,
    stages,
    chunks,
    microBatches: count,
    operations,
    drawnMicroBatches,
    drawnSeconds,
    pipelineSeconds,
    tailSeconds: Math.max(0, stepSeconds - pipelineSeconds),
    shares: sharesOf({
      stages,
      microBatches: count,
      pipelineSeconds,
      forward: scale * passes.forward,
      backward: scale * passes.backward,
      ratioOf: (stage) => (isSlowStage(stages, schedule, stage) ? lastStageRatio : 1),
    }),
  };
}

/**
 * Share of a step in which the mean stage waits for the pipeline to fill and empty, or for the busiest stage.
 *
 *   β = ((p − 1) / v · t_s + m · (t_max − t_s)) / t
 *
 * p stages [1] · v chunks per stage [1] · m micro-batches [1] · t_s mean time of a stage for a micro-batch [s] · t_max that of
 * the busiest [s] · t step time [s]. Of zero-bubble schedules and DualPipe the time t_f in which they fill and empty the pipeline
 * stands in the place of (p − 1) / v · t_s (see bubbleSeconds).
 *
 * Leaves out: transfers between stages; schedules without a bubble.
 * Source: Narayanan et al. 2021, section 2.2, https://arxiv.org/abs/2104.04473, from memory.
 */
export function pipelineBubbleFigure(evaluated: EvaluatedTraining): Figure {
  const { job, modelled } = evaluated;
  const { layout } = job;
  const stage = modelled === null ? null : stageTimeOf(evaluated);
  const seconds = (symbol: string, label: string, value: number | undefined) =>
    derivedInput(symbol, label, value ?? Number.NaN, 's', 'model');
  const waited = stage === null ? 0 : microBatches(job) * (stage.busiest - stage.even);
  const isPlain = layout.schedule === undefined;
  const filling = isPlain
    ? [
        planInput('p', 'Pipeline stages', layout.pipelineParallel, '1'),
        planInput('v', 'Chunks per stage', layout.virtualStages, '1'),
      ]
    : [
        seconds(
          't_f',
          'Filling and emptying, by schedule',
          (modelled?.pipelineBubble ?? 0) - waited,
        ),
      ];
  return figure({
    key: figureKey(evaluated, 'pipelineBubble'),
    label: 'Pipeline bubble',
    value: modelled === null ? null : modelled.pipelineBubble / modelled.total,
    unit: 'fraction',
    formula: isPlain
      ? 'β = ((p − 1) / v · t_s + m · (t_max − t_s)) / t'
      : 'β = (t_f + m · (t_max − t_s)) / t',
    inputs: [
      ...filling,
      derivedInput('m', 'Micro-batches per replica and step', microBatches(job), '1', 'plan'),
      seconds('t_s', 'Mean time of a stage for a micro-batch', stage?.even),
      seconds('t_max', 'The same of the busiest stage', stage?.busiest),
      seconds('t', 'Modelled step time', modelled?.total),
    ],
    sources: ['narayanan-2021'],
    leavesOut: 'transfers between stages; schedules without a bubble',
    unavailable: whyNoTime(evaluated),
  });
}
