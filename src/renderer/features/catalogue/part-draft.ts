import type { PartKind, PartValue } from '@engine/catalogue/own-parts';
import { partFields, valueProblem, type PartField } from '@engine/catalogue/part-fields';
import type { Plan } from '@engine/plan';
import { numberOf } from '@shared/quantity-text/decimal';
import { plainCharacters, readNumber } from '@shared/quantity-text/read-number';
import type { Entry } from './entries';

/** A part as it is typed: the text of each field, empty where the value of its base stays. */
export interface PartDraft {
  readonly name: string;
  readonly acceleratorId: string | null;
  readonly note: string;
  readonly texts: Readonly<Record<string, string>>;
}

export type ReadDraft =
  | { readonly values: Readonly<Record<string, PartValue>>; readonly problems: null }
  | { readonly values: null; readonly problems: Readonly<Record<string, string>> };

/** What a form starts with: nothing, the name of a copy, or the values that the plan has replaced already. */
export function firstDraft(
  kind: PartKind,
  mode: 'override' | 'copy' | 'blank',
  base: Pick<Entry, 'id' | 'name'> | null,
  plan: Pick<Plan, 'partOverrides'>,
): PartDraft {
  const replaced =
    mode === 'override'
      ? (plan.partOverrides ?? []).filter((one) => one.kind === kind && one.partId === base?.id)
      : [];
  return {
    name: base === null ? '' : mode === 'copy' ? `${base.name}, own` : base.name,
    acceleratorId: null,
    note: replaced.find(({ note }) => note !== undefined)?.note ?? '',
    texts: Object.fromEntries(replaced.map(({ field, value }) => [field, String(value)])),
  };
}

/** The values of a draft; for each field that cannot be, why not. */
export function readDraft(
  kind: PartKind,
  { texts, note }: PartDraft,
  isComplete: boolean,
): ReadDraft {
  const values: Record<string, PartValue> = {};
  const problems: Record<string, string> = {};
  for (const field of partFields[kind]) {
    const text = (texts[field.key] ?? '').trim();
    if (text === '') {
      if (isComplete && field.isRequired) problems[field.key] = 'Every such part needs this.';
      continue;
    }
    const value = valueOf(text);
    const problem = problemOf(field, value);
    if (problem !== null) problems[field.key] = problem;
    else if (value !== null) {
      values[field.key] = note.trim() === '' ? { value } : { value, note: note.trim() };
    }
  }
  return Object.keys(problems).length === 0
    ? { values, problems: null }
    : { values: null, problems };
}

/** "1,500" and "1.5e3" are numbers; "about 5" is not. */
function valueOf(text: string): number | null {
  const found = readNumber(plainCharacters(text));
  return found === null || found.rest !== '' ? null : numberOf(found.number);
}

function problemOf(field: PartField, value: number | null): string | null {
  if (value === null) return `Not a number. Enter ${field.label.toLowerCase()} in ${field.unit}.`;
  const problem = valueProblem(field, { value });
  return problem === null ? null : `The value ${problem}.`;
}
