import { formatValue } from '@shared/format/value';
import type { PublishedRun } from './published-runs';
import type { DaysPoint } from './training-answer';

/** The message of the chart: what the chosen number of accelerators takes, and what twice as many would gain. */
export function daysTitle(
  modelName: string,
  points: readonly DaysPoint[],
  chosen: DaysPoint | null,
  locale: string,
): string {
  const count = (point: DaysPoint) => `${formatValue(point.accelerators, '', locale)} H100`;
  const days = (point: DaysPoint) => formatValue(point.days, 'days', locale);
  const first = points[0];
  if (chosen === null) {
    return first === undefined
      ? `${modelName} does not fit on any of these numbers of H100`
      : `${modelName} needs at least ${count(first)}: fewer do not hold it`;
  }
  const twice = points.find(({ accelerators }) => accelerators === 2 * chosen.accelerators);
  const start = `${modelName} takes ${days(chosen)} on ${count(chosen)}`;
  return twice === undefined ? start : `${start}, ${days(twice)} on ${count(twice)}`;
}

/** Why doubling the accelerators helps as much as it does, from the share of time that is kept; null at the end. */
export function scalingText(points: readonly DaysPoint[], chosen: DaysPoint | null): string | null {
  const twice = points.find(({ accelerators }) => accelerators === 2 * (chosen?.accelerators ?? 0));
  if (chosen === null || twice === undefined) return null;
  const kept = chosen.days / twice.days / 2;
  if (kept > 0.9) return 'Doubling the accelerators nearly halves the time.';
  if (kept > 0.55) {
    return 'Doubling them saves less than half of the time: each then has less to compute between two exchanges.';
  }
  return 'Doubling them gains little or nothing: at the same tokens per step each has too little to compute between two exchanges. More tokens per step change that.';
}

/** How long one accelerator alone would be busy with a published run; null where none is published. */
export function yearsAlone(run: PublishedRun | null): number | null {
  return run === null ? null : run.hours.value / 8_766;
}
