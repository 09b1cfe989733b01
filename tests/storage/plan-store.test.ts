import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { PlanStore } from '../../src/main/storage/plan-store';
import { SettingStore } from '../../src/main/storage/setting-store';
import { storageFailure } from '../../src/main/storage/storage-failure';
import type { Result } from '@shared/result';
import { fixturePlan } from '../fixtures/plan-fixture';
import { temporaryLibrary, temporaryStore, tickingClock } from './support';

function value<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('saving', () => {
  test('a plan comes back exactly, in every script', () => {
    const { store } = temporaryStore();
    const plan = fixturePlan({ name: 'Ǻ 日本語 🧮 \u202Eعربى', notes: 'a\u0000b\r\n\t' });
    const { id } = store.create(plan, 'Created');
    expect(value(store.plan(id, 1))).toEqual(plan);
    expect(value(store.record(id)).name).toBe(plan.name);
  });

  test('every save adds a revision and the older ones stay readable', () => {
    const { store } = temporaryStore();
    const { id } = store.create(fixturePlan({ name: 'one' }), 'Created');
    expect(value(store.save(id, 1, fixturePlan({ name: 'two' }), 'Rename')).revision).toBe(2);
    expect(value(store.save(id, 2, fixturePlan({ name: 'three' }), 'Rename again')).revision).toBe(
      3,
    );
    expect([1, 2, 3].map((revision) => value(store.plan(id, revision)).name)).toEqual([
      'one',
      'two',
      'three',
    ]);
    expect(value(store.revisions(id))).toEqual([
      { revision: 3, label: 'Rename again', savedAt: '2026-11-01T12:00:02.000Z' },
      { revision: 2, label: 'Rename', savedAt: '2026-11-01T12:00:01.000Z' },
      { revision: 1, label: 'Created', savedAt: '2026-11-01T12:00:00.000Z' },
    ]);
  });

  test('the same document again adds no revision', () => {
    const { store } = temporaryStore();
    const { id } = store.create(fixturePlan(), 'Created');
    expect(value(store.save(id, 1, fixturePlan(), 'Nothing')).revision).toBe(1);
    expect(value(store.revisions(id))).toHaveLength(1);
  });

  test('a save on an old revision is a conflict, and both states are kept', () => {
    const { store } = temporaryStore();
    const { id } = store.create(fixturePlan({ name: 'base' }), 'Created');
    store.save(id, 1, fixturePlan({ name: 'first' }), 'First');
    const second = store.save(id, 1, fixturePlan({ name: 'second' }), 'Second');
    expect(second).toMatchObject({ ok: false, error: { kind: 'conflict' } });
    expect(value(store.plan(id, 2)).name).toBe('first');
    expect(value(store.revisions(id))).toHaveLength(2);
  });

  test('two connections do not lose each other’s saves', () => {
    const { store, path } = temporaryStore();
    const { id } = store.create(fixturePlan({ name: 'base' }), 'Created');
    const { database } = temporaryLibrary(path.replace(/\/library\.sqlite$/, ''));
    const other = new PlanStore(database, { engineVersion: 'test', now: tickingClock() });
    value(other.save(id, 1, fixturePlan({ name: 'other' }), 'Other'));
    expect(store.save(id, 1, fixturePlan({ name: 'mine' }), 'Mine')).toMatchObject({
      ok: false,
      error: { kind: 'conflict' },
    });
    expect(value(store.plan(id, 2)).name).toBe('other');
  });

  test('a document changed behind the app’s back is noticed, its neighbours still open', () => {
    const { store, database } = temporaryStore();
    const { id } = store.create(fixturePlan(), 'Created');
    store.save(id, 1, fixturePlan({ name: 'later' }), 'Later');
    database
      .prepare(
        'UPDATE revision SET document = replace(document, \'"value": 16\', \'"value": 17\') WHERE number = 2',
      )
      .run();
    expect(store.plan(id, 2)).toMatchObject({ ok: false, error: { kind: 'storage damaged' } });
    expect(value(store.plan(id, 1))).toEqual(fixturePlan());
  });

  test('a full database says so and keeps what it had', () => {
    const { store, database, path } = temporaryStore();
    const { id } = store.create(fixturePlan(), 'Created');
    const pages = Number(database.pragma('page_count', { simple: true }));
    database.pragma(`max_page_count = ${pages}`);
    let thrown: unknown;
    try {
      store.save(id, 1, fixturePlan({ notes: 'x'.repeat(90_000) }), 'Large');
    } catch (error) {
      thrown = error;
    }
    expect(storageFailure(thrown, path)).toMatchObject({ kind: 'storage full' });
    expect(value(store.record(id)).revision).toBe(1);
    expect(value(store.plan(id, 1))).toEqual(fixturePlan());
  });

  test.each(['plan', 'revision', 'revisions', 'save', 'archive', 'delete'] as const)(
    '%s of a plan that is not there is “not found”',
    (what) => {
      const { store } = temporaryStore();
      const id = '00000000-0000-4000-8000-000000000000';
      const answer = {
        plan: () => store.record(id),
        revision: () => store.plan(id, 1),
        revisions: () => store.revisions(id),
        save: () => store.save(id, 1, fixturePlan(), 'x'),
        archive: () => store.setArchived(id, true),
        delete: () => store.delete(id),
      }[what]();
      expect(answer).toMatchObject({ ok: false, error: { kind: 'not found' } });
    },
  );
});

