import type { TrainingLayout } from '../plan';
import { Front, mergedFront } from './front';
import type { RankedLayout } from './layout-question';
import { isWithin, scoreOf, type ClusterSize, type Objective, type RunGoal } from './objective';
import type { LayoutRanking } from './ranking';
import type { Tally } from './regions';

/** Where the search stands: its scratch layout is copied when it is worth keeping. */
export interface Place {
  readonly layout: TrainingLayout;
  readonly dataParallel: number;
  readonly hasSequenceParallel: boolean;
}

/** What a search keeps of the layouts that it has seen: the ranking, a front for each size, the smallest where none fits. */
export class Found {
  feasible = 0;
  private readonly fronts: Front[] = [];
  private readonly fastest: RankedLayout[] = [];
  private smallest: RankedLayout | null = null;
  private front = new Front();
  private sizeFastest: RankedLayout | null = null;
  private size: ClusterSize;

  constructor(
    private readonly place: Place,
    private readonly objective: Objective,
    private readonly run: RunGoal | null,
    private readonly ranking: LayoutRanking,
    size: ClusterSize,
  ) {
    this.size = size;
  }

  startSize(size: ClusterSize): void {
    this.size = size;
    this.front = new Front();
    this.fronts.push(this.front);
    this.sizeFastest = null;
  }

  endSize(): void {
    if (this.sizeFastest) this.fastest.push(this.sizeFastest);
    this.sizeFastest = null;
  }

  /** Whether a layout of this size that takes at least so long may still be among the best. */
  mayBeRanked(leastSeconds: number): boolean {
    if (!isWithin(this.run, this.size, leastSeconds)) return false;
    const score = scoreOf(this.objective, this.size, leastSeconds);
    return !this.ranking.isHopeless(score, leastSeconds);
  }

  /** Whether it may be the best with one of its values. */
  mayTell(tallies: readonly Tally[], leastSeconds: number): boolean {
    const isKept = isWithin(this.run, this.size, leastSeconds);
    const score = scoreOf(this.objective, this.size, leastSeconds);
    for (const tally of tallies) {
      if (isKept && tally.bestScore > score) return true;
      if (tally.bestScore === Number.POSITIVE_INFINITY && tally.beyondSeconds > leastSeconds) {
        return true;
      }
    }
    return false;
  }

  /** Whether it may be on the front of time and memory. */
  mayBeOnFront(leastSeconds: number, leastBytes: number): boolean {
    return this.front.leastBytesWithin(leastSeconds) > leastBytes;
  }

  /** Notes the layout at the place as one that does not fit. */
  refuse(memoryBytes: number, tallies: readonly Tally[]): void {
    for (const tally of tallies) {
      if (memoryBytes < tally.leastBytes) tally.leastBytes = memoryBytes;
    }
    this.keepSmallest(memoryBytes);
  }

  keepSmallest(memoryBytes: number): void {
    if (this.smallest === null || memoryBytes < this.smallest.memoryBytes) {
      this.smallest = this.snapshot(Number.NaN, memoryBytes);
    }
  }

  /** Notes the layout at the place as one that fits. */
  accept(stepSeconds: number, memoryBytes: number, tallies: readonly Tally[]): void {
    this.feasible += 1;
    const score = scoreOf(this.objective, this.size, stepSeconds);
    const isKept = isWithin(this.run, this.size, stepSeconds);
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

  best(): readonly RankedLayout[] {
    return this.ranking.best();
  }

  pareto(): readonly RankedLayout[] {
    return mergedFront(this.fronts);
  }

  bySize(): readonly RankedLayout[] {
    const all = this.sizeFastest ? [...this.fastest, this.sizeFastest] : this.fastest;
    return all.toSorted((one, other) => one.accelerators - other.accelerators);
  }

  leastMemory(): RankedLayout | null {
    return this.feasible > 0 ? null : this.smallest;
  }

  private snapshot(stepSeconds: number, memoryBytes: number): RankedLayout {
    const { layout, dataParallel, hasSequenceParallel } = this.place;
    return {
      accelerators: this.size.accelerators,
      layout: { ...layout },
      dataParallel,
      hasSequenceParallel,
      stepSeconds,
      memoryBytes,
    };
  }
}
