import type { Handlers } from '@shared/ipc/contract';
import { success } from '@shared/result';
import { fileNameFor, writeFileFor } from './plan-files';

export interface TablePorts {
  chooseFileToSave(suggestedName: string): Promise<string | null>;
  writeClipboard(text: string): Promise<void> | void;
  onWritten(path: string): void;
}

/** Copies tables and writes them to files. */
export function createTableHandlers(
  ports: TablePorts,
): Pick<Handlers, 'table.copy' | 'table.export'> {
  return {
    'table.copy': async ({ text }) => {
      await ports.writeClipboard(text);
      return success(null);
    },
    'table.export': async ({ title, format, base64 }) => {
      const path = await ports.chooseFileToSave(fileNameFor(title, format));
      if (path === null) return success(null);
      const written = await writeFileFor(path, Buffer.from(base64, 'base64'));
      if (written.ok) ports.onWritten(written.value.path);
      return written;
    },
  };
}
