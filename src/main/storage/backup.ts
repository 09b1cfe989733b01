import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, isSound, openDatabase } from './database';
import { syncFile, syncFolder } from './durable-file';

/** A closed copy of the database. */
export interface Backup {
  readonly path: string;
  readonly takenAt: Date;
}

const namePattern = /^library-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z\.sqlite$/;

/** The backups in a folder, newest first. */
export function listBackups(folder: string): Backup[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const [, day, hour, minute, second] = namePattern.exec(name) ?? [];
      if (day === undefined) return [];
      const takenAt = new Date(`${day}T${hour ?? ''}:${minute ?? ''}:${second ?? ''}Z`);
      return [{ path: join(folder, name), takenAt }];
    })
    .sort((a, b) => b.takenAt.getTime() - a.takenAt.getTime());
}

/**
 * Copies the database page by page while it may be in use; a WAL database must never be copied as a file.
 * The copy gets its name only when it is whole, checked and on the disk.
 */
export async function takeBackup(database: Database, folder: string, now: Date): Promise<Backup> {
  mkdirSync(folder, { recursive: true });
  const stamp = now.toISOString().slice(0, 19).replaceAll(':', '-');
  const path = join(folder, `library-${stamp}Z.sqlite`);
  const unfinished = `${path}.unfinished`;
  for (const left of readdirSync(folder).filter((name) => name.endsWith('.unfinished'))) {
    rmSync(join(folder, left));
  }
  await database.backup(unfinished);
  const copy = openDatabase(unfinished);
  try {
    // A backup is one file: leaving WAL removes the side files.
    copy.pragma('journal_mode = DELETE');
    if (!isSound(copy)) throw new Error(`The backup ${unfinished} does not read well.`);
  } finally {
    copy.close();
  }
  syncFile(unfinished);
  renameSync(unfinished, path);
  syncFolder(folder);
  return { path, takenAt: now };
}

const millisecondsPerDay = 86_400_000;

/** Whether the newest backup is a day old or more, or there is none. */
export function isBackupDue(backups: readonly Backup[], now: Date): boolean {
  const [newest] = backups;
  return newest === undefined || now.getTime() - newest.takenAt.getTime() >= millisecondsPerDay;
}

/**
 * Which backups may go: of the last 14 days every one stays, then the newest of each week for 12 weeks,
 * then the newest of each 30 days. The three newest always stay, however old they are.
 */
export function backupsToRemove(backups: readonly Backup[], now: Date): Backup[] {
  const kept = new Set<string>();
  return backups
    .toSorted((a, b) => b.takenAt.getTime() - a.takenAt.getTime())
    .filter((backup, index) => {
      const period = periodOf((now.getTime() - backup.takenAt.getTime()) / millisecondsPerDay);
      if (index < 3 || period === null) {
        if (period !== null) kept.add(period);
        return false;
      }
      if (kept.has(period)) return true;
      kept.add(period);
      return false;
    });
}

/** The span of time of which one backup is enough; null where every backup stays. */
function periodOf(ageDays: number): string | null {
  if (ageDays < 14) return null;
  if (ageDays < 14 + 12 * 7) return `week ${Math.floor(ageDays / 7)}`;
  return `month ${Math.floor(ageDays / 30)}`;
}

/** The daily routine: a backup when one is due, then the old ones thinned out. */
export async function keepBackups(database: Database, folder: string, now: Date): Promise<void> {
  if (!isBackupDue(listBackups(folder), now)) return;
  await takeBackup(database, folder, now);
  for (const backup of backupsToRemove(listBackups(folder), now)) rmSync(backup.path);
}
