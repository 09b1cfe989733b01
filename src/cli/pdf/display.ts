import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CommandFailure } from '../io';

interface Display {
  readonly environment: NodeJS.ProcessEnv;
  readonly stop: () => Promise<void>;
}

interface DisplayModule {
  readonly startDisplay: () => Promise<Display>;
}

function isDisplayModule(module: unknown): module is DisplayModule {
  return typeof module === 'object' && module !== null && 'startDisplay' in module;
}

/** The display that the application draws on: the user's, or on Linux without one a display of its own. */
export async function openDisplay(root: string): Promise<Display> {
  const hasOne =
    process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  if (hasOne) return { environment: {}, stop: () => Promise.resolve() };
  const file = join(root, 'scripts/steps/display.mjs');
  if (!existsSync(file)) {
    throw new CommandFailure(
      'There is no display to draw the report on, so no PDF was written. Run the command with a display, such as under xvfb-run.',
    );
  }
  // Resolved at run time: the script belongs to the checkout and is not part of the bundle.
  const module: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href);
  if (!isDisplayModule(module)) throw new CommandFailure(`${file} offers no display.`);
  try {
    return await module.startDisplay();
  } catch (error) {
    throw new CommandFailure(
      error instanceof Error ? error.message : 'No display could be started.',
    );
  }
}
