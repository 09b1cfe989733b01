import type { Figure, Report } from '@engine/report';

const indexes = new WeakMap<Report, ReadonlyMap<string, Figure>>();

/** The figure of a report that has a key; null where none has it. The report is walked once, when the first is asked for. */
export function findFigure(report: Report, key: string): Figure | null {
  let index = indexes.get(report);
  if (index === undefined) {
    const found = new Map<string, Figure>();
    // The headline is walked first: it repeats figures under longer labels: those of the parts replace them.
    collect(report.headline, found);
    collect({ ...report, headline: [] }, found);
    index = found;
    indexes.set(report, index);
  }
  return index.get(key) ?? null;
}

function collect(value: unknown, found: Map<string, Figure>): void {
  if (typeof value !== 'object' || value === null) return;
  if (isFigure(value)) {
    found.set(value.key, value);
    return;
  }
  for (const part of Object.values(value)) collect(part, found);
}

function isFigure(value: object): value is Figure {
  return 'key' in value && 'formula' in value && 'inputs' in value;
}
