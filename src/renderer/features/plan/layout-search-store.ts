import {
  planSearch,
  searchedAside,
  usualSearch,
  type SearchChoice,
} from '@engine/search/plan-search';
import type { SearchRequest, SearchResult } from '@engine/search/search-layouts';
import type { Plan } from '@engine/plan';
import { create, useStore } from 'zustand';
import { catalogueOf } from '../../document/catalogue';
import { planDocument } from '../../document/document';
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
function searchSubject(plan: Plan, workloadId: string, choice: SearchChoice): string {
  const workload = plan.workloads.find(({ id }) => id === workloadId);
  const { sites, clusters } = plan;
  const kept = workload?.kind === 'training' ? searchedAside(workload.layout, choice) : null;
  return JSON.stringify([sites, clusters, workload && { ...workload, layout: kept }, choice]);
}

/** Whether the plan or the choices have changed since the search whose answer is shown. */
export function useIsStale(workloadId: string): boolean {
  const { result, subject, choice } = useLayoutSearch();
  return useStore(planDocument.store, ({ history }) =>
    Boolean(result && history && subject !== searchSubject(history.present, workloadId, choice)),
  );
}

export function chooseSearch(change: Partial<SearchChoice>): void {
  set(({ choice }) => ({ choice: { ...choice, ...change } }));
}

export function startSearch(workloadId: string): void {
  const plan = planDocument.store.getState().history?.present;
  if (plan === undefined) return;
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

/** Begins the search that is likely in silence while the reader looks at the choices; ends it where the reader leaves at once. */
export function prepareSearch(workloadId: string, choice: SearchChoice): () => void {
  const waiting = requestIdleCallback(() => {
    const plan = planDocument.store.getState().history?.present;
    const request = plan && planSearch(plan, workloadId, catalogueOf(plan), choice);
    if (request) layoutSearch.prepare(request);
  });
  return () => cancelIdleCallback(waiting);
}

export function cancelSearch(): void {
  layoutSearch.cancel();
  set({ phase: 'cancelled' });
}
