/**
 * Branded quantities. A brand keeps seconds from being added to bytes at compile time and costs nothing at run time.
 * This file is the only place that casts a plain number to a unit.
 */
declare const unitBrand: unique symbol;
type Branded<Unit extends string> = number & { readonly [unitBrand]: Unit };

/** Elapsed time in SI seconds. */
export type Seconds = Branded<'s'>;
/** An amount of memory or traffic in bytes; 1 GB = 10⁹ B, 1 GiB = 2³⁰ B. */
export type Bytes = Branded<'B'>;
/** A transfer rate in bytes per second, one direction. */
export type BytesPerSecond = Branded<'B/s'>;
/** A count of floating-point operations; one fused multiply–add counts as two. */
export type Flop = Branded<'FLOP'>;
/** A rate of floating-point operations per second, dense unless a name says sparse. */
export type FlopPerSecond = Branded<'FLOP/s'>;
/** Electrical power in watts. */
export type Watts = Branded<'W'>;
/** An amount of money in US dollars of the price's own date, taxes excluded. */
export type UsDollars = Branded<'USD'>;

export const SECONDS_PER_HOUR = 3_600;
export const SECONDS_PER_DAY = 86_400;
export const HOURS_PER_YEAR = 8_760;
export const BYTES_PER_GB = 1e9;
export const BYTES_PER_GIB = 2 ** 30;

export function seconds(value: number): Seconds {
  return value as Seconds;
}

export function bytes(value: number): Bytes {
  return value as Bytes;
}

export function flop(value: number): Flop {
  return value as Flop;
}

export function watts(value: number): Watts {
  return value as Watts;
}

export function usDollars(value: number): UsDollars {
  return value as UsDollars;
}

export function bytesPerSecond(value: number): BytesPerSecond {
  return value as BytesPerSecond;
}

export function flopPerSecond(value: number): FlopPerSecond {
  return value as FlopPerSecond;
}

/** Converts a network rate in gigabits per second (10⁹ bit/s) to bytes per second. */
export function bytesPerSecondFromGbps(gigabitsPerSecond: number): BytesPerSecond {
  return bytesPerSecond((gigabitsPerSecond * 1e9) / 8);
}

/** Converts gigabytes per second (10⁹ B/s) to bytes per second. */
export function bytesPerSecondFromGBps(gigabytesPerSecond: number): BytesPerSecond {
  return bytesPerSecond(gigabytesPerSecond * 1e9);
}

/** Converts TFLOP/s (10¹² FLOP/s) to FLOP/s. */
export function flopPerSecondFromTflops(teraflopPerSecond: number): FlopPerSecond {
  return flopPerSecond(teraflopPerSecond * 1e12);
}
