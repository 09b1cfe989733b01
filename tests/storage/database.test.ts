import { chmodSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isSound, openDatabase, sqliteVersion, userVersion } from '../../src/main/storage/database';
import { databaseMigrations, migrateDatabase } from '../../src/main/storage/migrate-database';
import { temporaryFolder, temporaryLibrary } from './support';

test('what makes a save survive a power cut is switched on', () => {
  const { database } = temporaryLibrary();
  expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(database.pragma('synchronous', { simple: true })).toBe(2);
  expect(database.pragma('foreign_keys', { simple: true })).toBe(1);
  expect(database.pragma('busy_timeout', { simple: true })).toBe(5_000);
  expect(isSound(database)).toBe(true);
  expect(sqliteVersion(database)).toMatch(/^3\.\d+\.\d+$/);
});

test('every table is strict', () => {
  const { database } = temporaryLibrary();
  const tables = database
    .prepare(
      "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .all();
  expect(tables).toEqual(
    expect.arrayContaining(['plan', 'revision', 'setting'].map((name) => ({ name, strict: 1 }))),
  );
  expect(tables).toHaveLength(3);
});

test('migrating twice changes nothing', () => {
  const { database } = temporaryLibrary();
  database.prepare("INSERT INTO setting VALUES ('a', '1')").run();
  migrateDatabase(database);
  expect(userVersion(database)).toBe(databaseMigrations.length);
  expect(database.prepare('SELECT count(*) FROM setting').pluck().get()).toBe(1);
});

test('a migration that fails leaves the database as it was, version included', () => {
  const { database } = temporaryLibrary();
  const version = userVersion(database);
  const failing = [
    ...databaseMigrations,
    () => database.exec('CREATE TABLE half (id INTEGER) STRICT'),
    () => database.exec('INSERT INTO nowhere VALUES (1)'),
  ];
  expect(() => migrateDatabase(database, failing)).toThrow('no such table: nowhere');
  expect(userVersion(database)).toBe(version);
  expect(
    database.prepare("SELECT count(*) FROM sqlite_schema WHERE name = 'half'").pluck().get(),
  ).toBe(0);
});

test('a migration that orphans rows is refused', () => {
  const { database } = temporaryLibrary();
  database.pragma('foreign_keys = OFF');
  const orphaning = [
    ...databaseMigrations,
    () =>
      database
        .prepare("INSERT INTO revision VALUES ('gone', 1, '{}', 1, 'x', ?, 'l', 't')")
        .run('0'.repeat(64)),
  ];
  expect(() => migrateDatabase(database, orphaning)).toThrow('left 1 rows');
  expect(database.prepare('SELECT count(*) FROM revision').pluck().get()).toBe(0);
});

test('a file that is no database is not opened, and no handle stays on it', () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o700);
  expect(() => openDatabase(folder)).toThrow(/unable to open/);
  expect(readdirSync(join(folder))).toEqual([]);
});
