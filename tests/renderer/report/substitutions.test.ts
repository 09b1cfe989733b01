import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figure } from '@engine/explain';
import { substitutionsOf } from '../../../src/renderer/report/document/substitutions';

function product(key: string, numbers: readonly number[]) {
  return figure({
    key,
    label: 'Product',
    value: numbers.reduce((all, number) => all * number, 1),
    unit: '1',
    formula: 'x · y',
    inputs: numbers.map((value, index) => ({
      symbol: ['x', 'y', 'z'][index] ?? 'w',
      label: '',
      value,
      unit: '1',
      sources: [],
      from: 'plan',
    })),
  });
}

describe('the numbers put into a formula', () => {
  it('of one figure stand in one line', () => {
    expect(substitutionsOf([product('a', [2, 3])], 'en')).toEqual({
      shared: '',
      each: [{ key: 'a', text: '6 with x = 2; y = 3' }],
    });
  });

  it('that several figures share stand once', () => {
    const both = [product('a', [2, 3]), product('b', [2, 5])];
    expect(substitutionsOf(both, 'en')).toEqual({
      shared: 'x = 2',
      each: [
        { key: 'a', text: '6 with y = 3' },
        { key: 'b', text: '10 with y = 5' },
      ],
    });
  });

  it('of figures that are alike in all stand once', () => {
    const alike = [product('a', [2, 3]), product('b', [2, 3])];
    expect(substitutionsOf(alike, 'en')).toEqual({
      shared: '',
      each: [{ key: 'a', text: '6 with x = 2; y = 3' }],
    });
  });

  it('are nothing without inputs', () => {
    expect(substitutionsOf([product('a', [])], 'en')).toEqual({ shared: '', each: [] });
  });

  it('are all there, however many figures there are', () => {
    const row = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
        const figures = rows.map((numbers, index) => product(String(index), numbers));
        const { shared, each } = substitutionsOf(figures, 'en');
        const lines = each.map(({ text }) => `${text}; ${shared}`);
        for (const [x, y, z] of rows) {
          const isWritten = lines.some((line) =>
            [`x = ${String(x)}`, `y = ${String(y)}`, `z = ${String(z)}`].every((part) =>
              line.includes(part),
            ),
          );
          expect(isWritten).toBe(true);
        }
      }),
    );
  });
});
