import type { Finding } from '../report';
import { blankParts, isStated, type PartRows } from './blank-parts';
import { enteredFact, withEntered } from './overrides';
import type { OwnPart, PartKind } from './own-parts';
import { factIn, partFields, valueProblem } from './part-fields';
import { partProblem } from './part-problems';
import type { RowsByKind } from './plan-catalogue';

export interface BuiltParts {
  readonly rows: RowsByKind;
  readonly findings: readonly Finding[];
}

type Rows = { [Kind in PartKind]: Map<string, PartRows[Kind]> };

/** Adds the plan's own parts to published rows, each after the part it is based on. */
export function buildOwnParts(parts: readonly OwnPart[], published: RowsByKind): BuiltParts {
  const rows: Rows = {
    accelerator: new Map(published.accelerator),
    system: new Map(published.system),
    switch: new Map(published.switch),
    transceiver: new Map(published.transceiver),
    networkCard: new Map(published.networkCard),
    region: new Map(published.region),
  };
  const findings: Finding[] = [];
  const waiting = new Map<string, OwnPart>();
  for (const part of parts) {
    if (waiting.has(keyOf(part)) || rows[part.kind].has(part.id)) {
      findings.push(repeated(part));
    } else waiting.set(keyOf(part), part);
  }
  // Accelerators first: a system names the one in it.
  for (const part of [...waiting.values()].toSorted(byKind)) {
    build(part, waiting, rows, findings, []);
  }
  return { rows, findings };
}

function keyOf({ kind, id }: Pick<OwnPart, 'kind' | 'id'>): string {
  return `${kind} ${id}`;
}

function byKind(one: OwnPart, other: OwnPart): number {
  return Number(one.kind !== 'accelerator') - Number(other.kind !== 'accelerator');
}

/** Builds a part after those that it is based on; `above` are the parts that wait for it. */
function build(
  part: OwnPart,
  waiting: Map<string, OwnPart>,
  rows: Rows,
  findings: Finding[],
  above: readonly OwnPart[],
): void {
  const path = [...above, part];
  if (!waiting.has(keyOf(part))) return;
  const base = part.basedOn === null ? undefined : waiting.get(`${part.kind} ${part.basedOn}`);
  if (base !== undefined) {
    const start = path.indexOf(base);
    if (start !== -1) {
      const circle = path.slice(start);
      for (const each of circle) {
        waiting.delete(keyOf(each));
        findings.push(circular(each, [...circle, base]));
      }
      return;
    }
    build(base, waiting, rows, findings, path);
    // The part itself may have been found in a circle above.
    if (!waiting.has(keyOf(part))) return;
  }
  waiting.delete(keyOf(part));
  const problem = put(part, rows);
  if (problem !== null) findings.push(problem);
}

function put(part: OwnPart, rows: Rows): Finding | null {
  switch (part.kind) {
    case 'accelerator':
      return putRow(part, rows.accelerator, blankParts.accelerator, {});
    case 'system':
      return putSystem(part, rows);
    case 'switch':
      return putRow(part, rows.switch, blankParts.switch, {});
    case 'transceiver':
      return putRow(part, rows.transceiver, blankParts.transceiver, {});
    case 'networkCard':
      return putRow(part, rows.networkCard, blankParts.networkCard, {});
    case 'region':
      return putRow(part, rows.region, blankParts.region, {});
  }
}

function putSystem(part: OwnPart, rows: Rows): Finding | null {
  const base = part.basedOn === null ? undefined : rows.system.get(part.basedOn);
  const acceleratorId = part.acceleratorId ?? base?.acceleratorId ?? '';
  if (base === undefined && part.basedOn !== null) return unknownBase(part);
  if (!rows.accelerator.has(acceleratorId)) {
    return partProblem(
      'unknownAccelerator',
      `${part.name} holds an accelerator that is not known`,
      `There is no accelerator '${acceleratorId}' in the catalogue or the plan.`,
      'Choose its accelerator in the catalogue. The system is left out until then.',
    );
  }
  return putRow(part, rows.system, blankParts.system, { acceleratorId });
}

/** Puts the part's row into the map; a problem when it cannot be built. */
function putRow<Row extends object>(
  part: OwnPart,
  known: Map<string, Row>,
  blank: Row,
  more: Partial<Row>,
): Finding | null {
  const base = part.basedOn === null ? blank : known.get(part.basedOn);
  if (base === undefined) return unknownBase(part);
  let row: Row = { ...base, ...more, id: part.id, name: part.name };
  for (const [key, value] of Object.entries(part.values)) {
    const field = partFields[part.kind].find((one) => one.key === key);
    if (field === undefined) return unknownField(part, key);
    const problem = valueProblem(field, value);
    if (problem !== null) {
      return partProblem(
        'badValue',
        `${part.name}: ${field.label} ${problem}`,
        `${String(value.value)} ${field.unit} was entered.`,
        'Enter another value in the catalogue. The part is left out until then.',
      );
    }
    row = withEntered(row, field, enteredFact(value, field));
  }
  const missing = partFields[part.kind].filter(
    ({ key, isRequired }) => isRequired && !isStated(factIn(row, key)),
  );
  if (missing.length > 0) {
    return partProblem(
      'missingValue',
      `${part.name} is not complete`,
      `It states no ${missing.map(({ label }) => label).join(', ')}.`,
      'Enter what is missing in the catalogue. The part is left out until then.',
    );
  }
  known.set(part.id, row);
  return null;
}

function repeated(part: OwnPart): Finding {
  return partProblem(
    'repeatedId',
    `${part.name} has the id of another part`,
    `The id '${part.id}' is taken. The other part keeps it; this one is left out.`,
    'Remove it in the catalogue and add it again.',
  );
}

function unknownBase(part: OwnPart): Finding {
  return partProblem(
    'unknownBase',
    `${part.name} is based on a part that is not known`,
    `There is no part '${part.basedOn ?? ''}' of its kind in the catalogue or among the plan’s own usable parts.`,
    'Base it on another part in the catalogue. It is left out until then.',
  );
}

function unknownField(part: OwnPart, key: string): Finding {
  return partProblem(
    'unknownField',
    `${part.name} states '${key}', which no such part has`,
    'The part is left out.',
    'Remove the value in the catalogue.',
  );
}

function circular(part: OwnPart, circle: readonly OwnPart[]): Finding {
  return partProblem(
    'circular',
    `${part.name} is based on itself`,
    `${circle.map(({ name }) => name).join(' is based on ')}.`,
    'Base one of them on a published part. They are left out until then.',
  );
}
