/** How a benchmark loads a service. */
export type Load =
  | { readonly kind: 'requests in flight'; readonly requests: number }
  | { readonly kind: 'request rate'; readonly requestsPerSecond: number }
  | { readonly kind: 'unknown' };

/** Reads a batch, a concurrency ('64', 'concurrency 64') or a rate ('open-loop 2 req/s'). */
export function readLoad(given: number | string | null | undefined): Load {
  if (typeof given === 'number') return { kind: 'requests in flight', requests: given };
  if (!given) return { kind: 'unknown' };
  const rate = /(\d+(?:\.\d+)?) ?(?:req(?:uests)?\/s|rps|qps)/i.exec(given)?.[1];
  if (rate !== undefined) return { kind: 'request rate', requestsPerSecond: Number(rate) };
  const count = /^(?:batch|bs|concurrency|conc)?[ =:]*(\d+)(?: (?:requests|concurrent.*))?$/i.exec(
    given.trim(),
  )?.[1];
  return count === undefined || Number(count) === 0
    ? { kind: 'unknown' }
    : { kind: 'requests in flight', requests: Number(count) };
}
