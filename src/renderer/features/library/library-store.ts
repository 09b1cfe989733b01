import { createStore } from 'zustand/vanilla';
import { useStore } from 'zustand';
import type { PlanSummary } from '@shared/ipc/contract';
import { invoke } from '../../host/host';
import { noticeFailure, noticeNote } from '../../host/notices';

interface LibraryState {
  readonly plans: readonly PlanSummary[] | null;
  readonly search: string;
  readonly isShowingArchived: boolean;
}

const libraryStore = createStore<LibraryState>(() => ({
  plans: null,
  search: '',
  isShowingArchived: false,
}));

export function useLibrary<Value>(select: (state: LibraryState) => Value): Value {
  return useStore(libraryStore, select);
}

let asked = 0;

/** Reads the list again; an answer that a later question has overtaken is dropped. */
export async function refreshLibrary(): Promise<void> {
  asked += 1;
  const question = asked;
  const { search, isShowingArchived } = libraryStore.getState();
  const listed = await invoke('library.list', { search, includeArchived: isShowingArchived });
  if (question !== asked) return;
  if (listed.ok) libraryStore.setState({ plans: listed.value });
  else noticeFailure(listed.error);
}

export function searchLibrary(search: string): void {
  libraryStore.setState({ search });
  void refreshLibrary();
}

export function showArchived(isShowingArchived: boolean): void {
  libraryStore.setState({ isShowingArchived });
  void refreshLibrary();
}

export async function renamePlan(id: string, name: string): Promise<void> {
  const renamed = await invoke('plan.rename', { id, name });
  if (!renamed.ok) noticeFailure(renamed.error);
  await refreshLibrary();
}

export async function duplicatePlan(plan: PlanSummary): Promise<void> {
  const copied = await invoke('plan.duplicate', { id: plan.id });
  if (copied.ok) noticeNote(`“${plan.name}” was duplicated as “${copied.value.name}”.`);
  else noticeFailure(copied.error);
  await refreshLibrary();
}

export async function archivePlan(plan: PlanSummary, isArchived: boolean): Promise<void> {
  const archived = await invoke('plan.archive', { id: plan.id, isArchived });
  if (!archived.ok) noticeFailure(archived.error);
  else if (isArchived) {
    noticeNote(`“${plan.name}” was archived.`, {
      label: 'Undo',
      perform: () => void archivePlan(plan, false),
    });
  }
  await refreshLibrary();
}

export async function deletePlan(plan: PlanSummary): Promise<void> {
  const deleted = await invoke('plan.delete', { id: plan.id });
  if (!deleted.ok) noticeFailure(deleted.error);
  else {
    noticeNote(`“${plan.name}” was deleted.`, {
      label: 'Undo',
      perform: () => void undeletePlan(plan.id),
    });
  }
  await refreshLibrary();
}

async function undeletePlan(id: string): Promise<void> {
  const restored = await invoke('plan.undelete', { id });
  if (!restored.ok) noticeFailure(restored.error);
  await refreshLibrary();
}
