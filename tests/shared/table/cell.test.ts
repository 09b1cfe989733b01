import { describe, expect, test } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  cellKey,
  cellText,
  factCell,
  figureCell,
  isNumberCell,
  numberCell,
  sourceCell,
} from '@shared/table/cell';
import { figure } from '@engine/explain';

describe('a cell', () => {
  test('is read with a fitting prefix and sorted by its raw value', () => {
    const cell = numberCell(1_530_000, 'USD');
    expect(cellText(cell, 'en').text).toBe('$1.53\u00a0M');
    expect(cellKey(cell)).toBe(1_530_000);
  });

  test('shows its range, and words in place of the value where it has them', () => {
    const cell = { value: 54.3, unit: 'days', low: 49, high: 61 };
    expect(cellText(cell, 'en')).toEqual({
      text: '54.3\u00a0days',
      range: '49–61\u00a0days',
    });
    expect(cellText(numberCell(0, '', '—'), 'en').text).toBe('—');
    expect(cellKey(numberCell(0, '', '—'))).toBe(0);
  });

  test('without a value is a dash, and never NaN', () => {
    expect(cellText(numberCell(null, 'USD'), 'en')).toEqual({ text: '—', range: null });
    expect(cellKey(numberCell(Number.NaN, 'USD'))).toBeNull();
    expect(cellKey(numberCell(Infinity, 'USD'))).toBeNull();
    expect([cellKey('—'), cellKey(''), cellKey(undefined)]).toEqual([null, null, null]);
  });

  test('of words is sorted by its value', () => {
    const cell = { text: 'May 2026, old', value: '2026-05' };
    expect([cellText(cell, 'en').text, cellKey(cell)]).toEqual(['May 2026, old', '2026-05']);
    expect([isNumberCell(cell), isNumberCell('x'), isNumberCell(numberCell(1, ''))]).toEqual([
      false,
      false,
      true,
    ]);
  });

  test('of a fact keeps its range; a fact that nobody published has no value', () => {
    const fact = { value: 288, unit: 'GB', low: 268, high: 288, source: 's', quality: 'proxy' };
    expect(factCell(fact as never)).toEqual({ value: 288, unit: 'GB', low: 268, high: 288 });
    expect(factCell(null, 'W')).toEqual({ value: null, unit: 'W' });
  });

  test('of a figure says why there is no value', () => {
    const cell = figureCell(
      figure({
        key: 'k',
        label: 'l',
        formula: '',
        unit: 'USD',
        value: null,
        unavailable: 'No price.',
      }),
    );
    expect([cell.value, cell.reason, cell.figure?.key]).toEqual([null, 'No price.', 'k']);
  });

  test('of a source names it, and an unknown one by its id', () => {
    const [known] = catalogue.sources.values();
    expect(sourceCell(catalogue, known?.id ?? '').text).toBe(known?.title);
    expect(sourceCell(catalogue, 'nowhere')).toEqual({
      text: 'nowhere',
      value: 'nowhere',
      sourceIds: ['nowhere'],
    });
  });
});
