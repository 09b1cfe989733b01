import { maximumBatch } from '../inference/capacity';
import {
  halfWay,
  largestWithin,
  limitOfLargest,
  meanContextTokens,
  missedTarget,
  operatingPoint,
  withinCapture,
  type BatchLimit,
  type LatencyTargets,
  type OperatingBatch,
  type OperatingPoint,
  type RequestShape,
} from '../inference/operating-point';
import type { Serving } from '../inference/serving';

/**
 * One replica that remembers what it was asked: the same batches are met again when a target is relaxed.
 *
 * Gives what operatingBatch gives where both times grow with the batch, with fewer points: a straight line between the last
 * batch that meets the targets and the first that misses them names the next one to try.
 */
export class TimedReplica {
  readonly largest: number;
  private readonly points = new Map<number, OperatingPoint>();

  constructor(
    readonly serving: Serving,
    readonly shape: RequestShape,
  ) {
    this.largest = maximumBatch(serving, meanContextTokens(shape));
  }

  at(batch: number): OperatingPoint {
    const known = this.points.get(batch);
    if (known !== undefined) return known;
    const point = operatingPoint(this.serving, this.shape, batch);
    this.points.set(batch, point);
    return point;
  }

  /** The batch that serves most within both targets and the memory; 0 where not even one request is. */
  within(targets: LatencyTargets): OperatingBatch {
    if (this.largest < 1) return { batch: 0, limit: 'memory' };
    const missed = (batch: number): BatchLimit | null => missedTarget(this.at(batch), targets);
    const alone = missed(1);
    if (alone !== null) return { batch: 0, limit: alone };
    const limit = missed(this.largest);
    if (limit === null) {
      return this.best({ batch: this.largest, limit: limitOfLargest(this.serving, this.largest) });
    }
    let isHalved = true;
    const guess = (met: number, failed: number): number => {
      isHalved = !isHalved;
      return isHalved ? halfWay(met, failed) : this.between(met, failed, targets);
    };
    return this.best(largestWithin({ met: 1, failed: this.largest, limit }, missed, guess));
  }

  private best(found: OperatingBatch): OperatingBatch {
    return withinCapture(found, this.serving, this.shape, (batch) => this.at(batch));
  }

  private between(met: number, failed: number, targets: LatencyTargets): number {
    const [low, high] = [this.at(met), this.at(failed)];
    const share = Math.min(
      crossing(low.timePerOutputToken, high.timePerOutputToken, targets.timePerOutputTokenSeconds),
      crossing(low.timeToFirstToken, high.timeToFirstToken, targets.timeToFirstTokenSeconds),
    );
    const guess = Math.floor(met + share * (failed - met));
    return Math.max(met + 1, Math.min(failed - 1, guess));
  }
}

/** Where a straight line from low to high passes the target, 0–1. */
function crossing(low: number, high: number, target: number): number {
  return high > target ? (target - low) / (high - low) : 1;
}
