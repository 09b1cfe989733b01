import { MantineProvider } from '@mantine/core';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Plan } from '@engine/plan';
import { OwnPartsTable } from '../../../src/renderer/report/document/OwnPartsTable';
import { ReportProvider } from '../../../src/renderer/report/report-context';
import { fixturePlan } from '../../fixtures/plan-fixture';

function printed(change: Partial<Plan>): string {
  const table = createElement(OwnPartsTable, { plan: { ...fixturePlan(), ...change } });
  const report = createElement(ReportProvider, { mode: 'print', children: table });
  const markup = renderToStaticMarkup(createElement(MantineProvider, { children: report }));
  return markup.replaceAll(/<style.*?<\/style>/gs, '').replaceAll(/<[^>]+>/g, ' ');
}

test('the report names what the author entered, with its note', () => {
  const text = printed({
    ownParts: [
      {
        kind: 'system',
        id: 'box',
        name: 'Our box',
        basedOn: 'dgx-h100',
        values: { maxPower: { value: 11.5, note: 'quote' } },
      },
      { kind: 'system', id: 'twin', name: 'Twin', basedOn: 'dgx-h200', values: {}, note: 'same' },
    ],
    partOverrides: [{ kind: 'system', partId: 'dgx-b200', field: 'price', value: 9e5 }],
  }).replaceAll(/\s+/g, ' ');
  expect(text).toContain('Our box Power, rated maximum 11.5 kW quote');
  expect(text).toContain('Twin as dgx-h200 same');
  expect(text).toContain('dgx-b200 Price per node $900,000');
});

test('a plan without any has no such table', () => {
  expect(printed({}).trim()).toBe('');
});
