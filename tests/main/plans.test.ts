import { expect, test } from 'vitest';
import type { ImportedModel } from '@engine/plan';
import type { Handlers } from '@shared/ipc/contract';
import { failure, type Result, success } from '@shared/result';
import { addToLibrary, createPlanHandlers } from '../../src/main/services/plans';
import type { PlanStore } from '../../src/main/storage/plan-store';
import { fixtureCatalogue } from '../fixtures/catalogue-fixture';
import { architectureOf } from '../fixtures/engine-fixture';
import { fixturePlan } from '../fixtures/plan-fixture';
import { temporaryStore } from '../storage/support';

const sender = { windowId: 1 };

function handlersOf(store: Result<PlanStore>) {
  return createPlanHandlers(store, () => Promise.resolve(fixtureCatalogue));
}

async function value<Name extends keyof ReturnType<typeof handlersOf>>(
  answer: ReturnType<Handlers[Name]>,
) {
  const result = await answer;
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

async function names(handlers: ReturnType<typeof handlersOf>, search: string): Promise<string[]> {
  const list = await value<'library.list'>(
    handlers['library.list']({ search, includeArchived: true }, sender),
  );
  return list.map((plan) => plan.name);
}

test('the library finds plans by name, notes, part, model and system, in any case and any order of words', async () => {
  const { store } = temporaryStore();
  const handlers = handlersOf(success(store));
  store.create(fixturePlan({ name: 'Große Halle', notes: 'for Zoë' }), 'Created');
  store.create({ ...fixturePlan({ name: 'Other', notes: '' }), workloads: [] }, 'Created');
  expect(await names(handlers, '')).toEqual(['Other', 'Große Halle']);
  expect(await names(handlers, 'GROSSE')).toEqual([]);
  expect(await names(handlers, 'große')).toEqual(['Große Halle']);
  expect(await names(handlers, 'ZOË')).toEqual(['Große Halle']);
  expect(await names(handlers, '70b LLAMA')).toEqual(['Große Halle']);
  expect(await names(handlers, 'dgx')).toEqual(['Other', 'Große Halle']);
  expect(await names(handlers, 'chat nvidia')).toEqual(['Große Halle']);
  expect(await names(handlers, '100% _')).toEqual([]);
});

test('a search sees what the newest revision says', async () => {
  const { store } = temporaryStore();
  const handlers = handlersOf(success(store));
  const { id } = store.create(fixturePlan({ name: 'before' }), 'Created');
  expect(await names(handlers, 'before')).toEqual(['before']);
  store.save(id, 1, fixturePlan({ name: 'after' }), 'Rename');
  expect(await names(handlers, 'before')).toEqual([]);
  expect(await names(handlers, 'after')).toEqual(['after']);
});

test('models of every plan are offered, archived ones too, each as the last changed plan has it', async () => {
  const { store } = temporaryStore();
  const handlers = handlersOf(success(store));
  const offered = async (): Promise<string[]> => {
    const models = await value<'library.importedModels'>(
      handlers['library.importedModels'](null, sender),
    );
    return models.map(({ id, name }) => `${id} ${name}`);
  };
  const model = (id: string, name: string): ImportedModel => ({
    id,
    name,
    modelType: 'llama',
    importedOn: '2026-11-25',
    architecture: architectureOf('llama-3.1-8b'),
    assumptions: [],
  });
  expect(await offered()).toEqual([]);
  store.create(fixturePlan(), 'Created');
  expect(await offered()).toEqual([]);
  const one = fixturePlan({ importedModels: [model('imported-a', 'A'), model('imported-b', 'B')] });
  const { id } = store.create(one, 'Created');
  store.setArchived(id, true);
  expect(await offered()).toEqual(['imported-a A', 'imported-b B']);
  const later = fixturePlan({ importedModels: [model('imported-a', 'A again')] });
  const other = store.create(later, 'Created');
  expect(await offered()).toEqual(['imported-a A again', 'imported-b B']);
  store.save(other.id, 1, fixturePlan({ importedModels: [] }), 'Remove');
  expect(await offered()).toEqual(['imported-a A', 'imported-b B']);
  store.delete(id);
  expect(await offered()).toEqual([]);
  const broken = handlersOf(failure('storage damaged', 'No library.'));
  expect(await broken['library.importedModels'](null, sender)).toMatchObject({ ok: false });
});

test('renaming is a revision like any other change', async () => {
  const { store } = temporaryStore();
  const handlers = handlersOf(success(store));
  const { id } = store.create(fixturePlan(), 'Created');
  const summary = await value<'plan.rename'>(
    handlers['plan.rename']({ id, name: '  New name ' }, sender),
  );
  expect(summary).toMatchObject({ name: 'New name', revision: 2, accelerators: 128 });
  const opened = await value<'plan.open'>(handlers['plan.open']({ id }, sender));
  expect(opened.plan.name).toBe('New name');
  expect(await handlers['plan.rename']({ id, name: '   ' }, sender)).toMatchObject({ ok: false });
});

test('a duplicate is a plan of its own, even with the longest name', async () => {
  const { store } = temporaryStore();
  const handlers = handlersOf(success(store));
  const { id } = store.create(fixturePlan({ name: 'x'.repeat(200) }), 'Created');
  const copy = await value<'plan.duplicate'>(handlers['plan.duplicate']({ id }, sender));
  expect(copy.id).not.toBe(id);
  expect(copy.name).toMatch(/^x{190} \(copy\)$/);
  expect(store.list(true)).toHaveLength(2);
});

test('a plan with a broken reference is not saved, because it could not be opened again', async () => {
  const { store } = temporaryStore();
  const handlers = handlersOf(success(store));
  const { id } = store.create(fixturePlan(), 'Created');
  const plan = { ...fixturePlan(), clusters: [] };
  const saved = await handlers['plan.save']({ id, baseRevision: 1, plan, label: 'Remove' }, sender);
  expect(saved).toMatchObject({ ok: false, error: { kind: 'invalid input' } });
  expect(await handlers['plan.create']({ plan }, sender)).toMatchObject({ ok: false });
  expect(store.list(true).map((record) => record.revision)).toEqual([1]);
});

test('delete, undelete, archive and the revisions go through', async () => {
  const { store } = temporaryStore();
  const handlers = handlersOf(success(store));
  const { id } = store.create(fixturePlan(), 'Created');
  expect(await handlers['plan.delete']({ id }, sender)).toEqual(success(null));
  expect(await names(handlers, '')).toEqual([]);
  await value<'plan.undelete'>(handlers['plan.undelete']({ id }, sender));
  expect(
    await value<'plan.archive'>(handlers['plan.archive']({ id, isArchived: true }, sender)),
  ).toMatchObject({
    isArchived: true,
  });
  expect(await value<'plan.revisions'>(handlers['plan.revisions']({ id }, sender))).toHaveLength(1);
  expect(
    await value<'plan.revision'>(handlers['plan.revision']({ id, revision: 1 }, sender)),
  ).toEqual(fixturePlan());
});

test('importing the same document twice opens the plan that is there', () => {
  const { store } = temporaryStore();
  const first = addToLibrary(store, fixturePlan(), 'a.clusterplan');
  expect(addToLibrary(store, fixturePlan(), 'b.clusterplan').id).toBe(first.id);
  expect(addToLibrary(store, fixturePlan({ name: 'another' }), 'a.clusterplan').id).not.toBe(
    first.id,
  );
});

test('without a library every request says why, in the same sentence', async () => {
  const handlers = handlersOf(failure('newer version', 'Update first.'));
  for (const [channel, handle] of Object.entries(handlers)) {
    const call = handle as (input: object, from: object) => unknown;
    expect(await call({ id: 'x', plan: fixturePlan() }, sender), channel).toEqual({
      ok: false,
      error: { kind: 'newer version', message: 'Update first.' },
    });
  }
});
