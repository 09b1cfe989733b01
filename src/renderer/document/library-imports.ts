import type { ImportedModel } from '@engine/plan';
import { useEffect } from 'react';
import { create } from 'zustand';
import { invoke } from '../host/host';
import { noticeFailure } from '../host/notices';
import { planDocument } from './document';

/** The models of two lists; of those with one id, the one of the second list. */
export function joinedImports(
  known: readonly ImportedModel[],
  more: readonly ImportedModel[],
): readonly ImportedModel[] {
  if (more.every((model) => known.includes(model))) return known;
  const replaced = new Set(more.map(({ id }) => id));
  return [...known.filter(({ id }) => !replaced.has(id)), ...more];
}

const useImports = create<{ readonly models: readonly ImportedModel[] }>(() => ({ models: [] }));

function openImports(): readonly ImportedModel[] {
  return planDocument.store.getState().history?.present.importedModels ?? [];
}

planDocument.store.subscribe(() => {
  const { models } = useImports.getState();
  const joined = joinedImports(models, openImports());
  if (joined !== models) useImports.setState({ models: joined });
});

/** Asks the library, whose plans may have changed since; the open plan may be ahead of what is kept of it. */
async function readImports(): Promise<void> {
  const kept = await invoke('library.importedModels', null);
  if (kept.ok) useImports.setState({ models: joinedImports(kept.value, openImports()) });
  else noticeFailure(kept.error);
}

/** Models imported into any plan of the library: a new plan may take them along. Read when a form first shows them. */
export function useLibraryImports(): readonly ImportedModel[] {
  useEffect(() => void readImports(), []);
  return useImports(({ models }) => models);
}
