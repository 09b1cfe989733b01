import type { CaseServing } from './case';

/** How a benchmark loads a service. */
export type Load =
  | {
      readonly kind: 'requests in flight';
      readonly requests: number;
      /** of the whole run; absent: not said */
      readonly prompts?: number;
    }
  | {
      readonly kind: 'request rate';
      readonly requestsPerSecond: number;
      readonly requests: number | null;
    }
  /** as many as fit, at most so many on a replica */
  | { readonly kind: 'unknown'; readonly atMost: number | null };

/** Prompt tokens that a text says each accelerator processes together: '16,384 tokens per device'; null when it says none. */
export function statedPromptTokens(given: number | string | null | undefined): number | null {
  const text =
    typeof given === 'string' ? given.toLowerCase().replace(/(\d),(\d{3})/g, '$1$2') : '';
  const found = /(\d+) tokens per (?:device|gpu|accelerator|rank)/.exec(text)?.[1];
  return found === undefined || Number(found) === 0 ? null : Number(found);
}

/** Reads a batch, a concurrency ('64', 'concurrency 64, 320 prompts', '128 per GPU'), a limit ('max 768 per engine') or a rate ('open-loop 2 req/s, 1000 prompts'). */
export function readLoad(given: number | string | null | undefined, accelerators = 1): Load {
  if (typeof given === 'number') return { kind: 'requests in flight', requests: given };
  const unknown: Load = { kind: 'unknown', atMost: null };
  if (!given) return unknown;
  const text = given
    .trim()
    .toLowerCase()
    .replace(/(\d),(\d{3})/g, '$1$2');
  const rate = /(inf|\d+(?:\.\d+)?) ?(?:req(?:uests)?\/s|rps|qps)/.exec(text)?.[1];
  if (rate !== undefined) {
    const prompts = /(\d+) (?:prompts|requests)\b/.exec(text)?.[1];
    return {
      kind: 'request rate',
      requestsPerSecond: rate === 'inf' ? Infinity : Number(rate),
      requests: prompts === undefined ? null : Number(prompts),
    };
  }
  const named = /^(?:qps|rps|request rate|rate)[ =:]*(\d+(?:\.\d+)?)$/.exec(text)?.[1];
  if (named !== undefined && Number(named) > 0)
    return { kind: 'request rate', requestsPerSecond: Number(named), requests: null };
  const limit = /max(?:imum)? (\d+)/.exec(text)?.[1];
  if (limit !== undefined) return { kind: 'unknown', atMost: Number(limit) };
  if (/token/.test(text)) return unknown;
  const perGpu = /^(\d+) (?:requests )?per (?:gpu|device|accelerator|rank)/.exec(text)?.[1];
  if (perGpu !== undefined) {
    return { kind: 'requests in flight', requests: Number(perGpu) * accelerators };
  }
  const prompts = Number(/, ?(\d+) (?:prompts|requests)$/.exec(text)?.[1] ?? 0);
  const count =
    /^(?:batch|bs|(?:max[- ])?concurrency|conc)?[ =:]*(\d+)(?: (?:requests|concurrent.*|users))?$/.exec(
      text.replace(/, ?\d+ (?:prompts|requests)$/, ''),
    )?.[1];
  if (count === undefined || Number(count) === 0) return unknown;
  const requests = Number(count);
  return { kind: 'requests in flight', requests, ...(prompts > 0 ? { prompts } : {}) };
}

/**
 * A load with the requests of the whole run, where a case counts them in a field of their own and its words do not: those that are
 * processed offline are all there from the start, but for entries to MLPerf, which count what they ask for at a time.
 */
export function withRequests(load: Load, given: CaseServing): Load {
  const requests = given.num_requests ?? given.num_prompts;
  if (!requests) return load;
  switch (load.kind) {
    case 'requests in flight':
      return load.prompts === undefined ? { ...load, prompts: requests } : load;
    case 'request rate':
      return load.requests === null ? { ...load, requests } : load;
    case 'unknown': {
      const isAtOnce = given.mode === 'offline' && !given.mlperf_scenario && load.atMost === null;
      return isAtOnce ? { kind: 'requests in flight', requests } : load;
    }
  }
}
