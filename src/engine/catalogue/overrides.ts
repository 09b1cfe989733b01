import type { Finding } from '../report';
import type { PartKind, PartOverride, PartValue } from './own-parts';
import { partFields, valueProblem, withFact, type PartField } from './part-fields';
import { partProblem } from './part-problems';
import type { RowsByKind } from './plan-catalogue';
import type { Fact } from './types';

/** A value entered in the plan as a fact, its note with it. */
export function enteredFact({ value, low, high, note }: PartValue, { unit }: PartField): Fact {
  return {
    value,
    unit,
    source: 'plan',
    quality: 'entered',
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
    ...(note === undefined ? {} : { note }),
  };
}

/** The row with an entered value in it. A rate that was measured on the published part no longer holds for it. */
export function withEntered<Row extends object>(row: Row, field: PartField, fact: Fact): Row {
  const changed = withFact(row, field.key, fact);
  const precision = /^peakDense\.(.+)$/.exec(field.key)?.[1];
  if (precision === undefined || !('matmulCeiling' in changed)) return changed;
  const measured = Object.entries(changed.matmulCeiling as object);
  return {
    ...changed,
    matmulCeiling: Object.fromEntries(measured.filter(([key]) => key !== precision)),
  };
}

export interface OverriddenRows {
  readonly rows: RowsByKind;
  readonly findings: readonly Finding[];
}

/** Puts the plan's values into published rows. One that cannot be is named; the published value then stays. */
export function overriddenRows(
  published: RowsByKind,
  overrides: readonly PartOverride[],
): OverriddenRows {
  const findings: Finding[] = [];
  const changed: { [Kind in PartKind]: Map<string, object> } = {
    accelerator: new Map(published.accelerator),
    system: new Map(published.system),
    switch: new Map(published.switch),
    transceiver: new Map(published.transceiver),
    networkCard: new Map(published.networkCard),
    region: new Map(published.region),
  };
  for (const override of overrides) {
    const row = changed[override.kind].get(override.partId);
    const field = partFields[override.kind].find(({ key }) => key === override.field);
    const problem = overrideProblem(override, row, field);
    if (problem !== null) findings.push(problem);
    else if (row && field) {
      const fact = enteredFact(override, field);
      changed[override.kind].set(override.partId, withEntered(row, field, fact));
    }
  }
  return { rows: changed as RowsByKind, findings };
}

function overrideProblem(
  override: PartOverride,
  row: object | undefined,
  field: PartField | undefined,
): Finding | null {
  const { partId } = override;
  if (row === undefined) {
    return partProblem(
      'override.unknownPart',
      `A value replaces one of '${partId}', which is not in the catalogue`,
      'The part may have been renamed or removed. The value is not used.',
      'Remove the value in the catalogue, or enter it for another part.',
    );
  }
  if (field === undefined) {
    return partProblem(
      'override.unknownField',
      `A value replaces '${override.field}' of '${partId}', which no such part has`,
      'The value is not used.',
      'Remove the value in the catalogue.',
    );
  }
  const problem = valueProblem(field, override);
  if (problem === null) return null;
  return partProblem(
    'override.badValue',
    `${field.label} of '${partId}' ${problem}`,
    `${String(override.value)} ${field.unit} was entered. It is not used; the published value stays.`,
    'Enter another value in the catalogue, or remove it.',
  );
}
