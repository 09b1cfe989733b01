import { type Database, userVersion } from './database';
import { createPlansRevisionsAndSettings } from './migrations/v1-plans-revisions-settings';

type DatabaseMigration = (database: Database) => void;

/** The entry at index n leads from version n to n + 1. */
export const databaseMigrations: readonly DatabaseMigration[] = [createPlansRevisionsAndSettings];

/**
 * Brings the database to the newest version in one transaction: either all steps apply, or none.
 * The caller has refused a newer database and taken a backup.
 */
export function migrateDatabase(
  database: Database,
  migrations: readonly DatabaseMigration[] = databaseMigrations,
): void {
  const pending = migrations.slice(userVersion(database));
  if (pending.length === 0) return;
  database
    .transaction(() => {
      for (const migration of pending) migration(database);
      const orphans = database.pragma('foreign_key_check');
      if (Array.isArray(orphans) && orphans.length > 0) {
        throw new Error(`A migration left ${orphans.length} rows without the row they refer to.`);
      }
      database.pragma(`user_version = ${migrations.length}`);
    })
    .immediate();
}
