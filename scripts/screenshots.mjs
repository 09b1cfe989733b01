// Takes the README's screenshots from the real app: `node scripts/screenshots.mjs`.
import './steps/node-version.mjs';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { withApp } from './steps/automated-app.mjs';
import { runScript } from './steps/failure.mjs';
import { inProject } from './steps/project.mjs';

const size = { width: 1440, height: 900 };
const templates = ['Chat fleet for 20,000 users', 'DeepSeek-V3', 'Llama 3 405B'];

await runScript(() => withApp(size, ({ window }) => takeScreenshots(window)));

async function takeScreenshots(window) {
  const folder = inProject('docs/screenshots');
  mkdirSync(folder, { recursive: true });
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
  return 0;
}
