import { planDocument } from '../document/document';
import { base64Of } from '../host/base64';
import { openModelImport } from '../features/model-import/import-store';
import { invoke } from '../host/host';
import { noticeFailure, noticeNote } from '../host/notices';
import { goToPlan } from './navigation';
import { noticeWritten } from './notice-written';
import { viewStore } from './view-store';

/** The id of the open plan once all of it is saved; null with a notice when it cannot be. */
async function savedPlanId(): Promise<string | null> {
  const isSaved = await planDocument.flush();
  const { id, save } = planDocument.store.getState();
  if (!isSaved && save.kind === 'failed') noticeFailure(save.failure);
  return isSaved ? id : null;
}

export async function saveNow(): Promise<void> {
  if ((await savedPlanId()) !== null) {
    noticeNote('Everything is saved. Clusterwright saves each change by itself.');
  }
}

export async function saveCopy(): Promise<void> {
  const id = await savedPlanId();
  if (id === null) return;
  const saved = await invoke('file.save', { id });
  if (!saved.ok) noticeFailure(saved.error);
  else if (saved.value) noticeWritten('A copy was saved', saved.value.path);
}

export async function exportPdf(): Promise<void> {
  const id = await savedPlanId();
  if (id === null) return;
  const written = await invoke('report.exportPdf', { id, paper: viewStore.getState().paper });
  if (!written.ok) noticeFailure(written.error);
  else if (written.value) noticeWritten('The PDF was written', written.value.path);
}

export async function openFile(): Promise<void> {
  await planDocument.flush();
  const opened = await invoke('file.open', null);
  if (!opened.ok) noticeFailure(opened.error);
  else if (opened.value) await goToPlan(opened.value.id);
}

/** A config.json becomes a model of the open plan. */
async function importConfig(file: File): Promise<void> {
  if (viewStore.getState().screen !== 'plan' || planDocument.store.getState().id === null) {
    noticeNote('A config.json is imported into a plan. Open one first, then drop the file again.');
    return;
  }
  openModelImport(await file.text(), file.name);
}

/** Takes files dropped on the window into the library and opens the last. */
export async function importFiles(dropped: readonly File[]): Promise<void> {
  const configs = dropped.filter(({ name }) => name.toLowerCase().endsWith('.json'));
  const files = dropped.filter((file) => !configs.includes(file));
  let lastId: string | null = null;
  for (const file of files) {
    const base64 = base64Of(new Uint8Array(await file.arrayBuffer()));
    const imported = await invoke('file.import', { name: file.name, base64 });
    if (imported.ok) lastId = imported.value.id;
    else noticeFailure(imported.error);
  }
  if (lastId !== null) await goToPlan(lastId);
  const [config] = configs;
  if (config !== undefined) await importConfig(config);
}
