import { app, type BrowserWindow, dialog, type FileFilter } from 'electron';
import { join } from 'node:path';
import { planFileExtension } from '@shared/plan/schema';

const planFilter: FileFilter = { name: 'Clusterwright plan', extensions: [planFileExtension] };
const pdfFilter: FileFilter = { name: 'PDF report', extensions: ['pdf'] };

/** What may be saved: the title of the dialog and what the file is called there. */
const savedKinds: readonly { readonly title: string; readonly filter: FileFilter }[] = [
  { title: 'Export the report', filter: pdfFilter },
  { title: 'Export the table', filter: { name: 'Comma-separated values', extensions: ['csv'] } },
  { title: 'Export the table', filter: { name: 'Spreadsheet', extensions: ['xlsx'] } },
];
const savedPlan = { title: 'Save a copy of the plan', filter: planFilter };

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
  const { title, filter } =
    savedKinds.find((kind) => suggestedName.endsWith(`.${kind.filter.extensions[0] ?? ''}`)) ??
    savedPlan;
  const { filePath } = await dialog.showSaveDialog(parent, {
    title,
    defaultPath: join(app.getPath('documents'), suggestedName),
    filters: [filter],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  });
  if (filePath === '') return null;
  const extension = `.${filter.extensions[0] ?? ''}`;
  return filePath.toLowerCase().endsWith(extension) ? filePath : filePath + extension;
}
