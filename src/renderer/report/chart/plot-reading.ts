import { readText, type PlotAxis, type PlotSeries } from './plot';

/** Where a key moves the place that is read; undefined for keys that do not. */
export function placeAfterKey(
  key: string,
  place: number | null,
  count: number,
): number | null | undefined {
  const last = count - 1;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return place === null ? 0 : Math.min(last, place + 1);
    case 'ArrowLeft':
    case 'ArrowDown':
      return place === null ? last : Math.max(0, place - 1);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'Escape':
      return place === null ? undefined : null;
    default:
      return undefined;
  }
}

/** What each series says at a value of the horizontal axis, with its range where it has one. */
export function readingsAt(series: readonly PlotSeries[], value: number, y: PlotAxis) {
  return series.flatMap(({ name, colour, points }) => {
    const found = points.find((candidate) => candidate.x === value);
    if (found === undefined) return [];
    const { low, high } = found;
    const range =
      low === undefined || high === undefined || low === high
        ? ''
        : ` (${readText(y, low)} to ${readText(y, high)})`;
    return [{ name, colour, value: found.y, text: `${readText(y, found.y)}${range}` }];
  });
}
