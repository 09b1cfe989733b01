import type { Architecture, Precision } from '../catalogue/types';
import type { Device } from '../hardware/device';
import type { ParameterCount } from '../model/parameters';
import type { Recompute, TrainingLayout, ZeroStage } from '../plan';
import type { TrainingConstants } from '../training/constants';
import type { TrainingJob } from '../training/job';
import { trainingMemory } from '../training/memory';
import { stepTime } from '../training/step-time';
import { chunkChoices } from './chunks';

/** What is trained, on how many accelerators, before it is decided how. */
export interface LayoutQuestion {
  readonly architecture: Architecture;
  readonly parameters: ParameterCount;
  readonly precision: Precision;
  readonly sequenceLength: number;
  readonly globalBatch: number;
  readonly accelerators: number;
}

export interface ChosenLayout {
  readonly layout: TrainingLayout;
  readonly dataParallel: number;
  readonly stepSeconds: number;
  readonly memoryBytes: number;
}

const pipelineDegrees = [1, 2, 4, 6, 8, 9, 10, 12, 16, 20, 24, 32];
/** Ways to save memory, fastest first: an optimizer shard, full sharding, recomputation, both. */
const savings: readonly { readonly recompute: Recompute; readonly zeroStage: ZeroStage }[] = [
  { recompute: 'selective', zeroStage: 1 },
  { recompute: 'selective', zeroStage: 3 },
  { recompute: 'full', zeroStage: 1 },
  { recompute: 'full', zeroStage: 3 },
];

/** Expert-parallel degrees worth trying: all ranks of a stage at most, and a divisor of the experts. */
function expertDegrees(architecture: Architecture, ranksOfStage: number): number[] {
  const experts = architecture.mixtureOfExperts?.experts;
  if (experts === undefined) return [1];
  return [1, 8, 16, 32, 64].filter(
    (degree) => degree <= ranksOfStage && experts % degree === 0 && ranksOfStage % degree === 0,
  );
}

/**
 * The fastest layout that fits into memory among the usual ones: tensor parallelism inside the scale-up domain, pipeline,
 * interleaving, context parallelism, expert parallelism, recomputation, optimizer or full sharding; micro-batch 1. Null when none fits.
 *
 * A hundred times faster than searchLayouts and within some per cent of it for dense models: docs/decisions, number 15.
 */
export function chooseLayout(
  question: LayoutQuestion,
  device: Device,
  constants: TrainingConstants,
): ChosenLayout | null {
  let best: ChosenLayout | null = null;
  for (const degrees of candidateDegrees(question, device)) {
    const { tensorParallel, pipelineParallel, contextParallel } = degrees;
    const dataParallel =
      question.accelerators / (tensorParallel * pipelineParallel * contextParallel);
    for (const saving of savings) {
      if (saving.zeroStage === 3 && pipelineParallel > 1) continue;
      const layout: TrainingLayout = { ...degrees, ...saving, microBatch: 1 };
      const job: TrainingJob = { ...question, layout, dataParallel };
      const memoryBytes = trainingMemory(job, constants).total;
      if (memoryBytes > device.memoryBytes) continue;
      const stepSeconds = stepTime(job, device, constants).total;
      if (best === null || stepSeconds < best.stepSeconds) {
        best = { layout, dataParallel, stepSeconds, memoryBytes };
      }
      // What fits without saving more is the fastest of these degrees.
      if (saving.recompute === 'selective' && saving.zeroStage === 1) break;
    }
  }
  return best;
}

type Degrees = Pick<
  TrainingLayout,
  'tensorParallel' | 'pipelineParallel' | 'contextParallel' | 'virtualStages' | 'expertParallel'
>;

const contextDegrees = [1, 2, 4];

/**
 * Context parallelism is tried where the batch is too small to keep the pipeline full: it takes ranks from data
 * parallelism, so that each replica gets more micro-batches.
 */
function contextDegreesFor(replicas: number, { globalBatch }: LayoutQuestion, stages: number) {
  const isShortOfWork = globalBatch / replicas < 2 * stages;
  return isShortOfWork ? contextDegrees : [1];
}

function* candidateDegrees(question: LayoutQuestion, device: Device): Generator<Degrees> {
  const { architecture, accelerators, globalBatch } = question;
  const widest = Math.min(device.scaleUp.domain, 8, accelerators);
  for (let tensorParallel = 1; tensorParallel <= widest; tensorParallel *= 2) {
    if (architecture.heads % tensorParallel !== 0) continue;
    for (const pipelineParallel of pipelineDegrees) {
      if (pipelineParallel > architecture.layers) continue;
      const ranks = accelerators / (tensorParallel * pipelineParallel);
      for (const contextParallel of contextDegreesFor(ranks, question, pipelineParallel)) {
        const dataParallel = ranks / contextParallel;
        if (!Number.isInteger(dataParallel) || globalBatch % dataParallel !== 0) continue;
        const microBatches = globalBatch / dataParallel;
        const degrees = { tensorParallel, pipelineParallel, contextParallel };
        const chunks = chunkChoices(architecture.layers, pipelineParallel, microBatches);
        for (const virtualStages of chunks) {
          for (const expertParallel of expertDegrees(architecture, tensorParallel * ranks)) {
            yield { ...degrees, virtualStages, expertParallel };
          }
        }
      }
    }
  }
}
