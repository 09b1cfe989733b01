import type { Database } from '../database';

/** Version 1: plans, their revisions and the settings. A released migration is never edited. */
export function createPlansRevisionsAndSettings(database: Database): void {
  database.exec(`
    CREATE TABLE plan (
      id          TEXT PRIMARY KEY,
      name        TEXT NOT NULL,
      created_at  TEXT NOT NULL,
      updated_at  TEXT NOT NULL,
      archived_at TEXT,
      deleted_at  TEXT
    ) STRICT;

    CREATE TABLE revision (
      plan_id        TEXT    NOT NULL REFERENCES plan (id) ON DELETE CASCADE,
      number         INTEGER NOT NULL CHECK (number >= 1),
      document       TEXT    NOT NULL,
      schema_version INTEGER NOT NULL,
      engine_version TEXT    NOT NULL,
      sha256         TEXT    NOT NULL CHECK (length(sha256) = 64),
      label          TEXT    NOT NULL,
      saved_at       TEXT    NOT NULL,
      PRIMARY KEY (plan_id, number)
    ) STRICT;

    CREATE INDEX revision_sha256 ON revision (sha256);

    CREATE TABLE setting (
      key   TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT;
  `);
}
