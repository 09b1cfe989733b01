import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  type Backup,
  backupsToRemove,
  isBackupDue,
  keepBackups,
  listBackups,
  takeBackup,
} from '../../src/main/storage/backup';
import { openReadOnly } from '../../src/main/storage/database';
import { fixturePlan } from '../fixtures/plan-fixture';
import { temporaryFolder, temporaryStore } from './support';

const now = new Date('2026-11-23T12:00:00Z');

function daysAgo(days: number): Backup {
  return { path: `${days}`, takenAt: new Date(now.getTime() - days * 86_400_000) };
}

test('a backup holds what is still in the write-ahead log, in one file that reads on its own', async () => {
  const { store, database } = temporaryStore();
  database.pragma('wal_autocheckpoint = 0');
  store.create(fixturePlan(), 'Created');
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'library-2026-11-22T12-00-00Z.sqlite.unfinished'), 'interrupted');
  const backup = await takeBackup(database, folder, now);
  expect(readdirSync(folder)).toEqual(['library-2026-11-23T12-00-00Z.sqlite']);
  const copy = openReadOnly(backup.path);
  expect(copy.prepare('SELECT count(*) FROM revision').pluck().get()).toBe(1);
  copy.close();
});

test('only finished backups are listed, newest first', () => {
  const folder = temporaryFolder();
  for (const name of [
    'library-2026-01-01T00-00-00Z.sqlite',
    'library-2026-01-02T00-00-00Z.sqlite',
    'library-2026-01-03T00-00-00Z.sqlite.unfinished',
    'notes.txt',
  ]) {
    writeFileSync(join(folder, name), '');
  }
  expect(listBackups(folder).map((backup) => backup.takenAt.toISOString())).toEqual([
    '2026-01-02T00:00:00.000Z',
    '2026-01-01T00:00:00.000Z',
  ]);
  expect(listBackups(join(folder, 'missing'))).toEqual([]);
});

test('a backup is due when there is none or the newest is a day old', () => {
  expect(isBackupDue([], now)).toBe(true);
  expect(isBackupDue([daysAgo(0.9)], now)).toBe(false);
  expect(isBackupDue([daysAgo(1), daysAgo(2)], now)).toBe(true);
});

test('a year of daily backups thins out to days, weeks and months', () => {
  const year = Array.from({ length: 366 }, (_, day) => daysAgo(day));
  const removed = new Set(backupsToRemove(year, now).map((backup) => backup.path));
  const kept = year
    .filter((backup) => !removed.has(backup.path))
    .map((backup) => Number(backup.path));
  expect(kept.slice(0, 14)).toEqual(Array.from({ length: 14 }, (_, day) => day));
  expect(kept.slice(14, 26)).toEqual(Array.from({ length: 12 }, (_, week) => 14 + 7 * week));
  expect(kept.slice(26)).toEqual([98, 120, 150, 180, 210, 240, 270, 300, 330, 360]);
});

test('thinning again removes nothing more, and the three newest stay however old', () => {
  const year = Array.from({ length: 366 }, (_, day) => daysAgo(day));
  const removed = new Set(backupsToRemove(year, now));
  expect(
    backupsToRemove(
      year.filter((backup) => !removed.has(backup)),
      now,
    ),
  ).toEqual([]);
  expect(backupsToRemove([daysAgo(400), daysAgo(401), daysAgo(402)], now)).toEqual([]);
});

test('the daily routine takes one, keeps it, and does nothing more that day', async () => {
  const { database } = temporaryStore();
  const folder = join(temporaryFolder(), 'backups');
  await keepBackups(database, folder, now);
  await keepBackups(database, folder, new Date(now.getTime() + 3_600_000));
  expect(listBackups(folder)).toHaveLength(1);
  await keepBackups(database, folder, new Date(now.getTime() + 86_400_000));
  expect(listBackups(folder)).toHaveLength(2);
  expect(existsSync(join(folder, 'library-2026-11-24T12-00-00Z.sqlite'))).toBe(true);
});
