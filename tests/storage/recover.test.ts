import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listBackups, takeBackup } from '../../src/main/storage/backup';
import { openDatabase, userVersion } from '../../src/main/storage/database';
import { databaseMigrations } from '../../src/main/storage/migrate-database';
import { PlanStore } from '../../src/main/storage/plan-store';
import { type OpenedLibrary, openLibrary } from '../../src/main/storage/recover';
import { fixturePlan } from '../fixtures/plan-fixture';
import { asOrdinaryUser, temporaryFolder, tickingClock } from './support';

const now = new Date('2026-11-23T12:00:00Z');

function newPaths(): { databasePath: string; backupFolder: string } {
  const folder = temporaryFolder();
  return { databasePath: join(folder, 'library.sqlite'), backupFolder: join(folder, 'backups') };
}

async function opened(paths: {
  databasePath: string;
  backupFolder: string;
}): Promise<OpenedLibrary> {
  const result = await openLibrary(paths, now);
  if (!result.ok) throw new Error(result.error.message);
  onTestFinished(() => {
    result.value.database.close();
  });
  return result.value;
}

function names({ database }: OpenedLibrary): string[] {
  const store = new PlanStore(database, { engineVersion: 'test', now: tickingClock() });
  return store.list(true).map((plan) => plan.name);
}

/** A library with a backup holding 'backed up' and a later plan 'later'. */
async function libraryWithBackup(): Promise<ReturnType<typeof newPaths>> {
  const paths = newPaths();
  const { database } = await opened(paths);
  const store = new PlanStore(database, { engineVersion: 'test', now: tickingClock() });
  store.create(fixturePlan({ name: 'backed up' }), 'Created');
  await takeBackup(database, paths.backupFolder, new Date('2026-11-22T08:30:00Z'));
  store.create(fixturePlan({ name: 'later' }), 'Created');
  database.close();
  return paths;
}

test('a first start makes an empty library and says nothing', async () => {
  const library = await opened(newPaths());
  expect(library.notice).toBeNull();
  expect(userVersion(library.database)).toBe(databaseMigrations.length);
});

test('a sound library opens as it is', async () => {
  const library = await opened(await libraryWithBackup());
  expect(library.notice).toBeNull();
  expect(names(library).toSorted()).toEqual(['backed up', 'later']);
});

test.each<[string, (path: string) => void]>([
  [
    'overwritten with text',
    (path) => writeFileSync(path, 'this is not a database at all, not even close'),
  ],
  ['cut in half', (path) => truncateSync(path, Math.floor(readFileSync(path).length / 2))],
  [
    'with its middle overwritten',
    (path) => {
      const bytes = readFileSync(path);
      writeFileSync(path, bytes.fill(0xa5, 4_096, bytes.length - 100));
    },
  ],
])('a database %s is moved aside whole and the backup opens', async (_what, damage) => {
  const paths = await libraryWithBackup();
  damage(paths.databasePath);
  const damaged = readFileSync(paths.databasePath);
  const library = await opened(paths);
  const aside = `${paths.databasePath}.damaged-2026-11-23T12-00-00Z`;
  expect(names(library)).toEqual(['backed up']);
  expect(library.notice).toContain(aside);
  expect(library.notice).toContain(join(paths.backupFolder, 'library-2026-11-22T08-30-00Z.sqlite'));
  expect(library.notice).toContain('2026-11-22 08:30 UTC');
  expect(readFileSync(aside)).toEqual(damaged);
  expect(listBackups(paths.backupFolder)).toHaveLength(1);
});

test.each<[string, (path: string) => void]>([
  ['emptied', (path) => truncateSync(path, 0)],
  ['gone, as after an interrupted repair', (path) => renameSync(path, `${path}.elsewhere`)],
])('a database %s is restored from the backup', async (_what, lose) => {
  const paths = await libraryWithBackup();
  lose(paths.databasePath);
  const library = await opened(paths);
  expect(names(library)).toEqual(['backed up']);
  expect(library.notice).toContain('was opened in its place');
});

test('a stale write-ahead log is not replayed into the restored library', async () => {
  const paths = await libraryWithBackup();
  const database = openDatabase(paths.databasePath);
  database.pragma('wal_autocheckpoint = 0');
  database.prepare("UPDATE plan SET name = 'from the log'").run();
  copyFileSync(`${paths.databasePath}-wal`, `${paths.databasePath}-wal.copy`);
  database.close();
  renameSync(paths.databasePath, `${paths.databasePath}.elsewhere`);
  renameSync(`${paths.databasePath}-wal.copy`, `${paths.databasePath}-wal`);
  expect(names(await opened(paths))).toEqual(['backed up']);
});

test('a damaged backup is passed over for an older good one', async () => {
  const paths = await libraryWithBackup();
  writeFileSync(join(paths.backupFolder, 'library-2026-11-23T00-00-00Z.sqlite'), 'nothing good');
  writeFileSync(paths.databasePath, 'nothing good either');
  const library = await opened(paths);
  expect(names(library)).toEqual(['backed up']);
  expect(library.notice).toContain('2026-11-22T08-30-00Z');
});

test('without any backup a new library opens and the damaged one is kept', async () => {
  const paths = newPaths();
  writeFileSync(paths.databasePath, 'damaged from the start');
  const library = await opened(paths);
  expect(names(library)).toEqual([]);
  expect(library.notice).toMatch(/kept as “.*\.damaged-.*”; no good backup was found/);
  expect(
    readdirSync(join(paths.databasePath, '..')).filter((name) => name.includes('damaged')),
  ).toHaveLength(1);
});

test('a newer library is refused in one sentence and not touched', async () => {
  const paths = await libraryWithBackup();
  const database = openDatabase(paths.databasePath);
  database.pragma(`user_version = ${databaseMigrations.length + 1}`);
  database.close();
  const before = readFileSync(paths.databasePath);
  const result = await openLibrary(paths, now);
  expect(result).toMatchObject({ ok: false, error: { kind: 'newer version' } });
  expect(readFileSync(paths.databasePath)).toEqual(before);
  expect(existsSync(`${paths.databasePath}.damaged-2026-11-23T12-00-00Z`)).toBe(false);
});

test('a folder that cannot be written gives a sentence naming the library', async () => {
  const paths = newPaths();
  const folder = join(paths.databasePath, '..');
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o555);
  const result = await asOrdinaryUser(() => openLibrary(paths, now));
  chmodSync(folder, 0o755);
  expect(result).toMatchObject({ ok: false, error: { kind: 'cannot write' } });
  expect(result.ok ? '' : result.error.message).toContain(paths.databasePath);
  expect(readdirSync(folder)).toEqual([]);
});
