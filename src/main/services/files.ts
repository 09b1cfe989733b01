import { basename } from 'node:path';
import type { Handlers, OpenPlan } from '@shared/ipc/contract';
import { planFileExtension } from '@shared/plan/schema';
import { type Result, success } from '@shared/result';
import type { PlanStore } from '../storage/plan-store';
import { fileNameFor, readPlanBytes, readPlanFile, writePlanFile } from './plan-files';
import { addToLibrary, openNewest } from './plans';

/** The native dialogs; null when the user cancels. */
export interface FileDialogs {
  chooseFileToOpen(): Promise<string | null>;
  chooseFileToSave(suggestedName: string): Promise<string | null>;
}

type FileChannel = Extract<keyof Handlers, `file.${string}`>;

/** Opening, importing and saving plan files. */
export function createFileHandlers(
  store: Result<PlanStore>,
  dialogs: FileDialogs,
  onWritten: (path: string) => void,
): Pick<Handlers, FileChannel> {
  return {
    'file.open': async () => {
      if (!store.ok) return store;
      const path = await dialogs.chooseFileToOpen();
      return path === null ? success(null) : openFile(store, path);
    },
    'file.import': async ({ name, base64 }) => {
      if (!store.ok) return store;
      const plan = await readPlanBytes(Buffer.from(base64, 'base64'), name);
      return plan.ok ? success(addToLibrary(store.value, plan.value, name)) : plan;
    },
    'file.save': async ({ id }) => {
      if (!store.ok) return store;
      const open = openNewest(store.value, id);
      if (!open.ok) return open;
      const { plan } = open.value;
      const path = await dialogs.chooseFileToSave(fileNameFor(plan.name, planFileExtension));
      if (path === null) return success(null);
      const written = await writePlanFile(path, plan);
      if (written.ok) onWritten(written.value.path);
      return written;
    },
  };
}

/** Opens a file into the library: from the dialog, the command line, a double click or a second instance. */
export async function openFile(store: Result<PlanStore>, path: string): Promise<Result<OpenPlan>> {
  if (!store.ok) return store;
  const plan = await readPlanFile(path);
  return plan.ok ? success(addToLibrary(store.value, plan.value, basename(path))) : plan;
}
