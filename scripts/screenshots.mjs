// Takes the README's screenshots from the real app: `node scripts/screenshots.mjs`.
import './steps/node-version.mjs';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDisplay } from './steps/display.mjs';
import { runScript } from './steps/failure.mjs';
import { prepare } from './steps/prepare.mjs';
import { hasDisplay, inProject, projectFolder } from './steps/project.mjs';
import { electronSwitches } from './steps/runtime.mjs';

const size = { width: 1440, height: 900 };
const templates = ['Chat fleet for 20,000 users', 'DeepSeek-V3', 'Llama 3 405B'];

await runScript(async () => {
  const electron = await prepare();
  const display = hasDisplay ? null : await startDisplay();
  const userData = mkdtempSync(join(tmpdir(), 'clusterwright-screenshots-'));
  const { _electron } = await import('@playwright/test');
  const app = await _electron.launch({
    executablePath: electron.executable,
    args: [...electronSwitches(), `--user-data-dir=${userData}`, projectFolder],
    env: { ...process.env, ...display?.environment },
  });
  try {
    await takeScreenshots(app, await app.firstWindow());
  } finally {
    await app.close();
    await display?.stop();
    rmSync(userData, { recursive: true, force: true });
  }
  return 0;
});

async function takeScreenshots(app, window) {
  const folder = inProject('docs/screenshots');
  mkdirSync(folder, { recursive: true });
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0].setContentSize(width, height);
  }, size);
  await window.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  for (const template of templates) {
    await window.getByRole('button', { name: new RegExp(`^${template}`) }).click();
    await window.getByRole('status').filter({ hasText: 'Saved' }).waitFor();
    if (template !== templates.at(-1)) {
      await window.getByRole('button', { name: 'Go to the library' }).click();
    }
  }
  await window.getByRole('tab', { name: 'Training' }).click();
  await window.screenshot({ path: join(folder, 'plan-light.png') });
  console.log('docs/screenshots/plan-light.png');

  await window.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await window.getByRole('button', { name: 'Go to the library' }).click();
  await window.getByRole('table', { name: 'Plans' }).waitFor();
  await window.screenshot({ path: join(folder, 'library-dark.png') });
  console.log('docs/screenshots/library-dark.png');
}
