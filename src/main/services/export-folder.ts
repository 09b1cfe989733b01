import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../storage/storage-failure';

/**
 * A browser profile of its own for one export run, so that a run beside the open application does not touch that one's.
 * Chromium writes to it until the very end; what an earlier run left is removed here.
 */
export function claimExportFolder(root: string, processId: number): string {
  if (existsSync(root)) {
    for (const name of readdirSync(root)) {
      if (!isRunning(Number(name))) rmSync(join(root, name), { recursive: true, force: true });
    }
  }
  const folder = join(root, String(processId));
  mkdirSync(folder, { recursive: true });
  return folder;
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}
