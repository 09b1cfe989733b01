import { create } from 'zustand';
import { setView } from '../../app/view-store';

interface ImportState {
  /** of the config.json, as chosen, dropped, pasted or typed */
  readonly text: string;
  /** what it came from; empty where it was pasted */
  readonly fileName: string;
}

const nothing: ImportState = { text: '', fileName: '' };

export const useModelImport = create<ImportState>(() => nothing);

export function setConfigText(text: string, fileName = ''): void {
  useModelImport.setState({ text, fileName });
}

/** Opens the dialog, with what was dropped on the window already in it. */
export function openModelImport(text = '', fileName = ''): void {
  setConfigText(text, fileName);
  setView({ dialog: 'import-model' });
}

export function closeModelImport(): void {
  useModelImport.setState(nothing);
  setView({ dialog: null });
}
