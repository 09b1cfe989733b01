import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { numberCell, type TableCell } from '@shared/table/cell';
import { nextOrder, sortedPlaces } from '@shared/table/order';

const rows: readonly (readonly TableCell[])[] = [
  ['Leaf', numberCell(512, ''), { text: '3 May', value: '2026-05-03' }],
  ['Cable 10', numberCell(null, 'USD'), '—'],
  ['Cable 9', numberCell(16_384, ''), { text: '2 June', value: '2025-06-02' }],
];

function firsts(column: number, isDescending = false): TableCell[] {
  return sortedPlaces(rows, { column, isDescending }).map((place) => rows[place]?.[0] ?? '');
}

describe('a sorted table', () => {
  test('goes by number, not by the text of the number', () => {
    expect(firsts(1)).toEqual(['Leaf', 'Cable 9', 'Cable 10']);
    expect(firsts(1, true)).toEqual(['Cable 9', 'Leaf', 'Cable 10']);
  });

  test('reads numbers inside of words, and dates by their date', () => {
    expect(firsts(0)).toEqual(['Cable 9', 'Cable 10', 'Leaf']);
    expect(firsts(2)).toEqual(['Cable 9', 'Leaf', 'Cable 10']);
  });

  test('keeps its own order without one, and for a column that is not there', () => {
    expect(sortedPlaces(rows, null)).toEqual([0, 1, 2]);
    expect(sortedPlaces(rows, { column: 9, isDescending: true })).toEqual([0, 1, 2]);
  });

  test('holds every row once, rises, and ends with the rows that have no value', () => {
    const cells = fc.array(fc.option(fc.double({ noNaN: true })), { maxLength: 40 });
    fc.assert(
      fc.property(cells, fc.boolean(), (values, isDescending) => {
        const table = values.map((value) => [{ value, unit: '' }]);
        const places = sortedPlaces(table, { column: 0, isDescending });
        expect(places.toSorted((one, other) => one - other)).toEqual(values.map((_, at) => at));
        const sorted = places.map((place) => values[place] ?? null);
        const known = sorted.filter((value) => value !== null);
        expect(sorted.slice(0, known.length)).toEqual(known);
        for (const [at, value] of known.slice(1).entries()) {
          const before = known[at] ?? 0;
          expect(isDescending ? before >= value : before <= value).toBe(true);
        }
      }),
    );
  });
});

test('a heading sorts, then sorts the other way round, then not at all', () => {
  const first = nextOrder(null, 2);
  const second = nextOrder(first, 2);
  expect(first).toEqual({ column: 2, isDescending: false });
  expect(second).toEqual({ column: 2, isDescending: true });
  expect(nextOrder(second, 2)).toBeNull();
  expect(nextOrder(second, 1)).toEqual({ column: 1, isDescending: false });
});
