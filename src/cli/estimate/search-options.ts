import type { ClusterSize } from '@engine/search/objective';
import type { LayoutConstraints } from '@engine/search/layout-space';
import type { SearchOptions } from '@engine/search/search-layouts';
import { z } from 'zod';
import { CaseError } from './case';

const schedules = z.array(z.enum(['1f1b', 'zero-bubble', 'dualpipe'])).min(1);
const exchanges = z.array(z.enum(['all-gather', 'ring', 'ulysses'])).min(1);
const count = z.int().positive().max(1e9);

/** What a request may say of the search itself, under the names that its help lists. */
const searchPart = z.strictObject({
  objective: z.enum(['fastest', 'cheapest', 'fewest', 'least_energy']).optional(),
  counts: z.array(count).min(1).max(64).optional(),
  usd_per_accelerator_hour: z.number().positive().optional(),
  memory_headroom: z.number().min(0).max(0.9).optional(),
  most_days: z.number().positive().optional(),
  most_usd: z.number().positive().optional(),
  effective_time: z.number().gt(0).max(1).optional(),
  schedules: schedules.optional(),
  exchanges: exchanges.optional(),
  recomputed_layers: z.boolean().optional(),
  hybrid_sharding: z.boolean().optional(),
  offload: z.boolean().optional(),
  distinct: z.boolean().optional(),
});

type SearchPart = z.infer<typeof searchPart>;

/** What a search is about. */
interface SearchedWork {
  readonly accelerators: number;
  readonly tokensPerStep: number;
  /** of the whole run; null where the request does not say */
  readonly tokens: number | null;
}

/** The `search` part of a request; empty where it has none. An unknown name or a value that cannot be is a named problem. */
export function readSearchPart(raw: unknown): SearchPart {
  const given: unknown = Object.getOwnPropertyDescriptor(Object(raw), 'search')?.value;
  const read = searchPart.safeParse(given ?? {});
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = ['search', ...(issue?.path ?? [])].join('.');
  throw new CaseError(`${path}: ${issue?.message ?? 'it cannot be read'}.`);
}

/** Engine options of a `search` part: objective and sizes, the run with its date and budget, and what is tried. */
export function searchOptions(part: SearchPart, work: SearchedWork): SearchOptions {
  const { memory_headroom: headroom, objective } = part;
  return {
    objective: objective === 'least_energy' ? 'leastEnergy' : (objective ?? 'fastest'),
    sizes: (part.counts ?? [work.accelerators]).map((accelerators): ClusterSize => {
      const price = part.usd_per_accelerator_hour;
      const usdPerHour = price === undefined ? null : price * accelerators;
      // Every accelerator draws alike, so that energy is ranked by accelerator-hours.
      return { accelerators, usdPerHour, kilowatts: accelerators };
    }),
    run: runGoal(part, work),
    switches: {
      recomputedLayers: part.recomputed_layers ?? false,
      hybridSharding: part.hybrid_sharding ?? false,
      offload: part.offload ?? false,
    },
    isDistinct: part.distinct ?? false,
    ...(headroom === undefined ? {} : { memoryTolerance: 1 - headroom }),
  };
}

/** Schedules and exchanges among which the search may choose. */
export function searchConstraints({ schedules, exchanges }: SearchPart): LayoutConstraints {
  return {
    ...(schedules ? { schedule: schedules } : {}),
    ...(exchanges ? { contextExchange: exchanges } : {}),
  };
}

/** The run whose date and budget are kept; null where the request sets neither. */
function runGoal(part: SearchPart, { tokens, tokensPerStep }: SearchedWork) {
  const { most_days: mostDays = null, most_usd: mostUsd = null } = part;
  if (mostDays === null && mostUsd === null) return null;
  const limit = mostDays === null ? 'most_usd' : 'most_days';
  if (tokens === null) throw new CaseError(`search.${limit} needs training.tokens_total.`);
  if (mostUsd !== null && part.usd_per_accelerator_hour === undefined) {
    throw new CaseError('search.most_usd needs search.usd_per_accelerator_hour.');
  }
  const effectiveTime = part.effective_time ?? 1;
  return { steps: tokens / tokensPerStep, effectiveTime, mostDays, mostUsd };
}
