/**
 * How many times as fast n workers do a fixed piece of work of which a share cannot be split.
 *
 *   S = 1 / (s + (1 − s) / n)
 *
 * s serial share of the time that one worker needs [1] · n workers [1]
 *
 * Leaves out: what the workers must tell one another.
 * Source: Amdahl 1967, Validity of the single processor approach, https://doi.org/10.1145/1465482.1465560, from memory.
 */
export function amdahlSpeedUp(serialShare: number, workers: number): number {
  return 1 / (serialShare + (1 - serialShare) / workers);
}

/** The most that any number of workers reaches by Amdahl's law: 1 / s; without end where nothing is serial. */
export function amdahlLimit(serialShare: number): number {
  return 1 / serialShare;
}

/**
 * How much more n workers do in the same time, where the work that can be split grows with them.
 *
 *   S = n − s · (n − 1)
 *
 * s serial share of the time that n workers need [1] · n workers [1]
 *
 * Leaves out: what the workers must tell one another.
 * Source: Gustafson 1988, Reevaluating Amdahl's law, https://doi.org/10.1145/42411.42415, from memory.
 */
export function gustafsonSpeedUp(serialShare: number, workers: number): number {
  return workers - serialShare * (workers - 1);
}

/**
 * The serial share as one worker would see it, from the share that n workers see.
 *
 *   s₁ = sₙ / (sₙ + (1 − sₙ) · n)
 *
 * sₙ share of the time of n workers that more workers would not shorten [1] · n workers [1]
 *
 * With it Amdahl's law at n gives what Gustafson's gives with sₙ: the two laws are one, seen from both ends.
 *
 * Leaves out: serial parts that grow with the number of workers.
 * Source: own derivation from the two definitions.
 */
export function serialShareOfOne(serialShareOfMany: number, workers: number): number {
  return serialShareOfMany / (serialShareOfMany + (1 - serialShareOfMany) * workers);
}
