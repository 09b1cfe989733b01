import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './run.mjs';

/** Starts Electron on an empty window and tells whether Chromium's sandbox can be switched on here. */
export async function sandboxWorks({ executable, switches, environment, folder }) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "sandbox-probe", "main": "main.cjs" }');
  writeFileSync(join(folder, 'main.cjs'), program);
  const profile = `--user-data-dir=${join(folder, 'profile')}`;
  const result = await run(executable, [...switches, profile, folder], {
    env: { ...process.env, ...environment },
    timeoutMs: 60_000,
  });
  return result.ok && result.stdout.includes('window opened');
}

const program = `
const { app, BrowserWindow } = require('electron');
app.whenReady().then(async () => {
  const window = new BrowserWindow({ show: false, webPreferences: { sandbox: true } });
  await window.loadURL('data:text/html,<title>probe</title>');
  console.log('window opened');
  app.exit(0);
});
`;
