import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Paper } from '@shared/ipc/contract';
import type { Section } from '../document/sections';

export type ColorScheme = 'light' | 'dark' | 'auto';
export type Door = 'cluster' | 'demand';
export type Dialog = 'about' | 'versions' | 'shortcuts' | 'new-plan' | 'import-model';
export type Panel = 'outline' | 'inspector' | 'checks';

/** What is looked at: never part of a plan, never undone. */
export interface ViewState {
  readonly screen: 'starting' | 'library' | 'plan' | 'explore' | 'catalogue';
  readonly section: Section;
  /** id of the selected site, cluster or workload, 'costs', or null for the whole plan */
  readonly selectedId: string | null;
  /** field that is to receive the focus, such as 'nodes'; cleared once it has it */
  readonly wantedField: string | null;
  readonly dialog: Dialog | null;
  readonly door: Door;
  readonly colorScheme: ColorScheme;
  readonly paper: Paper;
  readonly hiddenPanels: readonly Panel[];
}

export const viewStore = createStore<ViewState>(() => ({
  screen: 'starting',
  section: 'overview',
  selectedId: null,
  wantedField: null,
  dialog: null,
  door: 'cluster',
  colorScheme: 'auto',
  paper: 'A4',
  hiddenPanels: [],
}));

export function useView<Value>(select: (state: ViewState) => Value): Value {
  return useStore(viewStore, select);
}

export function setView(change: Partial<ViewState>): void {
  viewStore.setState(change);
}

export function togglePanel(panel: Panel): void {
  const { hiddenPanels } = viewStore.getState();
  setView({
    hiddenPanels: hiddenPanels.includes(panel)
      ? hiddenPanels.filter((hidden) => hidden !== panel)
      : [...hiddenPanels, panel],
  });
}
