import { factCell, type TableCell } from '@shared/table/cell';
import type { Entry } from './entries';

export interface ComparedRow {
  readonly label: string;
  readonly cells: readonly TableCell[];
  /** how many times the highest is of the lowest; null where they are equal, or not all known */
  readonly ratio: number | null;
  readonly isDifferent: boolean;
}

/** What entries say about the same things, and where they differ. */
export function compareEntries(entries: readonly Entry[]): readonly ComparedRow[] {
  const [first] = entries;
  if (first === undefined) return [];
  const words = first.words.map(([label]): ComparedRow => {
    const texts = entries.map(
      (one) => one.words.find(([name]) => name === label)?.[1] ?? 'not stated',
    );
    return { label, cells: texts, ratio: null, isDifferent: new Set(texts).size > 1 };
  });
  const facts = first.facts.flatMap(({ key, label, unit }): ComparedRow[] => {
    const found = entries.map((one) => one.facts.find((each) => each.key === key)?.fact ?? null);
    const values = found.flatMap((fact) => fact?.value ?? []);
    if (values.length === 0) return [];
    const [lowest, highest] = [Math.min(...values), Math.max(...values)];
    const isDifferent = values.length < found.length || lowest !== highest;
    const isRatio = isDifferent && values.length > 1 && lowest > 0 && lowest !== highest;
    return [
      {
        label,
        cells: found.map((fact) => factCell(fact, unit)),
        ratio: isRatio ? highest / lowest : null,
        isDifferent,
      },
    ];
  });
  const released = entries.map(({ date }) => date ?? 'not stated');
  return [
    { label: 'Date', cells: released, ratio: null, isDifferent: new Set(released).size > 1 },
    ...words,
    ...facts,
  ];
}
