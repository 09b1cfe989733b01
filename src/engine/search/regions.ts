import type { AxisKey, AxisValue } from './axes';
import { describeRegion, type Region } from './region-text';

/** What the search learned about one value of one axis. */
export interface Tally {
  readonly axis: AxisKey;
  readonly value: AxisValue;
  /** of the best layout that fits and keeps the goal */
  bestScore: number;
  bestSeconds: number;
  /** fastest that fits into memory but breaks the goal */
  beyondSeconds: number;
  /** least memory of a layout that does not fit */
  leastBytes: number;
  isIndivisible: boolean;
  /** whether one of its layouts keeps more in the memory of the host than there is */
  lacksHostMemory: boolean;
}

/** Tallies of every value of every axis. */
export class Regions {
  private readonly tallies = new Map<AxisKey, Map<AxisValue, Tally>>();

  tally(axis: AxisKey, value: AxisValue): Tally {
    let ofAxis = this.tallies.get(axis);
    if (ofAxis === undefined) this.tallies.set(axis, (ofAxis = new Map<AxisValue, Tally>()));
    let tally = ofAxis.get(value);
    if (tally === undefined) {
      tally = {
        axis,
        value,
        bestScore: Number.POSITIVE_INFINITY,
        bestSeconds: Number.POSITIVE_INFINITY,
        beyondSeconds: Number.POSITIVE_INFINITY,
        leastBytes: Number.POSITIVE_INFINITY,
        isIndivisible: false,
        lacksHostMemory: false,
      };
      ofAxis.set(value, tally);
    }
    return tally;
  }

  list(limits: { readonly domain: number; readonly memoryBytes: number }): Region[] {
    const all = [...this.tallies.values()].map((ofAxis) => [...ofAxis.values()]);
    const best = Math.min(...all.flat().map(({ bestScore }) => bestScore));
    return all
      .filter((ofAxis) => ofAxis.length > 1)
      .flatMap((ofAxis) => ofAxis.toSorted(byValue))
      .map((tally) => describeRegion(tally, best, limits));
  }
}

function byValue(one: Tally, other: Tally): number {
  return typeof one.value === 'number' && typeof other.value === 'number'
    ? one.value - other.value
    : 0;
}
