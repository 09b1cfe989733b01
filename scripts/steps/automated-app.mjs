import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDisplay } from './display.mjs';
import { prepare } from './prepare.mjs';
import { hasDisplay, projectFolder } from './project.mjs';
import { electronSwitches } from './runtime.mjs';

/**
 * Opens the built app under automation, on a display and a data folder of its own, and leaves neither behind. `use` gets the
 * app, its first window with content of the given size, and how Electron was started; what it returns is returned.
 */
export async function withApp({ width, height, switches = [], files = [] }, use) {
  const electron = await prepare();
  const display = hasDisplay ? null : await startDisplay();
  const userData = mkdtempSync(join(tmpdir(), 'clusterwright-automated-'));
  const { _electron } = await import('@playwright/test');
  const environment = { ...process.env, ...display?.environment };
  const app = await _electron.launch({
    executablePath: electron.executable,
    args: [
      ...electronSwitches(),
      ...switches,
      `--user-data-dir=${userData}`,
      projectFolder,
      ...files,
    ],
    env: environment,
  });
  try {
    const window = await app.firstWindow();
    await app.evaluate(
      ({ BrowserWindow }, size) => {
        BrowserWindow.getAllWindows()[0].setContentSize(size.width, size.height);
      },
      { width, height },
    );
    return await use({ app, window, electron, environment });
  } finally {
    await app.close();
    await display?.stop();
    rmSync(userData, { recursive: true, force: true });
  }
}
