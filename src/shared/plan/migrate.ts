/** A plan document of some version, before it is checked against the schema. */
export type PlanDocument = Readonly<Record<string, unknown>>;

type Migration = (document: PlanDocument) => PlanDocument;

/**
 * One pure step per version: the entry under n turns a document of version n into one of version n + 1.
 * A step is never edited once released; tests/fixtures/plans/ keeps one frozen file per version.
 */
const migrations: ReadonlyMap<number, Migration> = new Map<number, Migration>();

/** Lifts a document of version `from` to version `to`, one step at a time. */
export function migratePlan(
  document: PlanDocument,
  from: number,
  to: number,
  steps: ReadonlyMap<number, Migration> = migrations,
): PlanDocument {
  let current = document;
  for (let version = from; version < to; version += 1) {
    const step = steps.get(version);
    if (step === undefined) throw new Error(`No migration leads on from plan version ${version}.`);
    current = { ...step(current), schemaVersion: version + 1 };
  }
  return current;
}
