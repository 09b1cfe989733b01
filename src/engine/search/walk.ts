import { trainingMemory } from '../training/memory';
import { softwareOf, type TrainingSoftware } from '../training/software';
import { layerCosts, stepTimeOf, type LayerCosts } from '../training/step-time';
import type { TrainingJob } from '../training/job';
import { leafAxes, type SpacePoint } from './axes';
import { listBranches, type Branch } from './branches';
import { Front, mergedFront } from './front';
import type { RankedLayout } from './layout-question';
import { isWithin, scoreOf, type ClusterSize, type Objective } from './objective';
import { Ranking } from './ranking';
import { Regions, type Tally } from './regions';
import type { SearchRequest, SearchResult } from './search-layouts';

type Mutable<Fields> = { -readonly [Name in keyof Fields]: Fields[Name] };

/** Memory of a part that a job may fill: the allocator and other processes need the rest. */
const usableMemory = 0.96;
const layoutsPerPause = 1024;

/** The search as it walks the space: one scratch job, rewritten for every layout. */
export class Walk {
  private evaluated = 0;
  private pruned = 0;
  private feasible = 0;
  private progress = 0;
  private isComplete = false;
  private readonly ranking: Ranking;
  private readonly regions = new Regions();
  private readonly fronts: Front[] = [];
  private readonly fastest: RankedLayout[] = [];
  private leastMemory: RankedLayout | null = null;
  private readonly at: SpacePoint;
  private readonly job: Mutable<TrainingJob>;
  private readonly software: TrainingSoftware;
  private readonly wholeNorms: TrainingSoftware;
  private readonly costsOf = new Map<string, LayerCosts>();
  private readonly memoryLimit: number;
  private readonly objective: Objective;
  private readonly explains: boolean;
  private readonly sizes: readonly ClusterSize[];
  private size: ClusterSize;
  private front = new Front();
  private sizeFastest: RankedLayout | null = null;

  constructor(private readonly request: SearchRequest) {
    const { question, device, options } = request;
    const layout = {
      tensorParallel: 1,
      pipelineParallel: 1,
      virtualStages: 1,
      contextParallel: 1,
      expertParallel: 1,
      microBatch: 1,
      recompute: 'none' as const,
      zeroStage: 0 as const,
    };
    this.size = { accelerators: question.accelerators, usdPerHour: null, kilowatts: 0 };
    this.sizes = options.sizes ?? [this.size];
    this.at = {
      question,
      constraints: options.constraints ?? {},
      layout,
      dataParallel: 1,
      hasSequenceParallel: true,
    };
    this.job = { ...question, layout: this.at.layout, dataParallel: 1 };
    this.software = softwareOf(this.job, device);
    const { hasSequenceParallel } = this.software;
    this.wholeNorms = { ...this.software, hasSequenceParallel: !hasSequenceParallel };
    this.ranking = new Ranking(options.top ?? 10);
    this.objective = options.objective ?? 'fastest';
    this.explains = options.explains ?? true;
    this.memoryLimit = (options.memoryTolerance ?? usableMemory) * device.memoryBytes;
  }

  *steps(): Generator<(() => SearchResult) | null, void, void> {
    const partial = (): SearchResult => this.result();
    let sinceNews = 0;
    for (const [index, size] of this.sizes.entries()) {
      this.startSize(size);
      const sizeTally = this.regions.tally('accelerators', size.accelerators);
      const branches = listBranches(this.at, this.regions, (at) => this.costs(at), sizeTally);
      yield null;
      for (const [place, branch] of branches.entries()) {
        const before = this.evaluated + this.pruned;
        this.take(branch);
        sinceNews += this.evaluated + this.pruned - before;
        if (sinceNews < layoutsPerPause) continue;
        sinceNews = 0;
        this.progress = (index + (place + 1) / branches.length) / this.sizes.length;
        yield partial;
      }
      this.endSize();
    }
    this.progress = 1;
    this.isComplete = true;
  }

  result(): SearchResult {
    const { device } = this.request;
    const fastest = this.sizeFastest ? [...this.fastest, this.sizeFastest] : this.fastest;
    return {
      evaluated: this.evaluated,
      pruned: this.pruned,
      feasible: this.feasible,
      progress: this.progress,
      isComplete: this.isComplete,
      best: this.ranking.best(),
      pareto: mergedFront(this.fronts),
      bySize: fastest.toSorted((one, other) => one.accelerators - other.accelerators),
      regions: this.explains
        ? this.regions.list({ domain: device.scaleUp.domain, memoryBytes: device.memoryBytes })
        : [],
      leastMemory: this.feasible > 0 ? null : this.leastMemory,
    };
  }

  private startSize(size: ClusterSize): void {
    this.size = size;
    this.at.question = { ...this.request.question, accelerators: size.accelerators };
    this.front = new Front();
    this.fronts.push(this.front);
    this.sizeFastest = null;
  }

  private endSize(): void {
    if (this.sizeFastest) this.fastest.push(this.sizeFastest);
    this.sizeFastest = null;
  }

