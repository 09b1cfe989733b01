import type { LayoutExtras } from '../plan';
import type { TrainingJob } from '../training/job';
import { exchangeCosts, layerCosts, type LayerCosts } from '../training/layer-costs';
import { overfillsHost } from '../training/host-memory';
import { chunkedMemory, trainingMemory, unchunkedMemory } from '../training/memory';
import { softwareOf, type TrainingSoftware } from '../training/software';
import {
  chunkedStep,
  unchunkedStep,
  type ChunkedStep,
  type UnchunkedStep,
} from '../training/step-time';
import { chunkAxis, savingAxes, type AxisValue, type SpacePoint } from './axes';
import {
  leastTime,
  leastWithOtherChunks,
  listBranches,
  type Branch,
  type LeastTime,
} from './branches';
import { DistinctRanking } from './distinct-ranking';
import { Found } from './found';
import { tensorDegrees } from './layout-space';
import type { ClusterSize } from './objective';
import { Ranking } from './ranking';
import { Regions, type Tally } from './regions';
import type { SearchRequest, SearchResult } from './search-layouts';

type Mutable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

/** Every optional field by name: one shape for all layouts. */
const noExtras: Record<keyof LayoutExtras, undefined> = {
  schedule: undefined,
  recomputedLayers: undefined,
  contextExchange: undefined,
  shardGroup: undefined,
  capacityFactor: undefined,
  optimizer: undefined,
  offloadsOptimizer: undefined,
  offloadsWeights: undefined,
  offloadedLayers: undefined,
  momentPrecision: undefined,
  software: undefined,
};

/** Memory of a part that a job may fill: the allocator and other processes need the rest. */
const usableMemory = 0.96;
const layoutsPerPause = 1024;

/** The search as it walks the space: one scratch job, rewritten for every layout. */
export class Walk {
  private evaluated = 0;
  private pruned = 0;
  private progress = 0;
  private isComplete = false;
  private readonly found: Found;
  private readonly regions = new Regions();
  private readonly at: SpacePoint;
  private readonly job: Mutable<TrainingJob>;
  private readonly software: TrainingSoftware;
  private readonly wholeNorms: TrainingSoftware;
  private readonly costsOf = new Map<string, LayerCosts>();
  private readonly memoryLimit: number;
  private readonly explains: boolean;
  private readonly prunes: boolean;
  private readonly sizes: readonly ClusterSize[];

  constructor(private readonly request: SearchRequest) {
    const { question, device, options } = request;
    const layout = {
      ...noExtras,
      ...question.extras,
      tensorParallel: 1,
      pipelineParallel: 1,
      virtualStages: 1,
      contextParallel: 1,
      expertParallel: 1,
      microBatch: 1,
      recompute: 'none' as const,
      zeroStage: 0 as const,
    };
    const size = { accelerators: question.accelerators, usdPerHour: null, kilowatts: 0 };
    this.sizes = options.sizes ?? [size];
    this.at = {
      question,
      constraints: options.constraints ?? {},
      switches: options.switches ?? {},
      acceleratorsPerNode: device.acceleratorsPerNode,
      layout,
      dataParallel: 1,
      hasSequenceParallel: true,
    };
    this.job = { ...question, layout: this.at.layout, dataParallel: 1 };
    this.software = softwareOf(this.job, device);
    const { hasSequenceParallel } = this.software;
    this.wholeNorms = { ...this.software, hasSequenceParallel: !hasSequenceParallel };
    const { objective = 'fastest', run = null, top = 10, isDistinct = false } = options;
    const ranking = isDistinct
      ? new DistinctRanking(top, () => choiceName(this.at))
      : new Ranking(top);
    this.found = new Found(this.at, objective, run, ranking, size);
    this.explains = options.explains ?? true;
    this.prunes = options.prunes ?? true;
    this.memoryLimit = (options.memoryTolerance ?? usableMemory) * device.memoryBytes;
  }

