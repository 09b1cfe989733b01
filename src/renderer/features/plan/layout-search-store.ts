import {
  planSearch,
  searchedAside,
  usualSearch,
  type SearchChoice,
} from '@engine/search/plan-search';
import type { SearchRequest, SearchResult } from '@engine/search/search-layouts';
import type { Plan } from '@engine/plan';
import { create } from 'zustand';
import { catalogueOf } from '../../document/catalogue';
import { layoutSearch } from '../../workers/layout-search';

type Phase = 'idle' | 'running' | 'done' | 'cancelled' | 'failed';

interface SearchState {
  readonly choice: SearchChoice;
  readonly phase: Phase;
  readonly message: string;
  /** what the answer belongs to: it is stale once this differs */
  readonly subject: string;
  readonly request: SearchRequest | null;
  readonly result: SearchResult | null;
}

export const useLayoutSearch = create<SearchState>(() => ({
  choice: usualSearch,
  phase: 'idle',
  message: '',
  subject: '',
  request: null,
  result: null,
}));

const set = useLayoutSearch.setState;

/** All of a plan and a choice that a search depends on: everything of the job but the part of its layout that is searched. */
export function searchSubject(plan: Plan, workloadId: string, choice: SearchChoice): string {
  const workload = plan.workloads.find(({ id }) => id === workloadId);
  const { sites, clusters } = plan;
  const kept = workload?.kind === 'training' ? searchedAside(workload.layout, choice) : null;
  return JSON.stringify([sites, clusters, workload && { ...workload, layout: kept }, choice]);
}

export function chooseSearch(change: Partial<SearchChoice>): void {
  set(({ choice }) => ({ choice: { ...choice, ...change } }));
}

export function startSearch(plan: Plan, workloadId: string): void {
  const { choice } = useLayoutSearch.getState();
  const request = planSearch(plan, workloadId, catalogueOf(plan), choice);
  const subject = searchSubject(plan, workloadId, choice);
  if (request === null) {
    const message = 'The job cannot be searched: the checks say what is missing.';
    set({ phase: 'failed', message, subject, request: null, result: null });
    return;
  }
  set({ phase: 'running', message: '', subject, request, result: null });
  layoutSearch.start(request, {
    onPartial: (result) => set({ result }),
    onDone: (result) => set({ result, phase: 'done' }),
    onFailed: (message) => set({ phase: 'failed', message }),
  });
}

/** Loads what searches while the reader looks at the choices. */
export function warmSearch(): void {
  layoutSearch.warm();
}

export function cancelSearch(): void {
  layoutSearch.cancel();
  set({ phase: 'cancelled' });
}
