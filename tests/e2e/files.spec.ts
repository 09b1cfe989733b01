import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { canonicalPlan } from '@shared/plan/canonical';
import { fixturePlan } from '../fixtures/plan-fixture';
import { expect, test } from './support/app';
import { answerDialogs, ask, askOk, collect } from './support/bridge';

const everything = { search: '', includeArchived: true };

test('a copy saved through the dialog is canonical and opens again as the same plan', async ({
  launchApp,
  folder,
}) => {
  const { app, window } = await launchApp();
  const plan = fixturePlan();
  const { id } = await askOk(window, 'plan.create', { plan });
  const path = join(folder, 'A copy 试验.clusterplan');
  await answerDialogs(app, { save: path, open: path });
  expect(await askOk(window, 'file.save', { id })).toEqual({ path });
  expect(readFileSync(path, 'utf8')).toBe(canonicalPlan(plan));
  // The same document is not taken in twice.
  expect((await askOk(window, 'file.open', null))?.id).toBe(id);
  await answerDialogs(app, {});
  expect(await askOk(window, 'file.save', { id })).toBeNull();
  expect(await askOk(window, 'file.open', null)).toBeNull();
});

test('a plan file named on the command line opens in the window', async ({ launchApp, folder }) => {
  const path = join(folder, 'start.clusterplan');
  writeFileSync(path, canonicalPlan(fixturePlan({ name: 'Opened by double click' })));
  const { window } = await launchApp({ args: [path] });
  await expect(window.getByText('Opened by double click').first()).toBeVisible();
  expect((await askOk(window, 'library.list', everything)).map(({ name }) => name)).toEqual([
    'Opened by double click',
  ]);
});

test('a second start hands its file to the first and ends', async ({
  launchApp,
  folder,
  stage,
}) => {
  const { app, window, userData } = await launchApp();
  const path = join(folder, 'second.clusterplan');
  writeFileSync(path, canonicalPlan(fixturePlan({ name: 'From a second start' })));
  const second = spawn(
    stage.executable,
    [...stage.switches, `--user-data-dir=${userData}`, stage.project, path],
    {
      stdio: 'ignore',
    },
  );
  const [code] = (await once(second, 'exit')) as [number | null];
  expect(code).toBe(0);
  await expect(window.getByText('From a second start').first()).toBeVisible();
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

const broken: readonly [what: string, text: string, says: RegExp][] = [
  ['truncated', canonicalPlan(fixturePlan()).slice(0, 900), /cut off or damaged/],
  ['foreign', '{"name":"x"}', /not a Clusterwright plan/],
  [
    'newer',
    canonicalPlan(fixturePlan()).replace('"schemaVersion": 1', '"schemaVersion": 7'),
    /written by a newer Clusterwright/,
  ],
  [
    'wrong',
    canonicalPlan(fixturePlan()).replace('"tensorParallel": 8', '"tensorParallel": 0'),
    /layout\.tensorParallel: expected at least 1, found 0/,
  ],
];

for (const [what, text, says] of broken) {
  test(`a ${what} file gets one sentence in the window and changes nothing`, async ({
    launchApp,
    folder,
  }) => {
    const path = join(folder, `${what}.clusterplan`);
    writeFileSync(path, text);
    const { window } = await launchApp({ args: [path] });
    await expect(window.getByText(says).first()).toBeVisible();
    expect(await askOk(window, 'library.list', everything)).toEqual([]);
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
}

test('a target that cannot be written keeps what was there', async ({ launchApp, folder }) => {
  const { app, window } = await launchApp();
  const { id } = await askOk(window, 'plan.create', { plan: fixturePlan() });
  await answerDialogs(app, { save: join(folder, 'no such folder', 'a.clusterplan') });
  expect(await ask(window, 'file.save', { id })).toMatchObject({
    ok: false,
    error: { kind: 'cannot write' },
  });
});

test('the native menu names the last change and sends commands', async ({ launchApp }) => {
  const { app, window } = await launchApp();
  const commands = await collect(window, 'command');
  await askOk(window, 'menu.state', { undo: 'change of nodes', redo: null, hasPlan: true });
  const labels = await app.evaluate(({ Menu }) => {
    const menu = Menu.getApplicationMenu();
    menu?.getMenuItemById('view.theme.dark')?.click();
    return ['edit.undo', 'edit.redo'].map((id) => {
      const item = menu?.getMenuItemById(id);
      return [item?.label, item?.enabled];
    });
  });
  expect(labels).toEqual([
    ['Undo change of nodes', true],
    ['Redo', false],
  ]);
  await expect.poll(commands).toEqual([{ id: 'view.theme.dark' }]);
});

test('a page that does not answer cannot keep the app from quitting', async ({ launchApp }) => {
  const { app, window } = await launchApp();
  await collect(window, 'closing');
  const ended = once(app.process(), 'exit');
  await app.evaluate(({ ipcMain, app: electronApp }) => {
    ipcMain.removeAllListeners('clusterwright:close-confirmed');
    electronApp.quit();
  });
  const [code] = (await ended) as [number | null];
  expect(code).toBe(0);
});

test('a window that crashes is loaded again and says so', async ({ launchApp }) => {
  const { app, window } = await launchApp();
  const { id } = await askOk(window, 'plan.create', { plan: fixturePlan() });
  // This crash is meant; the fixture reports any other.
  window.removeAllListeners('crash');
  await app.evaluate(async ({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const isBack = new Promise((resolve) => contents?.once('did-finish-load', () => resolve(null)));
    contents?.forcefullyCrashRenderer();
    await isBack;
  });
  const text = () =>
    app.evaluate(async ({ BrowserWindow }) =>
      String(
        await BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
          'document.body.innerText',
        ),
      ),
    );
  await expect.poll(text).toContain('The window stopped working (crashed) and was loaded again.');
  const kept = await app.evaluate(
    async ({ BrowserWindow }, planId) =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
        `clusterwright.invoke('plan.open', { id: '${planId}' })`,
      ) as Promise<unknown>,
    id,
  );
  expect(kept).toMatchObject({ ok: true, value: { revision: 1 } });
});
