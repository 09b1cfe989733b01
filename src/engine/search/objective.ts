import { SECONDS_PER_DAY } from '../units';

/** What makes one layout better than another. */
export type Objective = 'fastest' | 'cheapest' | 'fewest' | 'leastEnergy';

/** A number of accelerators that a search may use, with what an hour of them takes. */
export interface ClusterSize {
  readonly accelerators: number;
  /** null where no price is known: accelerator-hours stand in for money then */
  readonly usdPerHour: number | null;
  /** power of the whole facility */
  readonly kilowatts: number;
}

/** The run that a step belongs to, and what it may take. */
export interface RunGoal {
  readonly steps: number;
  /** share of wall-clock time spent on steps that are kept, 0–1 */
  readonly effectiveTime: number;
  readonly mostDays: number | null;
  readonly mostUsd: number | null;
}

/**
 * What a step is ranked by; it never falls as the step takes longer.
 *
 *   fastest t · cheapest r · t · least energy P · t · fewest G
 *
 * t step time [s] · r price of an hour of the size [USD/h], G where no price is known · P power [kW] · G accelerators [1]
 *
 * Leaves out: fixed costs of a run; time to set up a cluster.
 * Source: definition.
 */
export function scoreOf(objective: Objective, size: ClusterSize, stepSeconds: number): number {
  switch (objective) {
    case 'fastest':
      return stepSeconds;
    case 'cheapest':
      return (size.usdPerHour ?? size.accelerators) * stepSeconds;
    case 'leastEnergy':
      return size.kilowatts * stepSeconds;
    case 'fewest':
      return size.accelerators;
  }
}

/** Calendar days of a run at a step time: steps · t / effective time. */
export function daysOf(run: RunGoal, stepSeconds: number): number {
  return (run.steps * stepSeconds) / run.effectiveTime / SECONDS_PER_DAY;
}

/** Price of a run on a size at a step time [USD]; null where no price is known. */
export function usdOf(run: RunGoal, size: ClusterSize, stepSeconds: number): number | null {
  return size.usdPerHour === null ? null : size.usdPerHour * 24 * daysOf(run, stepSeconds);
}

/** Whether a run meets its date and its budget. Shorter steps on the same size never break what longer ones keep. */
export function isWithin(run: RunGoal | null, size: ClusterSize, stepSeconds: number): boolean {
  if (run === null) return true;
  if (run.mostDays !== null && !(daysOf(run, stepSeconds) <= run.mostDays)) return false;
  const usd = usdOf(run, size, stepSeconds);
  return run.mostUsd === null || usd === null || usd <= run.mostUsd;
}
