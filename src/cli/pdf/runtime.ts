import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CommandFailure } from '../io';

/** The Electron that runs the application, and what it must be told. */
export interface Runtime {
  readonly executable: string;
  readonly args: readonly string[];
}

const recorded = z.object({ executable: z.string(), args: z.array(z.string()) });

const installedNames: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  linux: ['clusterwright', 'Clusterwright'],
  win32: ['Clusterwright.exe'],
  darwin: ['../MacOS/Clusterwright'],
};

/**
 * The application's executable: of an installed package the one beside its resources, of a checkout the Electron that
 * the set-up wrote down.
 */
export function findRuntime(root: string, platform: NodeJS.Platform = process.platform): Runtime {
  const beside = (installedNames[platform] ?? [])
    .map((name) => join(root, '..', platform === 'darwin' ? '' : '..', name))
    .find((path) => isInResources(root) && existsSync(path));
  if (beside !== undefined) return { executable: beside, args: [] };
  const file = join(root, 'node_modules/.cache/clusterwright/runtime.json');
  if (existsSync(file)) {
    const read = recorded.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    if (read.success && existsSync(read.data.executable)) {
      return { executable: read.data.executable, args: [...read.data.args, root] };
    }
  }
  throw new CommandFailure(
    'The application that draws the report was not found, so no PDF was written. Run `npm run setup` and then this command again.',
  );
}

function isInResources(root: string): boolean {
  return /[\\/]resources[\\/]app(\.asar)?$/i.test(root);
}
