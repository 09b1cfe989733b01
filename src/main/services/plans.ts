import type { ImportedModel, Plan } from '@engine/plan';
import type { Handlers, OpenPlan, PlanSummary } from '@shared/ipc/contract';
import { brokenReference } from '@shared/plan/parse';
import {
  foldedForSearch,
  type PlanFacts,
  planFacts,
  planSearchText,
  type SummaryCatalogue,
} from '@shared/plan/summary';
import { failure, type Result, success } from '@shared/result';
import type { PlanRecord, PlanStore } from '../storage/plan-store';

type PlanChannel = Extract<keyof Handlers, `plan.${string}` | `library.${string}`>;

interface Digest {
  readonly revision: number;
  readonly facts: PlanFacts;
  readonly searchText: string;
  readonly importedModels: readonly ImportedModel[];
}

/** Shown for a plan whose newest revision does not read: it stays in the list, and opening it says why. */
const noFacts: PlanFacts = {
  accelerators: 0,
  acceleratorNames: [],
  sites: 0,
  trainingJobs: 0,
  inferenceServices: 0,
};

/** The library and the plans in it. `store` is the failure of opening the library when there is none. */
export function createPlanHandlers(
  store: Result<PlanStore>,
  loadCatalogue: () => Promise<SummaryCatalogue>,
): Pick<Handlers, PlanChannel> {
  const digests = new Map<string, Digest>();

  async function digest(plans: PlanStore, record: PlanRecord): Promise<Digest> {
    const known = digests.get(record.id);
    if (known?.revision === record.revision) return known;
    const plan = plans.plan(record.id, record.revision);
    const catalogue = await loadCatalogue();
    const fresh = {
      revision: record.revision,
      facts: plan.ok ? planFacts(plan.value, catalogue) : noFacts,
      searchText: plan.ok ? planSearchText(plan.value, catalogue) : foldedForSearch(record.name),
      importedModels: plan.ok ? (plan.value.importedModels ?? []) : [],
    };
    digests.set(record.id, fresh);
    return fresh;
  }

  async function summary(
    plans: PlanStore,
    record: Result<PlanRecord>,
  ): Promise<Result<PlanSummary>> {
    if (!record.ok) return record;
    return success({ ...record.value, ...(await digest(plans, record.value)).facts });
  }

  return {
    'library.list': async ({ search, includeArchived }) => {
      if (!store.ok) return store;
      const words = foldedForSearch(search).split(/\s+/).filter(Boolean);
      const found: PlanSummary[] = [];
      for (const record of store.value.list(includeArchived)) {
        const { facts, searchText } = await digest(store.value, record);
        if (words.every((word) => searchText.includes(word))) found.push({ ...record, ...facts });
      }
      return success(found);
    },
    'library.importedModels': async () => {
      if (!store.ok) return store;
      const models = new Map<string, ImportedModel>();
      // The last changed plan comes first: what it says of a model stands.
      for (const record of store.value.list(true)) {
        const { importedModels } = await digest(store.value, record);
        for (const model of importedModels) if (!models.has(model.id)) models.set(model.id, model);
      }
      return success([...models.values()]);
    },
    'plan.create': ({ plan }) => {
      if (!store.ok) return store;
      return whenSound(plan, () => success(opened(store.value.create(plan, 'Created'), plan)));
    },
    'plan.open': ({ id }) => (store.ok ? openNewest(store.value, id) : store),
    'plan.save': ({ id, baseRevision, plan, label }) => {
      if (!store.ok) return store;
      return whenSound(plan, () => {
        const saved = store.value.save(id, baseRevision, plan, label);
        return saved.ok ? success({ revision: saved.value.revision }) : saved;
      });
    },
    'plan.rename': ({ id, name }) => {
      if (!store.ok) return store;
      if (name.trim() === '') {
        return failure('invalid input', 'A plan needs a name; the old one was kept. Type a name.');
      }
      const open = openNewest(store.value, id);
      if (!open.ok) return open;
      const plan = { ...open.value.plan, name: name.trim() };
      const label = `Rename to “${plan.name}”`.slice(0, 200);
      return summary(store.value, store.value.save(id, open.value.revision, plan, label));
    },
    'plan.duplicate': ({ id }) => {
      if (!store.ok) return store;
      const open = openNewest(store.value, id);
      if (!open.ok) return open;
      const { plan } = open.value;
      const copy = { ...plan, name: `${plan.name.slice(0, 190).trimEnd()} (copy)` };
      return summary(store.value, success(store.value.create(copy, `Copy of “${plan.name}”`)));
    },
    'plan.archive': ({ id, isArchived }) =>
      store.ok ? summary(store.value, store.value.setArchived(id, isArchived)) : store,
    'plan.delete': ({ id }) => (store.ok ? store.value.delete(id) : store),
    'plan.undelete': ({ id }) =>
      store.ok ? summary(store.value, store.value.undelete(id)) : store,
    'plan.revisions': ({ id }) => (store.ok ? store.value.revisions(id) : store),
    'plan.revision': ({ id, revision }) => {
      if (!store.ok) return store;
      const record = store.value.record(id);
      return record.ok ? store.value.plan(id, revision) : record;
    },
  };
}

/** The newest revision of a plan. */
export function openNewest(plans: PlanStore, id: string): Result<OpenPlan> {
  const record = plans.record(id);
  if (!record.ok) return record;
  const plan = plans.plan(id, record.value.revision);
  return plan.ok ? success(opened(record.value, plan.value)) : plan;
}

/** Puts a plan from a file into the library; the same document again opens what is already there. */
export function addToLibrary(plans: PlanStore, plan: Plan, fileName: string): OpenPlan {
  const label = `Imported from “${fileName}”`.slice(0, 200);
  return opened(plans.findSame(plan) ?? plans.create(plan, label), plan);
}

function opened(record: PlanRecord, plan: Plan): OpenPlan {
  return { id: record.id, revision: record.revision, plan, isArchived: record.isArchived };
}

/** A plan with a broken reference could not be opened again, so it is not saved in the first place. */
function whenSound<Value>(plan: Plan, save: () => Result<Value>): Result<Value> {
  const broken = brokenReference(plan);
  if (broken === null) return save();
  return failure(
    'invalid input',
    `The plan was not saved: ${broken}. Everything saved before is kept; undo the last change.`,
  );
}
