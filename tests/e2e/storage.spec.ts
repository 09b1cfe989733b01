import BetterSqlite3 from 'better-sqlite3';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixturePlan } from '../fixtures/plan-fixture';
import { expect, test } from './support/app';
import { ask, askOk } from './support/bridge';

const everything = { search: '', includeArchived: true };

test('a plan, its revisions and the settings are there after quitting and starting again', async ({
  launchApp,
}) => {
  const first = await launchApp();
  const { id } = await askOk(first.window, 'plan.create', { plan: fixturePlan() });
  const changed = fixturePlan({ notes: 'changed' });
  await askOk(first.window, 'plan.save', {
    id,
    baseRevision: 1,
    plan: changed,
    label: 'Change notes',
  });
  await askOk(first.window, 'settings.set', { colorScheme: 'dark', paper: 'Letter' });
  await first.close();

  const second = await launchApp({ userData: first.userData });
  expect(await askOk(second.window, 'plan.open', { id })).toEqual({
    id,
    revision: 2,
    plan: changed,
    isArchived: false,
  });
  expect(await askOk(second.window, 'plan.revision', { id, revision: 1 })).toEqual(fixturePlan());
  expect((await askOk(second.window, 'plan.revisions', { id })).map(({ label }) => label)).toEqual([
    'Change notes',
    'Created',
  ]);
  expect(await askOk(second.window, 'settings.get', null)).toMatchObject({
    colorScheme: 'dark',
    paper: 'Letter',
  });
  expect(await second.app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
});

test('the window comes back where it was', async ({ launchApp }) => {
  const first = await launchApp();
  const bounds = await first.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.setBounds({ x: 60, y: 50, width: 900, height: 640 });
    return window?.getBounds();
  });
  await first.close();
  const second = await launchApp({ userData: first.userData });
  await expect
    .poll(() =>
      second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds()),
    )
    .toEqual(bounds);
});

test('killed in the middle of saving, the app has lost nothing that it acknowledged', async ({
  launchApp,
}) => {
  const first = await launchApp();
  const { id } = await askOk(first.window, 'plan.create', { plan: fixturePlan() });
  let acknowledged = 1;
  const ended = once(first.app.process(), 'exit');
  const saving = (async () => {
    for (;;) {
      const plan = fixturePlan({ notes: `after ${acknowledged}` });
      const saved = await ask(first.window, 'plan.save', {
        id,
        baseRevision: acknowledged,
        plan,
        label: 'Edit',
      });
      if (!saved.ok) throw new Error(saved.error.message);
      acknowledged = saved.value.revision;
      if (acknowledged === 25) first.app.process().kill('SIGKILL');
    }
  })().catch((error: unknown) => String(error));
  await ended;
  await saving;
  expect(acknowledged).toBeGreaterThanOrEqual(25);

  const second = await launchApp({ userData: first.userData });
  expect((await askOk(second.window, 'app.info', null)).startupNotice).toBeNull();
  const opened = await askOk(second.window, 'plan.open', { id });
  expect(opened.revision).toBeGreaterThanOrEqual(acknowledged);
  expect(opened.plan.notes).toBe(`after ${opened.revision - 1}`);
});

test('a deleted plan is gone from the library and comes back with its revisions', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  const { id } = await askOk(window, 'plan.create', { plan: fixturePlan() });
  await askOk(window, 'plan.delete', { id });
  expect(await askOk(window, 'library.list', everything)).toEqual([]);
  expect(await ask(window, 'plan.open', { id })).toMatchObject({
    ok: false,
    error: { kind: 'not found' },
  });
  await askOk(window, 'plan.undelete', { id });
  expect(
    (await askOk(window, 'library.list', { search: 'north HALL', includeArchived: false })).map(
      (plan) => plan.id,
    ),
  ).toEqual([id]);
});

test('a damaged library is moved aside, the backup opens, and the user reads both paths', async ({
  launchApp,
}) => {
  const first = await launchApp();
  const { id } = await askOk(first.window, 'plan.create', { plan: fixturePlan() });
  const backups = join(first.userData, 'backups');
  await first.close();
  // The first start backed up an empty library; the next one, a day later by its name, holds the plan.
  const database = new BetterSqlite3(join(first.userData, 'library.sqlite'));
  const backup = join(backups, 'library-2099-01-01T00-00-00Z.sqlite');
  database.prepare('VACUUM INTO ?').run(backup);
  database.close();
  writeFileSync(join(first.userData, 'library.sqlite'), 'x'.repeat(20_000));

  const second = await launchApp({ userData: first.userData });
  const { startupNotice } = await askOk(second.window, 'app.info', null);
  const [aside = ''] = readdirSync(first.userData).filter((name) => name.includes('.damaged-'));
  expect(readFileSync(join(first.userData, aside), 'utf8')).toBe('x'.repeat(20_000));
  expect(startupNotice).toContain(join(first.userData, aside));
  expect(startupNotice).toContain(backup);
  await expect(second.window.getByText(startupNotice ?? 'no notice')).toBeVisible();
  expect((await askOk(second.window, 'plan.open', { id })).plan).toEqual(fixturePlan());
});

test('a library of a newer version is refused in one sentence and left alone', async ({
  launchApp,
}) => {
  const first = await launchApp();
  await askOk(first.window, 'plan.create', { plan: fixturePlan() });
  await first.close();
  const path = join(first.userData, 'library.sqlite');
  const database = new BetterSqlite3(path);
  database.pragma('user_version = 99');
  database.close();
  const before = readFileSync(path);

  const second = await launchApp({ userData: first.userData });
  const answer = await ask(second.window, 'library.list', everything);
  expect(answer).toMatchObject({ ok: false, error: { kind: 'newer version' } });
  await expect(second.window.getByText(/update Clusterwright to open it/).first()).toBeVisible();
  await second.close();
  expect(readFileSync(path)).toEqual(before);
});

test('a library that cannot be opened leaves a window that says so', async ({
  launchApp,
  folder,
}) => {
  const userData = join(folder, 'user-data-blocked');
  mkdirSync(join(userData, 'library.sqlite', 'occupied'), { recursive: true, mode: 0o777 });
  const { window } = await launchApp({ userData });
  expect(await ask(window, 'library.list', everything)).toMatchObject({
    ok: false,
    error: { kind: 'cannot write' },
  });
  await expect(window.getByText(/cannot be used right now/).first()).toBeVisible();
});
