import type { Plan } from '@engine/plan';
import { type Failure, type FailureKind, failure, type Result, success } from '../result';
import { issueText } from './issue-text';
import { migratePlan, type PlanDocument } from './migrate';
import { planSchema, planSchemaVersion } from './schema';

/** Longest text that is read as a plan, in UTF-16 units; the largest plan the schema allows in practice is far smaller. */
export const planTextLimit = 50_000_000;

/**
 * Reads the text of a plan file. Every way it can fail has its own sentence, which names the file and,
 * where there is one, the field. Order: JSON → shape → version → migrate → validate → references.
 */
export function parsePlanText(text: string, fileName: string): Result<Plan> {
  if (text.length > planTextLimit) {
    return refuse(
      'unreadable file',
      fileName,
      'it is larger than any plan (over 50 million characters)',
    );
  }
  const json = parseJson(text.replace(/^\uFEFF/, ''));
  if (!json.ok) return refuse(json.error.kind, fileName, json.error.message);
  return parsePlanDocument(json.value, fileName);
}

/** Checks a document that is already JSON, such as one from the database or the clipboard. */
export function parsePlanDocument(document: unknown, fileName: string): Result<Plan> {
  if (!isPlanDocument(document)) {
    return refuse('not a plan', fileName, 'it is JSON, but not a Clusterwright plan');
  }
  const version = document.schemaVersion;
  if (version > planSchemaVersion) {
    return failure(
      'newer version',
      `${quoted(fileName)} was written by a newer Clusterwright (plan version ${version}; this one reads up to ${planSchemaVersion}). The file was not changed; update Clusterwright to open it.`,
    );
  }
  const checked = planSchema.safeParse(migratePlan(document, version, planSchemaVersion));
  if (!checked.success) {
    const [first, ...others] = checked.error.issues;
    const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
    const what = first === undefined ? 'it does not fit the schema' : issueText(first, document);
    return refuse('invalid input', fileName, `${what}${more}`);
  }
  const broken = brokenReference(checked.data);
  return broken === null ? success(checked.data) : refuse('invalid input', fileName, broken);
}

/** What a schema cannot see: an id used twice, or one that points nowhere. Null when all is well. */
export function brokenReference(plan: Plan): string | null {
  const seen = new Map<string, string>();
  for (const [list, entries] of [
    ['sites', plan.sites],
    ['clusters', plan.clusters],
    ['workloads', plan.workloads],
  ] as const) {
    for (const [index, { id }] of entries.entries()) {
      const field = `${list}[${index}].id`;
      const first = seen.get(id);
      if (first !== undefined) return `${field}: the id ${quoted(id)} is already used by ${first}`;
      seen.set(id, field);
    }
  }
  const siteIds = new Set(plan.sites.map((site) => site.id));
  for (const [index, { siteId }] of plan.clusters.entries()) {
    if (!siteIds.has(siteId))
      return `clusters[${index}].siteId: there is no site ${quoted(siteId)}`;
  }
  const clusterIds = new Set(plan.clusters.map((cluster) => cluster.id));
  for (const [index, { clusterId }] of plan.workloads.entries()) {
    if (!clusterIds.has(clusterId)) {
      return `workloads[${index}].clusterId: there is no cluster ${quoted(clusterId)}`;
    }
  }
  return null;
}

function parseJson(text: string): Result<unknown> {
  if (text.trim() === '') return failure('not a plan', 'it is empty');
  try {
    return success(JSON.parse(text));
  } catch {
    // A plan that was cut off still shows its first field; anything else was never a plan.
    return /^\s*\{\s*"schemaVersion"\s*:/.test(text)
      ? failure('unreadable file', 'it is a plan that is cut off or damaged')
      : failure('not a plan', 'it is not JSON text');
  }
}

function isPlanDocument(value: unknown): value is PlanDocument & { schemaVersion: number } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (!('schemaVersion' in value)) return false;
  if (!['sites', 'clusters', 'workloads'].some((list) => list in value)) return false;
  return Number.isInteger(value.schemaVersion) && Number(value.schemaVersion) >= 1;
}

const adviceByKind: Readonly<Partial<Record<FailureKind, string>>> = {
  'unreadable file': 'Open an earlier copy of it.',
  'invalid input': 'Correct the field, or open an earlier copy.',
};

function refuse(kind: FailureKind, fileName: string, why: string): { ok: false; error: Failure } {
  const advice =
    adviceByKind[kind] ?? 'Choose a .clusterplan file, or a PDF exported by Clusterwright.';
  return {
    ok: false,
    error: {
      kind,
      message: `${quoted(fileName)} could not be opened: ${why}. The file was not changed. ${advice}`,
    },
  };
}

function quoted(text: string): string {
  return `“${text}”`;
}
