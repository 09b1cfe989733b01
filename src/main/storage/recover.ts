import { existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { failure, type Result, success } from '@shared/result';
import { type Backup, listBackups, takeBackup } from './backup';
import { type Database, isSound, openDatabase, openReadOnly, userVersion } from './database';
import { syncFile, syncFolder } from './durable-file';
import { databaseMigrations, migrateDatabase } from './migrate-database';
import { isDamage, storageFailure } from './storage-failure';

export interface OpenedLibrary {
  readonly database: Database;
  /** one sentence when something had to be repaired */
  readonly notice: string | null;
}

interface LibraryPaths {
  readonly databasePath: string;
  readonly backupFolder: string;
}

/**
 * Opens the library whatever state it is in. A damaged database is moved aside, never deleted, and the newest
 * good backup takes its place; a newer one, or one that cannot be written, is left alone and reported.
 */
export async function openLibrary(paths: LibraryPaths, now: Date): Promise<Result<OpenedLibrary>> {
  try {
    mkdirSync(dirname(paths.databasePath), { recursive: true });
    const notice = repair(paths, now);
    const database = openDatabase(paths.databasePath);
    try {
      const refused = await bringUpToDate(database, paths, now);
      if (refused !== null) {
        database.close();
        return refused;
      }
      return success({ database, notice });
    } catch (error) {
      database.close();
      throw error;
    }
  } catch (error) {
    const known = storageFailure(error, paths.databasePath);
    if (known !== null) return { ok: false, error: known };
    throw error;
  }
}

async function bringUpToDate(
  database: Database,
  paths: LibraryPaths,
  now: Date,
): Promise<Result<never> | null> {
  const version = userVersion(database);
  const newest = databaseMigrations.length;
  if (version > newest) {
    return failure(
      'newer version',
      `The plan library “${paths.databasePath}” was written by a newer Clusterwright (library version ${version}; this one reads up to ${newest}). It was not changed; update Clusterwright to open it.`,
    );
  }
  if (version > 0 && version < newest) await takeBackup(database, paths.backupFolder, now);
  migrateDatabase(database);
  return null;
}

/** Puts a sound database in place of a damaged or lost one. Returns what the user should know of it. */
function repair({ databasePath, backupFolder }: LibraryPaths, now: Date): string | null {
  const backups = listBackups(backupFolder);
  const isLost = !existsSync(databasePath) || statSync(databasePath).size === 0;
  // An interrupted repair leaves the database moved aside and nothing in its place: then it goes on here.
  if (isLost && backups.length === 0) return null;
  if (!isLost && readsWell(databasePath)) return null;

  const aside = moveAside(databasePath, now);
  const restored = restoreNewest(backups, databasePath);
  const kept =
    aside === null
      ? `The plan library “${databasePath}” was missing`
      : `The plan library was damaged and was kept as “${aside}”`;
  return restored === null
    ? `${kept}; no good backup was found in “${backupFolder}”, so a new, empty library was opened at “${databasePath}”.`
    : `${kept}; the backup “${restored.path}” was opened in its place, so changes made after ${restored.takenAt.toISOString().slice(0, 16).replace('T', ' ')} UTC may be missing.`;
}

function readsWell(path: string): boolean {
  let database: Database | null = null;
  try {
    database = openDatabase(path);
    // A newer database may hold what this SQLite cannot judge; it is refused later, untouched.
    return userVersion(database) > databaseMigrations.length || isSound(database);
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  } finally {
    database?.close();
  }
}

/**
 * Renames the database and its side files. The side files go too when the database itself is gone:
 * an old write-ahead log beside a restored database would be replayed into it.
 */
function moveAside(databasePath: string, now: Date): string | null {
  const aside = `${databasePath}.damaged-${now.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
  const moved = ['', '-wal', '-shm'].filter((suffix) => existsSync(databasePath + suffix));
  for (const suffix of moved) renameSync(databasePath + suffix, aside + suffix);
  return moved.includes('') ? aside : null;
}

function restoreNewest(backups: readonly Backup[], databasePath: string): Backup | null {
  for (const backup of backups) {
    if (copySoundBackup(backup.path, databasePath)) return backup;
  }
  return null;
}

function copySoundBackup(backupPath: string, databasePath: string): boolean {
  const unfinished = `${databasePath}.unfinished`;
  rmSync(unfinished, { force: true });
  let backup: Database | null = null;
  try {
    backup = openReadOnly(backupPath);
    if (userVersion(backup) > databaseMigrations.length || !isSound(backup)) return false;
    backup.prepare('VACUUM INTO ?').run(unfinished);
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  } finally {
    backup?.close();
  }
  syncFile(unfinished);
  renameSync(unfinished, databasePath);
  syncFolder(dirname(databasePath));
  return true;
}
