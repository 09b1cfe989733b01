import { createHash, randomUUID } from 'node:crypto';
import type { Plan } from '@engine/plan';
import type { RevisionSummary } from '@shared/ipc/contract';
import { canonicalPlan } from '@shared/plan/canonical';
import { parsePlanText } from '@shared/plan/parse';
import { planSchemaVersion } from '@shared/plan/schema';
import { failure, type Result, success } from '@shared/result';
import type { Database } from './database';

/** A plan of the library without its document. */
export interface PlanRecord {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly revision: number;
  readonly isArchived: boolean;
}

export interface PlanStoreOptions {
  readonly engineVersion: string;
  readonly now: () => Date;
}

const daysUntilPurge = 30;

const recordColumns = `
  plan.id, plan.name, plan.created_at AS createdAt, plan.updated_at AS updatedAt,
  (SELECT max(number) FROM revision WHERE plan_id = plan.id) AS revision,
  plan.archived_at IS NOT NULL AS isArchived`;

interface Row extends Omit<PlanRecord, 'isArchived'> {
  readonly isArchived: number;
}

/** Plans and their revisions. A save only ever adds a revision, so nothing is overwritten. */
export class PlanStore {
  readonly #database: Database;
  readonly #options: PlanStoreOptions;

  constructor(database: Database, options: PlanStoreOptions) {
    this.#database = database;
    this.#options = options;
  }

  /** Plans that are not deleted, the last changed first. */
  list(includeArchived: boolean): PlanRecord[] {
    return this.#database
      .prepare<[number], Row>(
        `SELECT ${recordColumns} FROM plan
         WHERE deleted_at IS NULL AND (archived_at IS NULL OR ?)
         ORDER BY updated_at DESC, id`,
      )
      .all(includeArchived ? 1 : 0)
      .map(toRecord);
  }

  record(id: string): Result<PlanRecord> {
    const row = this.#database
      .prepare<[string], Row>(
        `SELECT ${recordColumns} FROM plan WHERE id = ? AND deleted_at IS NULL`,
      )
      .get(id);
    return row === undefined ? missing : success(toRecord(row));
  }

  /** The plan as it was at a revision, checked against the hash taken when it was saved. */
  plan(id: string, revision: number): Result<Plan> {
    const row = this.#database
      .prepare<[string, number], { document: string; sha256: string; name: string }>(
        `SELECT document, sha256, name FROM revision JOIN plan ON plan.id = plan_id WHERE plan_id = ? AND number = ?`,
      )
      .get(id, revision);
    if (row === undefined) return missing;
    if (sha256(row.document) !== row.sha256) {
      return failure(
        'storage damaged',
        `Revision ${revision} of “${row.name}” is damaged in the library. Its other revisions are kept: open the plan's versions and go back to the one before.`,
      );
    }
    return parsePlanText(row.document, row.name);
  }

  create(plan: Plan, label: string): PlanRecord {
    const id = randomUUID();
    const now = this.#options.now().toISOString();
    this.#database
      .transaction(() => {
        this.#database
          .prepare('INSERT INTO plan (id, name, created_at, updated_at) VALUES (?, ?, ?, ?)')
          .run(id, plan.name, now, now);
        this.#addRevision(id, 1, canonicalPlan(plan), label, now);
      })
      .immediate();
    return { id, name: plan.name, createdAt: now, updatedAt: now, revision: 1, isArchived: false };
  }

  /** Adds a revision on top of `baseRevision`, which must be the newest; the same document again adds none. */
  save(id: string, baseRevision: number, plan: Plan, label: string): Result<PlanRecord> {
    const document = canonicalPlan(plan);
    return this.#database
      .transaction((): Result<PlanRecord> => {
        const record = this.record(id);
        if (!record.ok) return record;
        if (record.value.revision !== baseRevision) {
          return failure(
            'conflict',
            `“${record.value.name}” was changed elsewhere (revision ${record.value.revision}; this change is based on ${baseRevision}). Both are kept: reopen the plan to see the newest, or duplicate yours.`,
          );
        }
        if (this.#hash(id, baseRevision) === sha256(document)) return record;
        const now = this.#options.now().toISOString();
        this.#addRevision(id, baseRevision + 1, document, label, now);
        this.#database
          .prepare('UPDATE plan SET name = ?, updated_at = ? WHERE id = ?')
          .run(plan.name, now, id);
        return this.record(id);
      })
      .immediate();
  }

  setArchived(id: string, isArchived: boolean): Result<PlanRecord> {
    this.#database
      .prepare('UPDATE plan SET archived_at = ? WHERE id = ? AND deleted_at IS NULL')
      .run(isArchived ? this.#options.now().toISOString() : null, id);
    return this.record(id);
  }

  /** Hides the plan; it stays in the database until `purge` finds it 30 days old. */
  delete(id: string): Result<null> {
    const { changes } = this.#database
      .prepare('UPDATE plan SET deleted_at = ? WHERE id = ? AND deleted_at IS NULL')
      .run(this.#options.now().toISOString(), id);
    return changes === 0 ? missing : success(null);
  }

  undelete(id: string): Result<PlanRecord> {
    this.#database.prepare('UPDATE plan SET deleted_at = NULL WHERE id = ?').run(id);
    return this.record(id);
  }

  /** Removes for good what was deleted more than 30 days ago. Returns how many plans went. */
  purge(): number {
    const limit = new Date(this.#options.now().getTime() - daysUntilPurge * 86_400_000);
    return this.#database.prepare('DELETE FROM plan WHERE deleted_at < ?').run(limit.toISOString())
      .changes;
  }

  /** The newest first. */
  revisions(id: string): Result<RevisionSummary[]> {
    const record = this.record(id);
    if (!record.ok) return record;
    return success(
      this.#database
        .prepare<[string], RevisionSummary>(
          'SELECT number AS revision, label, saved_at AS savedAt FROM revision WHERE plan_id = ? ORDER BY number DESC',
        )
        .all(id),
    );
  }

  /** A plan of the library whose newest revision is this very document; null when there is none. */
  findSame(plan: Plan): PlanRecord | null {
    const row = this.#database
      .prepare<[string], Row>(
        `SELECT ${recordColumns} FROM plan JOIN revision AS newest ON newest.plan_id = plan.id
         WHERE plan.deleted_at IS NULL AND newest.sha256 = ?
           AND newest.number = (SELECT max(number) FROM revision WHERE plan_id = plan.id)
         ORDER BY plan.updated_at DESC LIMIT 1`,
      )
      .get(sha256(canonicalPlan(plan)));
    return row === undefined ? null : toRecord(row);
  }

  #addRevision(
    id: string,
    revision: number,
    document: string,
    label: string,
    savedAt: string,
  ): void {
    this.#database
      .prepare(
        `INSERT INTO revision (plan_id, number, document, schema_version, engine_version, sha256, label, saved_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        id,
        revision,
        document,
        planSchemaVersion,
        this.#options.engineVersion,
        sha256(document),
        label,
        savedAt,
      );
  }

  #hash(id: string, revision: number): unknown {
    return this.#database
      .prepare('SELECT sha256 FROM revision WHERE plan_id = ? AND number = ?')
      .pluck()
      .get(id, revision);
  }
}

const missing = failure(
  'not found',
  'This plan, or this revision of it, is not in the library; nothing was changed. Go back to the library and open another.',
);

function toRecord(row: Row): PlanRecord {
  return { ...row, isArchived: row.isArchived !== 0 };
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
