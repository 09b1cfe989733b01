import type { Device } from '../hardware/device';
import type { TrainingLayout } from '../plan';
import type { TrainingConstants } from '../training/constants';
import type { TrainingJob } from '../training/job';
import { trainingMemory } from '../training/memory';
import { softwareOf, type TrainingSoftware } from '../training/software';
import { layerCosts, stepTimeOf, type LayerCosts } from '../training/step-time';
import type { LayoutQuestion, RankedLayout } from './layout-question';
import * as space from './layout-space';
import { Ranking } from './ranking';
import { Regions, type Region } from './regions';

export interface SearchOptions {
  readonly constraints?: space.LayoutConstraints;
  /** how many of the fastest layouts are kept */
  readonly top?: number;
  /** false evaluates every layout, for proofs and benchmarks */
  readonly prunes?: boolean;
  /** memory that a layout may need over what there is: below 1 leaves room, above 1 allows for our own error */
  readonly memoryTolerance?: number;
  /** called now and then; returning false stops the search, and what was found so far is the result */
  readonly onProgress?: (evaluated: number) => boolean;
}

export interface SearchResult {
  /** layouts whose memory and time were computed */
  readonly evaluated: number;
  /** layouts proven slower than every one kept without computing them in full */
  readonly pruned: number;
  readonly feasible: number;
  /** false when onProgress stopped the search */
  readonly isComplete: boolean;
  /** fastest first */
  readonly best: readonly RankedLayout[];
  /** no other layout is both faster and smaller; fastest first */
  readonly pareto: readonly RankedLayout[];
  readonly regions: readonly Region[];
  /** the layout that needs least memory, where none fits */
  readonly leastMemory: RankedLayout | null;
}

type Mutable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

/** Memory of a part that a job may fill: the allocator and other processes need the rest. */
const usableMemory = 0.96;
const progressEvery = 16_384;

/** The search as it walks the space: one scratch job, rewritten for every layout. */
class Walk {
  readonly layout: Mutable<TrainingLayout>;
  readonly job: Mutable<TrainingJob>;
  readonly ranking: Ranking;
  readonly regions = new Regions();
  evaluated = 0;
  pruned = 0;
  isStopped = false;
  private readonly costsOf = new Map<string, LayerCosts>();
  private readonly software: TrainingSoftware;

  constructor(
    readonly question: LayoutQuestion,
    readonly device: Device,
    readonly constants: TrainingConstants,
    readonly options: SearchOptions,
  ) {
    this.layout = {
      tensorParallel: 1,
      pipelineParallel: 1,
      virtualStages: 1,
      contextParallel: 1,
      expertParallel: 1,
      microBatch: 1,
      recompute: 'none',
      zeroStage: 0,
    };
    this.job = { ...question, layout: this.layout, dataParallel: 1 };
    this.software = softwareOf(this.job, device);
    this.ranking = new Ranking(options.top ?? 10);
  }

  setSequenceParallel(hasSequenceParallel: boolean): void {
    if (hasSequenceParallel === this.software.hasSequenceParallel) {
      this.job.software = this.software;
      return;
    }
    this.job.software = { ...this.software, hasSequenceParallel };
  }

  /** Costs of a layer in the degrees that the scratch job holds, computed once. */
  costs(): LayerCosts {
    const { tensorParallel, contextParallel, expertParallel, microBatch } = this.layout;
    const isWhole = this.job.software?.hasSequenceParallel === false;
    const key = `${tensorParallel} ${contextParallel} ${expertParallel} ${microBatch} ${isWhole}`;
    let costs = this.costsOf.get(key);
    if (costs === undefined) {
      costs = layerCosts(this.job, this.device, this.constants);
      this.costsOf.set(key, costs);
    }
    return costs;
  }

  /**
   * No layout of these degrees can be faster: every micro-batch computes its share of the layers and of the head, and all
   * that stepTime adds (recomputation, bubble, exchange, optimizer, waiting) is not negative.
   */
  leastSeconds(costs: LayerCosts): number {
    const { layer, tensor, experts, context, head } = costs;
    const { pipelineParallel, microBatch } = this.layout;
    const microBatches = Math.max(
      1,
      this.question.globalBatch / (this.job.dataParallel * microBatch),
    );
    const forward = layer.forwardMatmul + layer.forwardAttention + layer.forwardElementwise;
    const perLayer = forward + layer.backward + tensor + experts + context;
    const { layers } = this.question.architecture;
    return (microBatches * (layers * perLayer + head)) / pipelineParallel;
  }

