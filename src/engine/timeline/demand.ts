import { monthsBetween, nextQuarter, quarterName, quarterStart } from './calendar';

/** Accelerators that are wanted and there at the end of a quarter. */
export interface QuarterPoint {
  readonly quarter: string;
  /** first day of the next quarter */
  readonly endOn: string;
  readonly demand: number;
  readonly capacity: number;
}

/** Accelerators that come into service on a day. */
export interface Arrival {
  readonly on: string;
  readonly accelerators: number;
}

/** Accelerators that a training job occupies between two days. */
export interface Occupation {
  readonly from: string;
  readonly to: string;
  readonly accelerators: number;
}

/** What is wanted and what arrives. */
export interface DemandAndSupply {
  /** accelerators that the services need at the start */
  readonly services: number;
  readonly growthPerYear: number;
  readonly jobs: readonly Occupation[];
  readonly arrivals: readonly Arrival[];
}

/**
 * Demand of the services after some time.
 *
 *   D = D₀ · (1 + g)^(m / 12)
 *
 * D₀ accelerators needed at the start [1] · g growth per year [1] · m months since the start
 *
 * Leaves out: seasons; growth in steps; faster software and hardware.
 * Source: definition of a steady yearly growth.
 */
export function grownDemand(atStart: number, growthPerYear: number, months: number): number {
  return atStart * (1 + growthPerYear) ** (months / 12);
}

/** The longest that demand is followed for. */
const mostQuarters = 120;

/** Demand and capacity at the end of every quarter from the one that a day lies in. */
export function quarters(
  startOn: string,
  years: number,
  { services, growthPerYear, jobs, arrivals }: DemandAndSupply,
): QuarterPoint[] {
  const count = Math.min(mostQuarters, Math.max(1, Math.ceil(4 * years)));
  const points: QuarterPoint[] = [];
  let begins = quarterStart(startOn);
  for (let index = 0; index < count; index += 1) {
    const endOn = nextQuarter(begins);
    const months = Math.max(0, monthsBetween(startOn, endOn));
    const training = jobs
      .filter(({ from, to }) => from < endOn && to > begins)
      .reduce((sum, { accelerators }) => sum + accelerators, 0);
    const capacity = arrivals
      .filter(({ on }) => on < endOn)
      .reduce((sum, { accelerators }) => sum + accelerators, 0);
    points.push({
      quarter: quarterName(begins),
      endOn,
      demand: grownDemand(services, growthPerYear, months) + training,
      capacity,
    });
    begins = endOn;
  }
  return points;
}

/** The first quarter from which demand exceeds capacity to the end; null where it does not. Rounding is no shortage. */
export function shortFrom(points: readonly QuarterPoint[]): QuarterPoint | null {
  const lastEnough = points.findLastIndex(
    ({ demand, capacity }) => demand <= capacity * (1 + 1e-9),
  );
  return points[lastEnough + 1] ?? null;
}
