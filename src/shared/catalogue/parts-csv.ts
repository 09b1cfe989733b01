import Papa from 'papaparse';
import type { OwnPart, PartKind, PartValue } from '@engine/catalogue/own-parts';
import { partFields, valueProblem } from '@engine/catalogue/part-fields';
import { ownPartLimit } from '../plan/parts-schema';
import type { TableRecords } from '../table/records';

/** What is wrong with a line of a file of parts. */
export interface LineProblem {
  /** counted from 1, the heading included */
  readonly line: number;
  readonly problem: string;
}

export interface PartsReading {
  /** the parts of the good lines */
  readonly parts: readonly OwnPart[];
  /** the first problems, at most `listedProblems` of them */
  readonly problems: readonly LineProblem[];
  readonly problemCount: number;
  readonly lineCount: number;
}

/** More problems than this are counted, not listed. */
export const listedProblems = 200;

const plainColumns = ['kind', 'id', 'name', 'based_on', 'accelerator_id', 'note'] as const;
type PlainColumn = (typeof plainColumns)[number];

const kinds = Object.keys(partFields) as PartKind[];
const fieldKeys = [...new Set(kinds.flatMap((kind) => partFields[kind].map(({ key }) => key)))];

/** The plan's own parts as records: one part per line, one column per field, empty where its base has the value. */
export function partsRecords(parts: readonly OwnPart[]): TableRecords {
  const used = fieldKeys.filter((key) => parts.some(({ values }) => values[key] !== undefined));
  return {
    head: [...plainColumns, ...used],
    rows: parts.map((part) => [
      part.kind,
      part.id,
      part.name,
      part.basedOn,
      part.acceleratorId ?? null,
      part.note ?? null,
      ...used.map((key) => part.values[key]?.value ?? null),
    ]),
  };
}

interface Heading {
  readonly plain: Readonly<Record<PlainColumn, number>>;
  readonly fields: readonly (readonly [column: number, key: string])[];
  readonly width: number;
}

/**
 * Reads a file of parts line by line. A line that cannot be read is named with its number and left out; the others are
 * kept. It yields after every thousand lines, so that whoever reads may pause or stop.
 */
export function* readPartsCsv(text: string): Generator<null, PartsReading, void> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const problems: LineProblem[] = [];
  let problemCount = 0;
  const tell = (line: number, problem: string): void => {
    problemCount += 1;
    if (problems.length < listedProblems) problems.push({ line, problem });
  };
  const delimiter = delimiterOf(lines[0] ?? '');
  const heading = readHeading(cellsOf(lines[0] ?? '', delimiter) ?? [], (problem) =>
    tell(1, problem),
  );
  const parts: OwnPart[] = [];
  const seen = new Map<string, number>();
  for (const [index, line] of lines.entries()) {
    if (heading === null) break;
    if (index % 1_000 === 999) yield null;
    if (index === 0 || line.trim() === '') continue;
    const part = readLine(line, delimiter, heading);
    if (typeof part === 'string') {
      tell(index + 1, part);
      continue;
    }
    const key = `${part.kind} ${part.id}`;
    const first = seen.get(key);
    if (first !== undefined)
      tell(index + 1, `The id '${part.id}' stands in line ${first} already.`);
    else if (parts.length >= ownPartLimit) {
      tell(index + 1, `A plan holds ${ownPartLimit} parts of its own; this one is beyond that.`);
    } else {
      seen.set(key, index + 1);
      parts.push(part);
    }
  }
  return { parts, problems, problemCount, lineCount: lines.length };
}

function delimiterOf(heading: string): string {
  const count = (mark: string): number => heading.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** The cells of one line; null where a quotation mark does not end on it. */
function cellsOf(line: string, delimiter: string): readonly string[] | null {
  if (!line.includes('"')) return line.split(delimiter).map((cell) => cell.trim());
  const { data, errors } = Papa.parse<string[]>(line, { delimiter });
  return errors.length > 0 ? null : (data[0] ?? []).map((cell) => cell.trim());
}

function readHeading(names: readonly string[], tell: (problem: string) => void): Heading | null {
  const at = (name: string): number => names.findIndex((one) => one.toLowerCase() === name);
  const missing = ['kind', 'id', 'name'].filter((name) => at(name) === -1);
  if (missing.length > 0) {
    tell(`The heading has no column ${missing.join(', ')}. Nothing was read.`);
    return null;
  }
  const fields = names.flatMap((name, column): (readonly [number, string])[] => {
    if (fieldKeys.includes(name)) return [[column, name]];
    if (name !== '' && !plainColumns.some((plain) => plain === name.toLowerCase())) {
      tell(`No part has a figure '${name}'. Its column was not read.`);
    }
    return [];
  });
  const plain = Object.fromEntries(plainColumns.map((name) => [name, at(name)]));
  return { plain: plain as Heading['plain'], fields, width: names.length };
}

/** A part, or what is wrong with its line. */
function readLine(line: string, delimiter: string, heading: Heading): OwnPart | string {
  const cells = cellsOf(line, delimiter);
  if (cells === null) return 'A quotation mark is not closed on its line.';
  if (cells.length > heading.width) {
    return `The line has ${cells.length} fields, the heading ${heading.width}.`;
  }
  const cell = (name: PlainColumn): string => cells[heading.plain[name]] ?? '';
  const kind = kinds.find((one) => one === cell('kind'));
  if (kind === undefined) {
    return `'${cell('kind')}' is no kind of part. Known are ${kinds.join(', ')}.`;
  }
  const [id, name, basedOn] = [cell('id'), cell('name'), cell('based_on')];
  if (!/^[a-z0-9][a-z0-9.-]{0,63}$/.test(id)) {
    return `The id '${id}' is not made of up to 64 small letters, digits, dots and hyphens.`;
  }
  if (name === '' || name.length > 200) return 'The name is empty or longer than 200 characters.';
  const values = readValues(kind, cells, heading);
  if (typeof values === 'string') return values;
  return {
    kind,
    id,
    name,
    basedOn: basedOn === '' ? null : basedOn.slice(0, 64),
    ...(cell('accelerator_id') === ''
      ? {}
      : { acceleratorId: cell('accelerator_id').slice(0, 64) }),
    ...(cell('note') === '' ? {} : { note: cell('note').slice(0, 2_000) }),
    values,
  };
}

function readValues(
  kind: PartKind,
  cells: readonly string[],
  heading: Heading,
): Readonly<Record<string, PartValue>> | string {
  const values: Record<string, PartValue> = {};
  for (const [column, key] of heading.fields) {
    const text = cells[column] ?? '';
    if (text === '') continue;
    const field = partFields[kind].find((one) => one.key === key);
    if (field === undefined) return `A part of kind ${kind} has no figure '${key}'.`;
    const value = Number(text);
    if (Number.isNaN(value)) return `${field.label} '${text}' is not a number.`;
    const problem = valueProblem(field, { value });
    if (problem !== null) return `${field.label} ${problem}: ${text}.`;
    values[key] = { value };
  }
  return values;
}