  *steps(): Generator<(() => SearchResult) | null, void, void> {
    const partial = (): SearchResult => this.result();
    let sinceNews = 0;
    for (const [index, size] of this.sizes.entries()) {
      this.at.question = { ...this.request.question, accelerators: size.accelerators };
      this.found.startSize(size);
      const sizeTally = this.regions.tally('accelerators', size.accelerators);
      const blocks = this.blocks();
      const degrees = Math.max(1, blocks.flat().length);
      let degreesDone = 0;
      for (const block of blocks) {
        const branches = listBranches(this.at, block, this.regions, this, sizeTally);
        yield null;
        for (const [place, branch] of branches.entries()) {
          const before = this.evaluated + this.pruned;
          this.take(branch);
          sinceNews += this.evaluated + this.pruned - before;
          if (sinceNews < layoutsPerPause) continue;
          sinceNews = 0;
          const ofBlock = (block.length * (place + 1)) / branches.length;
          this.progress = (index + (degreesDone + ofBlock) / degrees) / this.sizes.length;
          yield partial;
        }
        degreesDone += block.length;
      }
      this.found.endSize();
    }
    this.progress = 1;
    this.isComplete = true;
  }

  result(): SearchResult {
    const { device } = this.request;
    return {
      evaluated: this.evaluated,
      pruned: this.pruned,
      feasible: this.found.feasible,
      progress: this.progress,
      isComplete: this.isComplete,
      best: this.found.best(),
      pareto: this.found.pareto(),
      bySize: this.found.bySize(),
      regions: this.explains
        ? this.regions.list({ domain: device.scaleUp.domain, memoryBytes: device.memoryBytes })
        : [],
      leastMemory: this.found.leastMemory(),
    };
  }

  /** Costs of a layer in the degrees of the point, computed once for all that share them. */
  costs(): LayerCosts {
    const { device, constants } = this.request;
    const { layout, hasSequenceParallel } = this.at;
    const { tensorParallel, contextParallel, expertParallel, microBatch } = layout;
    const degrees = `${tensorParallel} ${contextParallel} ${expertParallel} ${microBatch} ${hasSequenceParallel}`;
    const key = `${degrees} ${layout.contextExchange} ${layout.schedule === 'dualpipe'}`;
    this.prepareJob(this.at);
    let costs = this.costsOf.get(key);
    if (costs === undefined) {
      const known = this.costsOf.get(degrees);
      costs = known
        ? exchangeCosts(this.job, known, constants)
        : layerCosts(this.job, device, constants);
      this.costsOf.set(key, costs);
      if (!known && layout.schedule !== 'dualpipe') this.costsOf.set(degrees, costs);
    }
    return costs;
  }

  /** Least time of the layouts at the point whose costs these are. */
  least(costs: LayerCosts, chunks: readonly AxisValue[]): LeastTime {
    return leastTime(this.job, costs, chunks, this.request.constants);
  }

  /**
   * Tensor-parallel degrees in two turns: first the widest within a scale-up domain, so that good layouts are there before all
   * others are listed.
   */
  private blocks(): readonly (readonly number[])[] {
    const { domain } = this.request.device.scaleUp;
    const degrees = tensorDegrees(this.at.question, this.at.constraints);
    const first = degrees.findLast((degree) => degree <= Math.min(domain, widestFirst));
    if (first === undefined) return [degrees];
    return [[first], degrees.filter((degree) => degree !== first)];
  }

  private prepareJob(from: Pick<Branch, 'dataParallel' | 'hasSequenceParallel'>): void {
    this.job.dataParallel = from.dataParallel;
    this.job.software =
      from.hasSequenceParallel === this.software.hasSequenceParallel
        ? this.software
        : this.wholeNorms;
  }

  private take(branch: Branch): void {
    Object.assign(this.at.layout, branch.layout);
    this.at.dataParallel = branch.dataParallel;
    this.at.hasSequenceParallel = branch.hasSequenceParallel;
    this.prepareJob(branch);
    if (this.prunes && this.isDropped(branch)) {
      let savings = 0;
      this.walkSavings(0, () => (savings += 1));
      this.pruned += savings * branch.chunks.length;
      return;
    }
    this.walkSavings(0, (): void => this.takeChunks(branch));
  }