  evaluate(costs: LayerCosts): void {
    this.evaluated += 1;
    const { onProgress } = this.options;
    if (onProgress && this.evaluated % progressEvery === 0 && !onProgress(this.evaluated)) {
      this.isStopped = true;
    }
    const memoryBytes = trainingMemory(this.job, this.constants).total;
    const tolerance = this.options.memoryTolerance ?? usableMemory;
    if (memoryBytes > tolerance * this.device.memoryBytes) {
      this.regions.tooLarge(this.layout, memoryBytes);
      this.ranking.offerInfeasible(this.job, memoryBytes);
      return;
    }
    const stepSeconds = stepTimeOf(this.job, costs, this.constants).total;
    this.regions.fits(this.layout, stepSeconds);
    this.ranking.offer(this.job, stepSeconds, memoryBytes);
  }
}

function walkStage(walk: Walk, constraints: space.LayoutConstraints): void {
  const { question, layout, job, options } = walk;
  const stages = layout.pipelineParallel;
  for (const microBatch of space.microBatchSizes(question, constraints, job.dataParallel)) {
    layout.microBatch = microBatch;
    const rounds = Math.max(1, question.globalBatch / (job.dataParallel * microBatch));
    const chunks = space.chunkCounts(question, constraints, stages, rounds);
    const recomputations = space.recomputeChoices(constraints);
    const zeroStages = space.zeroChoices(constraints);
    const below = chunks.length * recomputations.length * zeroStages.length;
    for (const isSequence of space.sequenceChoices(constraints, layout.tensorParallel)) {
      walk.setSequenceParallel(isSequence);
      const costs = walk.costs();
      if (options.prunes !== false && walk.ranking.isHopeless(walk.leastSeconds(costs))) {
        walk.pruned += below;
        walk.regions.slowerThanKept(layout, walk.leastSeconds(costs));
        continue;
      }
      for (const virtualStages of chunks) {
        layout.virtualStages = virtualStages;
        for (const recompute of recomputations) {
          layout.recompute = recompute;
          for (const zeroStage of zeroStages) {
            layout.zeroStage = zeroStage;
            walk.evaluate(costs);
            if (walk.isStopped) return;
          }
        }
      }
    }
  }
}

/** Visits every data-parallel degree that the accelerators and the batch leave to the stage and expert degrees. */
function walkReplicas(walk: Walk, constraints: space.LayoutConstraints, ranks: number): void {
  const { question, layout, job } = walk;
  for (const stages of space.pipelineDegrees(question, constraints, ranks)) {
    layout.pipelineParallel = stages;
    const replicas = constraints.dataParallel ?? [ranks / stages];
    for (const dataParallel of replicas) {
      const isFree = constraints.dataParallel === undefined;
      if (
        isFree &&
        !(Number.isInteger(dataParallel) && question.globalBatch % dataParallel === 0)
      ) {
        walk.regions.indivisible(layout);
        continue;
      }
      job.dataParallel = dataParallel;
      const ranksOfStage = layout.tensorParallel * layout.contextParallel * dataParallel;
      for (const expertParallel of space.expertDegrees(question, constraints, ranksOfStage)) {
        layout.expertParallel = expertParallel;
        walkStage(walk, constraints);
        if (walk.isStopped) return;
      }
    }
  }
}

/**
 * Every layout of a training job: TP × CP × PP × DP × EP × micro-batch × sequence parallelism × chunks × recomputation × ZeRO,
 * ranked by step time among those that fit into memory.
 *
 * What depends on TP, CP, EP, micro-batch and sequence parallelism alone is computed once (LayerCosts). A branch is left out
 * only when its least possible time (Walk.leastSeconds) exceeds the slowest layout kept, so that pruning drops nothing better.
 *
 * Leaves out: layouts that leave accelerators idle; batches that no data-parallel degree divides.
 */
export function searchLayouts(
  question: LayoutQuestion,
  device: Device,
  constants: TrainingConstants,
  options: SearchOptions = {},
): SearchResult {
  const walk = new Walk(question, device, constants, options);
  const constraints = options.constraints ?? {};
  for (const tensorParallel of space.tensorDegrees(question, constraints)) {
    walk.layout.tensorParallel = tensorParallel;
    const perTensor = question.accelerators / tensorParallel;
    for (const contextParallel of space.contextDegrees(question, constraints, perTensor)) {
      walk.layout.contextParallel = contextParallel;
      walkReplicas(walk, constraints, perTensor / contextParallel);
      if (walk.isStopped) break;
    }
    if (walk.isStopped) break;
  }
  return {
    evaluated: walk.evaluated,
    pruned: walk.pruned,
    feasible: walk.ranking.feasible,
    isComplete: !walk.isStopped,
    best: walk.ranking.best(),
    pareto: walk.ranking.pareto(),
    regions: walk.regions.list(device),
    leastMemory: walk.ranking.leastMemory(),
  };
}
