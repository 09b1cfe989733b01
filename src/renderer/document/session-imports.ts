import type { ImportedModel } from '@engine/plan';
import { create } from 'zustand';
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

planDocument.store.subscribe(({ history }) => {
  const more = history?.present.importedModels ?? [];
  const { models } = useImports.getState();
  const joined = joinedImports(models, more);
  if (joined !== models) useImports.setState({ models: joined });
});

/** Models imported into any plan that was open since the app was started: a new plan may take them along. */
export function useSessionImports(): readonly ImportedModel[] {
  return useImports(({ models }) => models);
}
