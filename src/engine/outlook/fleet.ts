import { SECONDS_PER_DAY } from '../units';

/** A year of 365.25 days, the mean of the Julian calendar: growth rates do not know leap days. */
export const MS_PER_YEAR = 365.25 * SECONDS_PER_DAY * 1e3;
const HOURS_PER_MEAN_YEAR = 365.25 * 24;

/** What one case supposes about all accelerators of the world. */
export interface Fleet {
  /** accelerators delivered by the day of the observation */
  readonly stock: number;
  /** ms since 1970-01-01 UTC */
  readonly observedAtMs: number;
  /** factor per year, at least 1 */
  readonly growthPerYear: number;
  /** from delivery to service */
  readonly lagYears: number;
  /** share of hours in which an accelerator works, 0–1 */
  readonly busyFraction: number;
  /** nothing beyond the observed stock ever comes into service */
  readonly isFrozen: boolean;
}

/** Years since the observed stock was in service: negative before. */
function serviceYears(fleet: Fleet, atMs: number): number {
  return (atMs - fleet.observedAtMs) / MS_PER_YEAR - fleet.lagYears;
}

/**
 * Accelerators in service at a moment.
 *
 *   S(t) = S₀ · g^(t − t₀ − l)
 *
 * S₀ stock on the day t₀ of the observation · g growth [1/year] · l time from delivery to service [years] · t time [years].
 * A frozen fleet stays at S₀ once that is in service.
 *
 * Leaves out: retirements, seasons, deliveries that come in batches.
 * Source: exponential growth as Epoch AI 2026 fits it, https://data-today.net/compute-stock-doubling/, read 2026-11-23.
 */
export function inService(fleet: Fleet, atMs: number): number {
  const years = serviceYears(fleet, atMs);
  return fleet.stock * fleet.growthPerYear ** (fleet.isFrozen ? Math.min(0, years) : years);
}

/** Hours that the fleet works per day at a moment: S(t) · 24 · b, with b the share of hours at work. */
export function hoursPerDay(fleet: Fleet, atMs: number): number {
  return inService(fleet, atMs) * 24 * fleet.busyFraction;
}

/** Mean of g^x over `years` that begin where it is 1: (g^y − 1) / (y · ln g), without loss of digits for short times. */
function meanGrowth(growthPerYear: number, years: number): number {
  const exponent = years * Math.log(growthPerYear);
  return exponent === 0 ? 1 : Math.expm1(exponent) / exponent;
}

/**
 * Hours worked between two moments; 0 where the second is not after the first.
 *
 *   H = ∫ S(t) · b dt
 *
 * The integral is exact, so that the hours of two halves add up to the hours of the whole.
 *
 * Leaves out: what `inService` leaves out; hours of the day in which less is asked.
 * Source: integral of the stock, own derivation.
 */
export function hoursBetween(fleet: Fleet, fromMs: number, toMs: number): number {
  if (!(toMs > fromMs)) return 0;
  const inServiceMs = fleet.observedAtMs + fleet.lagYears * MS_PER_YEAR;
  if (fleet.isFrozen && fromMs < inServiceMs && toMs > inServiceMs) {
    return hoursBetween(fleet, fromMs, inServiceMs) + hoursBetween(fleet, inServiceMs, toMs);
  }
  const years = (toMs - fromMs) / MS_PER_YEAR;
  const isConstant = fleet.isFrozen && fromMs >= inServiceMs;
  const mean = isConstant ? 1 : meanGrowth(fleet.growthPerYear, years);
  return inService(fleet, fromMs) * fleet.busyFraction * years * HOURS_PER_MEAN_YEAR * mean;
}
