import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, test } from 'vitest';
import { figure } from '@engine/explain';
import { figureCell, numberCell } from '@shared/table/cell';
import { DataTable } from '../../../src/renderer/report/chart/DataTable';
import {
  ReportProvider,
  type ReportMode,
  type TablePort,
} from '../../../src/renderer/report/report-context';

const port: TablePort = { copy: () => undefined, exportFile: () => undefined };
const cost = figure({
  key: 'cost',
  label: 'Cost',
  value: 1_200,
  unit: 'USD',
  formula: 'C = a',
  low: 1_000,
  high: 1_500,
});

function drawn(mode: ReportMode, tables: TablePort | null = port): string {
  const table = createElement(DataTable, {
    caption: 'Parts',
    columns: [
      { key: 'part', title: 'Part' },
      { key: 'usd', title: 'Price', isNumber: true },
    ],
    rows: [
      ['Leaf', figureCell(cost)],
      ['Spine', numberCell(null, 'USD')],
    ],
    totals: [['Sum', numberCell(1_200, 'USD')]],
    action: { title: 'Use', of: (row) => `Use ${String(row)}` },
  });
  const report = createElement(ReportProvider, { mode, tables, children: table });
  return renderToStaticMarkup(createElement(MantineProvider, { children: report }));
}

describe('a table on screen', () => {
  const markup = drawn('screen');

  test('has headings that sort, a menu that copies and exports, and numbers that open', () => {
    expect(markup.match(/<th scope="col"[^>]*><button/g)).toHaveLength(2);
    expect(markup).toContain('aria-label="Copy or export the table “Parts”"');
    expect(markup).toContain('aria-label="How Cost is computed"');
  });

  test('names itself once for those who hear it, and shows ranges, totals and actions', () => {
    expect(markup).toMatch(/<caption data-hidden="true">Parts<\/caption>/);
    expect(markup).toContain('$1,000–$1,500');
    expect(markup).toContain('Use 1');
    expect(markup.indexOf('Sum')).toBeGreaterThan(markup.indexOf('Spine'));
  });

  test('has no menu where tables go nowhere', () => {
    expect(drawn('screen', null)).not.toContain('Copy or export');
  });
});

test('on paper a table has its caption, and neither buttons nor actions', () => {
  const markup = drawn('print');
  expect(markup).toContain('<caption>Parts</caption>');
  expect(markup).not.toContain('<button');
  expect(markup).not.toContain('Use 1');
});

describe('a long, narrow table on paper', () => {
  function printed(count: number, word: (row: number) => string): string {
    const table = createElement(DataTable, {
      caption: 'Steps',
      columns: [
        { key: 'step', title: 'Step' },
        { key: 'time', title: 'Time', isNumber: true },
      ],
      rows: Array.from({ length: count }, (_, row) => [word(row), numberCell(row, 's')]),
    });
    const report = createElement(ReportProvider, { mode: 'print', children: table });
    return renderToStaticMarkup(createElement(MantineProvider, { children: report }));
  }
  const rowsOf = (markup: string) => [...markup.matchAll(/row">(step \d+)/g)].map(([, row]) => row);
  const short = (row: number) => `step ${String(row)}`;

  test.each([
    [5, 1],
    [12, 2],
    [18, 3],
    [40, 3],
  ])('of %d rows stands in %d parts, every row once and in order', (count, parts) => {
    const markup = printed(count, short);
    expect(markup.split('<table').length - 1).toBe(parts);
    expect(rowsOf(markup)).toEqual(Array.from({ length: count }, (_, row) => short(row)));
    expect(markup.split('Steps, continued').length - 1).toBe(parts - 1);
  });

  test('stays whole where its cells are sentences', () => {
    const markup = printed(40, (row) => `${short(row)} with so many words that it takes a line`);
    expect(markup.split('<table').length - 1).toBe(1);
  });
});
