import type { TimelineReport } from '@engine/timeline/report-timeline';

/** Rounding is no shortage. */
const tolerance = 1e-9;

/** In one sentence, when demand exceeds capacity. */
export function capacityTitle({
  quarters,
  shortFrom,
}: Pick<TimelineReport, 'quarters' | 'shortFrom'>): string {
  if (shortFrom !== null) return `Demand exceeds capacity from ${shortFrom} on`;
  const short = quarters.filter(({ demand, capacity }) => demand > capacity * (1 + tolerance));
  const [first, last] = [short[0], short.at(-1)];
  if (first === undefined || last === undefined) {
    return 'Capacity covers demand to the end of the horizon';
  }
  if (first === last) return `Demand exceeds capacity in ${first.quarter}`;
  const isUnbroken = quarters.indexOf(last) - quarters.indexOf(first) === short.length - 1;
  return isUnbroken
    ? `Demand exceeds capacity from ${first.quarter} to ${last.quarter}`
    : `Demand exceeds capacity in ${short.length} quarters from ${first.quarter} to ${last.quarter}`;
}
