import { useStore } from 'zustand';
import type { Catalogue } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import { invoke } from '../host/host';
import { createDocumentStore } from './document-store';
import { catalogueOf } from './catalogue';
import { redoLabel, undoLabel } from './history';

/** The one document of this window. */
export const planDocument = createDocumentStore({ invoke, nowMs: () => performance.now() });

/** The catalogue of the open plan; the published one where none is open. Only another catalogue draws again. */
export function usePlanCatalogue(): Catalogue {
  return useStore(planDocument.store, ({ history }) => catalogueOf(history?.present ?? null));
}

/** The open plan, or null in the library. */
export function usePlan(): Plan | null {
  return useStore(planDocument.store, (state) => state.history?.present ?? null);
}

/** The open plan while it is wanted; null otherwise, without being drawn for its changes. */
export function usePlanWhile(isWanted: boolean): Plan | null {
  return useStore(planDocument.store, ({ history }) =>
    isWanted ? (history?.present ?? null) : null,
  );
}

/** The name of the open plan, or null in the library. */
export function usePlanName(): string | null {
  return useStore(planDocument.store, ({ history }) => history?.present.name ?? null);
}

export function usePlanId(): string | null {
  return useStore(planDocument.store, (state) => state.id);
}

export function useSaveState() {
  return useStore(planDocument.store, (state) => state.save);
}

export function useUndoLabel(): string | null {
  return useStore(planDocument.store, ({ history }) => history && undoLabel(history));
}

export function useRedoLabel(): string | null {
  return useStore(planDocument.store, ({ history }) => history && redoLabel(history));
}
