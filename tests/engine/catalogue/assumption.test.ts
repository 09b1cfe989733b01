import { assumptionInput, assumptionOf, assumptionValue } from '@engine/catalogue/assumption';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { expect, test } from 'vitest';

const { assumptions } = bundledCatalogue;
const key = 'pue.global';

test('an assumption is read with its label, value and source', () => {
  const fact = assumptionOf(assumptions, key);
  expect(fact.label).not.toBe('');
  expect(bundledCatalogue.sources.has(fact.source)).toBe(true);
  expect(assumptionValue(assumptions, key)).toBe(fact.value);
});

test('as an input of a figure it keeps value, unit and source', () => {
  const input = assumptionInput({ context: { catalogue: bundledCatalogue } }, 'η', key);
  const { value, unit, source, label } = assumptionOf(assumptions, key);
  expect(input).toEqual({ symbol: 'η', label, value, unit, sources: [source], from: 'catalogue' });
});

test('a catalogue that lacks an assumption is named, by every way of reading it', () => {
  const missing = /no assumption 'nothing\.here'/;
  expect(() => assumptionOf(assumptions, 'nothing.here')).toThrow(missing);
  expect(() => assumptionValue(assumptions, 'nothing.here')).toThrow(missing);
  expect(() =>
    assumptionInput({ context: { catalogue: bundledCatalogue } }, 'η', 'nothing.here'),
  ).toThrow(missing);
});
