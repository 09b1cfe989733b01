import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type Database, openDatabase } from '../../src/main/storage/database';
import { migrateDatabase } from '../../src/main/storage/migrate-database';
import { PlanStore } from '../../src/main/storage/plan-store';

/** A new folder on the disk that goes when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clusterwright-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A migrated library on the disk, closed when the test ends. */
export function temporaryLibrary(folder = temporaryFolder()): { database: Database; path: string } {
  const path = join(folder, 'library.sqlite');
  const database = openDatabase(path);
  migrateDatabase(database);
  onTestFinished(() => {
    database.close();
  });
  return { database, path };
}

/** A clock that moves on by one second at every look. */
export function tickingClock(start = '2026-11-01T12:00:00Z'): () => Date {
  let time = Date.parse(start) - 1_000;
  return () => new Date((time += 1_000));
}

export function temporaryStore(now: () => Date = tickingClock()): {
  store: PlanStore;
  database: Database;
  path: string;
} {
  const { database, path } = temporaryLibrary();
  return { store: new PlanStore(database, { engineVersion: 'test', now }), database, path };
}

/** Runs a block without root's right to write everywhere, as the users of the app do. */
export async function asOrdinaryUser<Value>(block: () => Promise<Value> | Value): Promise<Value> {
  if (process.geteuid?.() !== 0) return block();
  process.seteuid?.(65_534);
  try {
    return await block();
  } finally {
    process.seteuid?.(0);
  }
}
