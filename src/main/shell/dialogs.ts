import { app, type BrowserWindow, dialog, type FileFilter } from 'electron';
import { join } from 'node:path';
import { planFileExtension } from '@shared/plan/schema';

const planFilter: FileFilter = { name: 'Clusterwright plan', extensions: [planFileExtension] };
const pdfFilter: FileFilter = { name: 'PDF report', extensions: ['pdf'] };

/** Asks for a plan, or a PDF that carries one; null when cancelled. */
export async function chooseFileToOpen(parent: BrowserWindow): Promise<string | null> {
  const { filePaths } = await dialog.showOpenDialog(parent, {
    title: 'Open a plan',
    properties: ['openFile'],
    filters: [
      { name: 'Plans and reports', extensions: [planFileExtension, 'pdf'] },
      planFilter,
      pdfFilter,
    ],
  });
  return filePaths[0] ?? null;
}

/** Asks where to save; the suggested name's extension says what. Null when cancelled. */
export async function chooseFileToSave(
  parent: BrowserWindow,
  suggestedName: string,
): Promise<string | null> {
  const filter = suggestedName.endsWith('.pdf') ? pdfFilter : planFilter;
  const { filePath } = await dialog.showSaveDialog(parent, {
    title: filter === pdfFilter ? 'Export the report' : 'Save a copy of the plan',
    defaultPath: join(app.getPath('documents'), suggestedName),
    filters: [filter],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  if (filePath === '') return null;
  const extension = `.${filter.extensions[0] ?? ''}`;
  return filePath.toLowerCase().endsWith(extension) ? filePath : filePath + extension;
}
