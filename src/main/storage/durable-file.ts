import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorCode } from './storage-failure';

/** Makes sure that a file's bytes are on the disk, not only in the system's memory. */
export function syncFile(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes sure that a rename in a folder is on the disk; Windows has no such call and needs none. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Replaces a file as a whole: written beside the target, flushed, renamed over it, read back and compared.
 * On any failure the old file is as it was and nothing is left beside it. A symbolic link keeps pointing
 * where it did: the file it points to is replaced.
 */
export async function writeFileDurably(path: string, bytes: Uint8Array): Promise<void> {
  const target = await realpath(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return path;
    throw error;
  });
  const unfinished = join(dirname(target), `.${basename(target).slice(0, 60)}.${randomUUID()}.tmp`);
  try {
    const mode = await stat(target).then(
      (old) => old.mode,
      () => 0o644,
    );
    const file = await open(unfinished, 'wx', mode);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  syncFolder(dirname(target));
  if (!(await readFile(target)).equals(bytes)) {
    throw new Error(`${target} reads back differently from what was written.`);
  }
}