describe('the list', () => {
  test('the last changed comes first; archived ones only when asked for', () => {
    const { store } = temporaryStore();
    const first = store.create(fixturePlan({ name: 'first' }), 'Created');
    const second = store.create(fixturePlan({ name: 'second' }), 'Created');
    store.save(first.id, 1, fixturePlan({ name: 'first, changed' }), 'Rename');
    expect(store.list(false).map((plan) => plan.name)).toEqual(['first, changed', 'second']);
    store.setArchived(second.id, true);
    expect(store.list(false).map((plan) => plan.id)).toEqual([first.id]);
    expect(store.list(true).map((plan) => plan.isArchived)).toEqual([false, true]);
    expect(value(store.setArchived(second.id, false)).isArchived).toBe(false);
  });

  test('a deleted plan is hidden, comes back whole, and goes for good after 30 days', () => {
    let time = new Date('2026-01-01T00:00:00Z');
    const { store, database } = temporaryStore(() => time);
    const { id } = store.create(fixturePlan(), 'Created');
    value(store.delete(id));
    expect(store.list(true)).toEqual([]);
    expect(store.record(id).ok).toBe(false);

    time = new Date('2026-01-30T00:00:00Z');
    expect(store.purge()).toBe(0);
    value(store.undelete(id));
    expect(value(store.plan(id, 1))).toEqual(fixturePlan());

    value(store.delete(id));
    time = new Date('2026-03-02T00:00:00Z');
    expect(store.purge()).toBe(1);
    expect(store.undelete(id).ok).toBe(false);
    expect(database.prepare('SELECT count(*) FROM revision').pluck().get()).toBe(0);
  });

  test('the same document is found by its newest revision only', () => {
    const { store } = temporaryStore();
    const { id } = store.create(fixturePlan(), 'Created');
    expect(store.findSame(fixturePlan())?.id).toBe(id);
    store.save(id, 1, fixturePlan({ name: 'changed' }), 'Rename');
    expect(store.findSame(fixturePlan())).toBeNull();
    expect(store.findSame(fixturePlan({ name: 'changed' }))?.revision).toBe(2);
    store.delete(id);
    expect(store.findSame(fixturePlan({ name: 'changed' }))).toBeNull();
  });
});

test('settings keep their value; what does not fit the schema counts as not set', () => {
  const settings = new SettingStore(temporaryLibrary().database);
  const schema = z.object({ width: z.number() });
  expect(settings.get('window', schema)).toBeNull();
  settings.set('window', { width: 800 });
  settings.set('window', { width: 900 });
  expect(settings.get('window', schema)).toEqual({ width: 900 });
  expect(settings.get('window', z.string())).toBeNull();
});