  /** Costs of a layer in the degrees of a point, computed once for all that share them. */
  private costs(at: SpacePoint): LayerCosts {
    const { tensorParallel, contextParallel, expertParallel, microBatch } = at.layout;
    const key = `${tensorParallel} ${contextParallel} ${expertParallel} ${microBatch} ${at.hasSequenceParallel}`;
    let costs = this.costsOf.get(key);
    if (costs === undefined) {
      this.prepareJob(at);
      costs = layerCosts(this.job, this.request.device, this.request.constants);
      this.costsOf.set(key, costs);
    }
    return costs;
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
    if (this.request.options.prunes !== false && this.isDropped(branch)) {
      this.pruned += this.countLeaves();
      return;
    }
    this.walkLeaves(0, (): void => this.visit(branch));
  }

  /** Whether no layout of a branch fits, or none of them can be ranked, on the front or the best with one of its values. */
  private isDropped({ leastSeconds, tallies }: Branch): boolean {
    const isHopeful = this.mayBeRanked(leastSeconds);
    if (!isHopeful && !this.explains) return true;
    const leastBytes = this.leastBytes();
    if (leastBytes > this.memoryLimit) {
      for (const tally of tallies) tally.leastBytes = Math.min(tally.leastBytes, leastBytes);
      return true;
    }
    if (isHopeful || this.mayTell(tallies, leastSeconds)) return false;
    return this.front.leastBytesWithin(leastSeconds) <= leastBytes;
  }

  private leastBytes(): number {
    let least = Number.POSITIVE_INFINITY;
    const measure = (): void => {
      const memoryBytes = trainingMemory(this.job, this.request.constants).total;
      least = Math.min(least, memoryBytes);
      if (memoryBytes > this.memoryLimit) this.keepSmallest(memoryBytes);
    };
    this.walkLeaves(0, measure, true);
    return least;
  }

  private countLeaves(): number {
    return leafAxes.reduce((count, axis) => count * axis.values(this.at).length, 1);
  }

  private walkLeaves(depth: number, visit: () => void, isThrifty = false): void {
    const axis = leafAxes[depth];
    if (axis === undefined) {
      visit();
      return;
    }
    const values = axis.values(this.at);
    for (const value of isThrifty ? axis.thrifty(values) : values) {
      axis.put(this.at, value);
      this.walkLeaves(depth + 1, visit, isThrifty);
    }
  }

  private visit({ costs, tallies }: Branch): void {
    const { constants } = this.request;
    this.evaluated += 1;
    const memoryBytes = trainingMemory(this.job, constants).total;
    if (memoryBytes > this.memoryLimit) this.refuse(memoryBytes, tallies);
    else this.accept(stepTimeOf(this.job, costs, constants).total, memoryBytes, tallies);
  }

  /** Whether a layout of this size that takes at least so long may still be among the best. */
  private mayBeRanked(leastSeconds: number): boolean {
    const { run } = this.request.options;
    if (!isWithin(run ?? null, this.size, leastSeconds)) return false;
    const score = scoreOf(this.objective, this.size, leastSeconds);
    return !this.ranking.isHopeless(score, leastSeconds);
  }

  /** Whether it may be the best with one of its values. */
  private mayTell(tallies: readonly Tally[], leastSeconds: number): boolean {
    const isKept = isWithin(this.request.options.run ?? null, this.size, leastSeconds);
    const score = scoreOf(this.objective, this.size, leastSeconds);
    for (const tally of tallies) {
      if (isKept && tally.bestScore > score) return true;
      if (tally.bestScore === Number.POSITIVE_INFINITY && tally.beyondSeconds > leastSeconds) {
        return true;
      }
    }
    return false;
  }

  private refuse(memoryBytes: number, tallies: readonly Tally[]): void {
    for (const tally of tallies) {
      if (memoryBytes < tally.leastBytes) tally.leastBytes = memoryBytes;
    }
    this.keepSmallest(memoryBytes);
  }

  private keepSmallest(memoryBytes: number): void {
    if (this.leastMemory === null || memoryBytes < this.leastMemory.memoryBytes) {
      this.leastMemory = this.snapshot(Number.NaN, memoryBytes);
    }
  }

  private accept(stepSeconds: number, memoryBytes: number, tallies: readonly Tally[]): void {
    this.feasible += 1;
    const score = scoreOf(this.objective, this.size, stepSeconds);
    const isKept = isWithin(this.request.options.run ?? null, this.size, stepSeconds);
    for (const tally of tallies) {
      if (!isKept) {
        if (stepSeconds < tally.beyondSeconds) tally.beyondSeconds = stepSeconds;
      } else if (score < tally.bestScore) {
        tally.bestScore = score;
        tally.bestSeconds = stepSeconds;
      }
    }
    const describe = (): RankedLayout => this.snapshot(stepSeconds, memoryBytes);
    if (isKept) this.ranking.offer(score, stepSeconds, describe);
    if (this.sizeFastest === null || stepSeconds < this.sizeFastest.stepSeconds) {
      this.sizeFastest = describe();
    }
    this.front.offer(stepSeconds, memoryBytes, describe);
  }

  private snapshot(stepSeconds: number, memoryBytes: number): RankedLayout {
    return {
      accelerators: this.size.accelerators,
      layout: { ...this.at.layout },
      dataParallel: this.at.dataParallel,
      hasSequenceParallel: this.at.hasSequenceParallel,
      stepSeconds,
      memoryBytes,
    };
  }
}
