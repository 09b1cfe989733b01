import type { PredictedRun } from './predicted-runs';

/** The message: how many published runs lie within the range that the engine gives for them. */
export function publishedTitle(runs: readonly PredictedRun[]): string {
  const predicted = runs.flatMap(({ predicted: range, publishedDays }) =>
    range === null ? [] : [publishedDays >= range.low && publishedDays <= range.high],
  );
  const within = predicted.filter(Boolean).length;
  if (predicted.length === 0) return 'Published runs';
  return within === predicted.length
    ? `All ${predicted.length} published runs lie within the engine’s range`
    : `${within} of ${predicted.length} published runs lie within the engine’s range`;
}

/** A logarithmic scale from 0 to 1 that holds every published and predicted time, with a little room at both ends. */
export function runScale(runs: readonly PredictedRun[]): (days: number) => number {
  const all = runs.flatMap(({ publishedDays, predicted }) =>
    predicted === null ? [publishedDays] : [publishedDays, predicted.low, predicted.high],
  );
  const lowest = Math.log(Math.min(...all) / 1.15);
  const highest = Math.log(Math.max(...all) * 1.15);
  return (days) => (Math.log(days) - lowest) / (highest - lowest);
}
