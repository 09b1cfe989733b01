import type { RequestStream } from '@engine/simulation/types';
import { daysBetween } from '@engine/timeline/calendar';
import { SECONDS_PER_DAY } from '@engine/units';
import { shortened } from '../format/shortened';

/** A trace that was read, or what is wrong with it and where. */
export type TraceReading =
  | { readonly isTrace: true; readonly stream: RequestStream }
  | { readonly isTrace: false; readonly line: number | null; readonly problem: string };

interface Row {
  readonly line: number;
  readonly cells: readonly unknown[];
}

const columnNames: readonly (readonly RegExp[])[] = [
  [/^(time|timestamp|arrival|arrived_at|seconds)$/i],
  [/^(input|input_tokens|inputtokens|context_?tokens|prompt|prompt_tokens|num_prefill_tokens)$/i],
  [/^(output|output_tokens|outputtokens|generated_?tokens|completion_tokens|num_decode_tokens)$/i],
];

/**
 * Reads a trace of requests: CSV with a heading or three plain columns (time, input, output), or a JSON array of rows with
 * those names. Times are seconds, or ISO dates; they need not begin at zero, but must not fall.
 */
export function readTrace(text: string): TraceReading {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') return { isTrace: false, line: null, problem: 'The trace is empty.' };
  const rows = /^[[{]/.test(trimmed) ? jsonRows(trimmed) : csvRows(trimmed);
  return 'problem' in rows ? rows : fromRows(rows.rows);
}

type Rows = { readonly rows: readonly Row[] } | Extract<TraceReading, { isTrace: false }>;

function refuse(line: number | null, problem: string): Extract<TraceReading, { isTrace: false }> {
  return { isTrace: false, line, problem };
}

function csvRows(text: string): Rows {
  const lines = text.split(/\r?\n/);
  const split = (line: string): string[] =>
    line.split(/[,;\t]/).map((cell) => cell.trim().replace(/^"|"$/g, ''));
  const first = split(lines[0] ?? '');
  const isHeading = first.every((cell) => cell === '' || Number.isNaN(Number(cell)));
  const order = isHeading ? columnsOf(first) : [0, 1, 2];
  if (order === null) {
    return refuse(
      1,
      `The heading '${shortened(lines[0] ?? '')}' names no columns time, input and output.`,
    );
  }
  const rows = lines.flatMap((line, index) =>
    line.trim() === '' || (isHeading && index === 0)
      ? []
      : [{ line: index + 1, cells: order.map((column) => split(line)[column] ?? '') }],
  );
  return { rows };
}

function columnsOf(names: readonly string[]): number[] | null {
  const found = columnNames.map((patterns) =>
    names.findIndex((name) => patterns.some((pattern) => pattern.test(name))),
  );
  return found.includes(-1) ? null : found;
}

function jsonRows(text: string): Rows {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return refuse(null, 'The trace begins like JSON but is none.');
  }
  if (!Array.isArray(parsed)) return refuse(null, 'The trace is no JSON array of requests.');
  const rows: Row[] = [];
  for (const [index, row] of (parsed as unknown[]).entries()) {
    if (typeof row !== 'object' || row === null)
      return refuse(index + 1, 'A request is no object.');
    const names = Object.keys(row);
    const order = Array.isArray(row) ? [0, 1, 2] : columnsOf(names);
    if (order === null) return refuse(index + 1, 'A request lacks time, input or output.');
    const values: readonly unknown[] = Object.values(row);
    rows.push({ line: index + 1, cells: order.map((column) => values[column]) });
  }
  return { rows };
}

function timeOf(cell: unknown): number {
  if (typeof cell === 'number') return cell;
  const text = typeof cell === 'string' ? cell : '';
  if (text === '') return Number.NaN;
  const number = Number(text);
  return Number.isNaN(number) ? dateSeconds(text) : number;
}

/** Seconds since 1970 of an ISO date with a time of day; NaN for anything else. */
function dateSeconds(text: string): number {
  const found = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2}):(\d{2}(?:\.\d+)?)/.exec(text);
  if (found === null) return Number.NaN;
  const [, day = '', hours, minutes, seconds] = found;
  return (
    daysBetween('1970-01-01', day) * SECONDS_PER_DAY +
    Number(hours) * 3600 +
    Number(minutes) * 60 +
    Number(seconds)
  );
}

function fromRows(rows: readonly Row[]): TraceReading {
  if (rows.length === 0) return refuse(null, 'The trace has no requests.');
  const arrival = new Float64Array(rows.length);
  const input = new Int32Array(rows.length);
  const output = new Int32Array(rows.length);
  const start = timeOf(rows[0]?.cells[0]);
  for (const [index, { line, cells }] of rows.entries()) {
    // Whole microseconds: what is written down is then what was simulated.
    const time = Math.round((timeOf(cells[0]) - start) * 1e6) / 1e6;
    if (!Number.isFinite(time))
      return refuse(line, `The time '${shortened(String(cells[0]))}' is no time.`);
    if (index > 0 && time < (arrival[index - 1] as number)) {
      return refuse(line, 'The time is before that of the request above it.');
    }
    const [prompt, answer] = [Number(cells[1]), Number(cells[2])];
    if (!isLength(cells[1], prompt)) {
      return refuse(
        line,
        `The input '${shortened(String(cells[1]))}' is no number of tokens above zero.`,
      );
    }
    if (!isLength(cells[2], answer)) {
      return refuse(
        line,
        `The output '${shortened(String(cells[2]))}' is no number of tokens above zero.`,
      );
    }
    arrival[index] = time;
    input[index] = prompt;
    output[index] = answer;
  }
  return { isTrace: true, stream: { arrival, input, output } };
}

function isLength(cell: unknown, value: number): boolean {
  return cell !== '' && cell !== null && Number.isFinite(value) && value >= 1 && value < 2 ** 31;
}
