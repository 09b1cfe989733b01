import type { KeptTrace } from '@engine/plan';
import type { RequestStream } from '@engine/simulation/types';
import { readTrace } from './read-trace';

/** Requests of a trace that a plan keeps: every revision of the plan holds them. */
export const largestKeptTrace = 20_000;

/** Characters of the longest rows that a plan may hold: 48 of each request. */
export const longestKeptRows = largestKeptTrace * 48;

/** A trace as a plan keeps it; null where it has more requests than a plan keeps. */
export function keptTrace(name: string, stream: RequestStream): KeptTrace | null {
  const { arrival, input, output } = stream;
  if (arrival.length > largestKeptTrace) return null;
  const rows = Array.from(arrival, (time, index) => [time, input[index], output[index]].join(','));
  return { name: name.slice(0, 200), rows: rows.join('\n') };
}

/** The requests of a kept trace. A plan that was checked holds no other rows than such. */
export function requestsOf({ name, rows }: KeptTrace): RequestStream {
  const read = readTrace(rows);
  if (!read.isTrace) throw new Error(`The plan holds rows of ${name} that are no trace.`);
  return read.stream;
}

/** What is wrong with the rows of a trace in a plan; null where nothing is. */
export function keptTraceProblem(rows: string): string | null {
  const read = readTrace(rows);
  if (!read.isTrace) {
    const where = read.line === null ? '' : `line ${String(read.line)}: `;
    return `${where}${read.problem}`;
  }
  return read.stream.arrival.length > largestKeptTrace
    ? `expected at most ${String(largestKeptTrace)} requests, found ${String(read.stream.arrival.length)}`
    : null;
}
