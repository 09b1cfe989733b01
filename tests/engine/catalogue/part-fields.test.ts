import { describe, expect, test } from 'vitest';
import { blankParts, isStated } from '@engine/catalogue/blank-parts';
import type { PartKind } from '@engine/catalogue/own-parts';
import { factIn, partFields, valueProblem, withFact } from '@engine/catalogue/part-fields';
import { rowsOf } from '@engine/catalogue/plan-catalogue';
import { bundledCatalogue } from '@shared/catalogue/bundled';

const rows = rowsOf(bundledCatalogue);
const kinds = Object.keys(partFields) as PartKind[];

describe.each(kinds)('the fields of a part of kind %s', (kind) => {
  const parts: readonly object[] = [...rows[kind].values()];

  test('stand in published rows, with their unit and within their bounds', () => {
    for (const field of partFields[kind]) {
      const facts = parts.flatMap((row) => factIn(row, field.key) ?? []);
      if (field.isRequired) expect(facts.length, field.key).toBe(parts.length);
      for (const fact of facts) {
        expect(valueProblem(field, fact), `${field.key} ${String(fact.value)}`).toBeNull();
      }
    }
  });

  test('that are required are in every published row, and unstated in a blank one', () => {
    for (const { key, isRequired } of partFields[kind]) {
      if (!isRequired) continue;
      expect(parts.filter((row) => !isStated(factIn(row, key)))).toEqual([]);
      expect(isStated(factIn(blankParts[kind], key)), key).toBe(false);
    }
  });

  test('can be put in and read back, the rest untouched', () => {
    const [row = {}] = parts;
    for (const { key, unit } of partFields[kind]) {
      const fact = { value: 7, unit, source: 'plan', quality: 'entered' } as const;
      const changed = withFact(row, key, fact);
      expect(factIn(changed, key)).toEqual(fact);
      for (const other of partFields[kind]) {
        if (other.key !== key) expect(factIn(changed, other.key)).toEqual(factIn(row, other.key));
      }
    }
  });

  test('name each field once', () => {
    for (const name of ['key', 'label'] as const) {
      const names = partFields[kind].map((field) => field[name]);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

test.each([
  [{ value: Number.NaN }, 'is not a number'],
  [{ value: Infinity }, 'is not a number'],
  [{ value: 5, high: Number.NaN }, 'is not a number'],
  [{ value: -1 }, 'is negative'],
  [{ value: 0 }, 'is less than one'],
  [{ value: 1e9 }, 'is above 1000000 ports'],
  [{ value: 64, low: 65 }, 'lies outside its own range'],
  [{ value: 64, high: 63 }, 'lies outside its own range'],
  [{ value: 64, low: 32, high: 128 }, null],
])('ports of %j: %s', (value, problem) => {
  const ports = partFields.switch.find(({ key }) => key === 'ports');
  expect(ports && valueProblem(ports, value)).toBe(problem);
});

test('a field that a row does not have holds no fact', () => {
  expect(factIn({ power: 7 }, 'power')).toBeNull();
  expect(factIn({}, 'peakDense.bf16')).toBeNull();
  expect(factIn({ peakDense: null }, 'peakDense.bf16')).toBeNull();
});
