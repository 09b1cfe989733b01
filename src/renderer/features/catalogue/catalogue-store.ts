import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { KindKey } from './catalogue-kinds';

export type CatalogueView = 'list' | 'compare' | 'chart';

/** What is looked at in the catalogue: never part of a plan. */
interface CatalogueState {
  readonly kind: KindKey;
  readonly view: CatalogueView;
  readonly search: string;
  readonly group: string | null;
  readonly isOwnOnly: boolean;
  /** id of the entry whose details are shown */
  readonly chosenId: string | null;
  /** ids of the entries to compare, in the order in which they were ticked */
  readonly comparedIds: readonly string[];
  /** what is being entered: values in place of the chosen part's, a copy of it, or a part from nothing */
  readonly editing: 'override' | 'copy' | 'blank' | null;
}

/** Most parts side by side: more columns do not fit a small window. */
export const comparedLimit = 4;

const untouched = {
  search: '',
  group: null,
  isOwnOnly: false,
  chosenId: null,
  comparedIds: [],
  editing: null,
} as const;

export const catalogueStore = createStore<CatalogueState>(() => ({
  kind: 'accelerators',
  view: 'list',
  ...untouched,
}));

export function useCatalogueView<Value>(select: (state: CatalogueState) => Value): Value {
  return useStore(catalogueStore, select);
}

export function setCatalogueView(change: Partial<CatalogueState>): void {
  catalogueStore.setState(change);
}

/** Shows another shelf, or one entry of it. */
export function showKind(kind: KindKey, chosenId: string | null = null): void {
  const { view } = catalogueStore.getState();
  const kept = view === 'compare' || chosenId !== null ? 'list' : view;
  catalogueStore.setState({ ...untouched, kind, chosenId, view: kept });
}

/** Takes an entry into the comparison, or out of it. */
export function toggleCompared(id: string): void {
  const { comparedIds } = catalogueStore.getState();
  const isCompared = comparedIds.includes(id);
  if (!isCompared && comparedIds.length >= comparedLimit) return;
  catalogueStore.setState({
    comparedIds: isCompared ? comparedIds.filter((known) => known !== id) : [...comparedIds, id],
  });
}