  /** Whether no layout of a branch fits, or none of them is worth knowing. */
  private isDropped({ least, tallies, chunks }: Branch): boolean {
    const isHopeful = this.found.mayBeRanked(least.seconds);
    if (!isHopeful && !this.explains) return true;
    const leastBytes = this.leastBytes(chunks);
    if (leastBytes > this.memoryLimit) {
      for (const tally of tallies) tally.leastBytes = Math.min(tally.leastBytes, leastBytes);
      return true;
    }
    return !isHopeful && !this.isTelling(tallies, least.seconds, leastBytes);
  }

  /** Whether a layout that takes and needs at least so much may be the best with one of its values, or on the front. */
  private isTelling(tallies: readonly Tally[], seconds: number, bytes: number): boolean {
    if (!this.explains) return false;
    return this.found.mayTell(tallies, seconds) || this.found.mayBeOnFront(seconds, bytes);
  }

  private leastBytes(chunks: readonly AxisValue[]): number {
    let least = Number.POSITIVE_INFINITY;
    const measure = (): void => {
      for (const value of chunkAxis.thrifty(chunks)) {
        chunkAxis.put(this.at, value);
        const memoryBytes = trainingMemory(this.job, this.request.constants).total;
        least = Math.min(least, memoryBytes);
        if (memoryBytes > this.memoryLimit) this.found.keepSmallest(memoryBytes);
      }
    };
    this.walkSavings(0, measure, true);
    return least;
  }

  private walkSavings(depth: number, visit: () => void, isThrifty = false): void {
    const axis = savingAxes[depth];
    if (axis === undefined) {
      visit();
      return;
    }
    const values = axis.values(this.at);
    for (const value of isThrifty ? axis.thrifty(values) : values) {
      axis.put(this.at, value);
      this.walkSavings(depth + 1, visit, isThrifty);
    }
  }

  /** Every number of chunks; after one chunk alone where that shows that no other is worth knowing. */
  private takeChunks(branch: Branch): void {
    const { chunks, tallies, least } = branch;
    const { constants } = this.request;
    const memory = unchunkedMemory(this.job, constants);
    let unchunked: UnchunkedStep | null = null;
    for (const [index, value] of chunks.entries()) {
      chunkAxis.put(this.at, value);
      this.evaluated += 1;
      if (overfillsHost(this.job, constants, this.request.device)) {
        for (const tally of tallies) tally.lacksHostMemory = true;
        continue;
      }
      const memoryBytes = chunkedMemory(this.job, memory, constants).total;
      let step: ChunkedStep | null = null;
      if (memoryBytes > this.memoryLimit) {
        this.found.refuse(memoryBytes, tallies);
      } else {
        unchunked ??= unchunkedStep(this.job, branch.costs, constants);
        step = chunkedStep(this.job, unchunked, constants);
        this.found.accept(step.total, memoryBytes, tallies);
      }
      if (value !== 1 || index > 0 || !this.prunes || chunks.length === 1) continue;
      if (step !== null) {
        const seconds = leastWithOtherChunks(step, least);
        if (this.found.mayBeRanked(seconds)) continue;
        if (this.isTelling(tallies, seconds, memoryBytes)) continue;
      }
      this.pruned += chunks.length - 1;
      return;
    }
  }
}

/** What makes a layout another choice: where the model is cut and how memory is saved. The rest tunes it. */
function choiceName({ question, layout }: SpacePoint): string {
  const { tensorParallel, pipelineParallel, expertParallel, schedule } = layout;
  const { recompute, zeroStage, offloadsOptimizer, offloadedLayers } = layout;
  const cut = `${question.accelerators} ${tensorParallel} ${pipelineParallel} ${expertParallel}`;
  return `${cut} ${schedule} ${recompute} ${zeroStage} ${offloadsOptimizer === true} ${offloadedLayers !== undefined}`;
}

/** Wider tensor parallelism seldom is the fastest, however large a domain is. */
const widestFirst = 8;
