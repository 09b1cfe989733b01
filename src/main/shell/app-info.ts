import { app } from 'electron';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { AppInfo } from '@shared/ipc/contract';

interface LibraryFacts {
  readonly sqlite: string;
  readonly databasePath: string;
  readonly backupFolder: string;
  readonly startupNotice: string | null;
}

/** What the About screen shows: versions, where the data lives, and which Electron this really is. */
export function appInfo(library: LibraryFacts): AppInfo {
  return {
    version: app.getVersion(),
    electron: process.versions.electron,
    chromium: process.versions.chrome,
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    runtime: runtimeName(),
    ...library,
  };
}

/** scripts/setup.mjs leaves a marker beside the stand-in that it uses where the official Electron cannot be had. */
function runtimeName(): string {
  return existsSync(join(dirname(process.execPath), 'stand-in.json'))
    ? `A stand-in build of Electron ${process.versions.electron}, because the official one could not be downloaded.`
    : 'official';
}
