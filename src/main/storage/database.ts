import BetterSqlite3 from 'better-sqlite3';

/** A connection to the library; nothing outside storage/ names the SQLite package. */
export type Database = BetterSqlite3.Database;

const busyTimeoutMs = 5_000;

/**
 * Opens a database for reading and writing. WAL with synchronous=FULL: once a save is acknowledged,
 * it survives a killed process and a power cut.
 */
export function openDatabase(path: string): Database {
  const database = new BetterSqlite3(path, { timeout: busyTimeoutMs });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('foreign_keys = ON');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Opens a closed backup to look at it. */
export function openReadOnly(path: string): Database {
  return new BetterSqlite3(path, { readonly: true, fileMustExist: true, timeout: busyTimeoutMs });
}

export function userVersion(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/** Whether every page and index of the database reads well. */
export function isSound(database: Database): boolean {
  return database.pragma('quick_check(1)', { simple: true }) === 'ok';
}

export function sqliteVersion(database: Database): string {
  return String(database.prepare('SELECT sqlite_version()').pluck().get());
}
