import type { TrainingJob } from '../training/job';
import type { RankedLayout } from './layout-question';

function snapshot(job: TrainingJob, stepSeconds: number, memoryBytes: number): RankedLayout {
  return {
    layout: { ...job.layout },
    dataParallel: job.dataParallel,
    hasSequenceParallel: job.software?.hasSequenceParallel ?? true,
    stepSeconds,
    memoryBytes,
  };
}

/** Inserts into a list that ascends by step time; equal times keep their order. */
function insert(list: RankedLayout[], layout: RankedLayout): void {
  let at = list.length;
  while (at > 0 && (list[at - 1]?.stepSeconds ?? 0) > layout.stepSeconds) at -= 1;
  list.splice(at, 0, layout);
}

/** The fastest layouts so far, and those that no other beats in both time and memory. */
export class Ranking {
  feasible = 0;
  private readonly kept: RankedLayout[] = [];
  private front: RankedLayout[] = [];
  private smallest: RankedLayout | null = null;

  constructor(private readonly top: number) {}

  /** Whether a layout that takes at least this long can no longer be among the kept. */
  isHopeless(leastSeconds: number): boolean {
    const slowest = this.kept[this.top - 1];
    return slowest !== undefined && leastSeconds > slowest.stepSeconds;
  }

  offer(job: TrainingJob, stepSeconds: number, memoryBytes: number): void {
    this.feasible += 1;
    if (!this.isHopeless(stepSeconds)) {
      insert(this.kept, snapshot(job, stepSeconds, memoryBytes));
      if (this.kept.length > this.top) this.kept.pop();
    }
    const isBeaten = this.front.some(
      (other) => other.stepSeconds <= stepSeconds && other.memoryBytes <= memoryBytes,
    );
    if (isBeaten) return;
    this.front = this.front.filter(
      (other) => other.stepSeconds < stepSeconds || other.memoryBytes < memoryBytes,
    );
    insert(this.front, snapshot(job, stepSeconds, memoryBytes));
  }

  offerInfeasible(job: TrainingJob, memoryBytes: number): void {
    if (this.smallest === null || memoryBytes < this.smallest.memoryBytes) {
      this.smallest = snapshot(job, Number.NaN, memoryBytes);
    }
  }

  best(): readonly RankedLayout[] {
    return this.kept;
  }

  pareto(): readonly RankedLayout[] {
    return this.front;
  }

  leastMemory(): RankedLayout | null {
    return this.feasible > 0 ? null : this.smallest;
  }
}
