/**
 * Branded quantities and conversions. A brand keeps a transfer rate from being taken for an arithmetic rate at compile time
 * and costs nothing at run time. Everywhere else a unit stands in the name; this file is the only place that casts.
 */
declare const unitBrand: unique symbol;
type Branded<Unit extends string> = number & { readonly [unitBrand]: Unit };

/** A transfer rate in bytes per second, one direction. */
export type BytesPerSecond = Branded<'B/s'>;
/** A rate of floating-point operations per second, dense; one fused multiply–add counts as two. */
export type FlopPerSecond = Branded<'FLOP/s'>;

export const SECONDS_PER_DAY = 86_400;
export const HOURS_PER_YEAR = 8_760;
/** A gigabyte is 10⁹ bytes; a gibibyte (GiB) would be 2³⁰. */
export const BYTES_PER_GB = 1e9;

/** Converts a network rate in gigabits per second (10⁹ bit/s) to bytes per second. */
export function bytesPerSecondFromGbps(gigabitsPerSecond: number): BytesPerSecond {
  return ((gigabitsPerSecond * 1e9) / 8) as BytesPerSecond;
}

/** Converts gigabytes per second (10⁹ B/s) to bytes per second. */
export function bytesPerSecondFromGBps(gigabytesPerSecond: number): BytesPerSecond {
  return (gigabytesPerSecond * 1e9) as BytesPerSecond;
}

/** Converts TFLOP/s (10¹² FLOP/s) to FLOP/s. */
export function flopPerSecondFromTflops(teraflopPerSecond: number): FlopPerSecond {
  return (teraflopPerSecond * 1e12) as FlopPerSecond;
}
