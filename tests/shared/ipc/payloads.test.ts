import { describe, expect, test } from 'vitest';
import { contract, events, type Channel } from '@shared/ipc/contract';
import { failure, success } from '@shared/result';
import { fixturePlan } from '../../fixtures/plan-fixture';

const id = '00000000-0000-4000-8000-000000000000';
const plan = fixturePlan();

/** A payload that each channel takes. */
const good: Readonly<Record<Channel, unknown>> = {
  'app.info': null,
  'library.importedModels': null,
  'library.list': { search: 'h100', includeArchived: false },
  'plan.create': { plan },
  'plan.open': { id },
  'plan.save': { id, baseRevision: 3, plan, label: 'Edit' },
  'plan.rename': { id, name: 'A name' },
  'plan.duplicate': { id },
  'plan.archive': { id, isArchived: true },
  'plan.delete': { id },
  'plan.undelete': { id },
  'plan.revisions': { id },
  'plan.revision': { id, revision: 1 },
  'file.save': { id },
  'file.open': null,
  'file.import': { name: 'a.clusterplan', base64: 'e30=' },
  'report.exportPdf': { id, paper: 'A4' },
  'report.showInFolder': { path: '/tmp/a.pdf' },
  'table.copy': { text: 'Item\tQuantity' },
  'table.export': { title: 'Bill', format: 'csv', base64: 'SXRlbQ==' },
  'print.job': null,
  'print.ready': { problem: null },
  'settings.get': null,
  'settings.set': { colorScheme: 'dark' },
  'shell.openExternal': { url: 'https://arxiv.org/abs/2204.02311' },
  'menu.state': { undo: 'Rename', redo: null, hasPlan: true },
};

const channels = Object.keys(contract) as Channel[];

describe.each(channels)('%s', (channel) => {
  const { input } = contract[channel];
  const payload = good[channel];

  test('takes what it was made for, unchanged on the way', () => {
    expect(input.parse(structuredClone(payload))).toEqual(payload);
  });

  test('refuses what is of another kind', () => {
    for (const wrong of [undefined, 7, 'x', [], true]) {
      expect(input.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
    }
  });

  test('refuses a payload whose fields are of another type', () => {
    if (payload === null) return;
    for (const key of Object.keys(Object(payload) as object)) {
      const wrong: unknown = { ...(payload as object), [key]: Symbol.iterator };
      expect(input.safeParse(wrong).success, key).toBe(false);
    }
  });
});

describe('a plan that crosses the process edge', () => {
  const withBadPlan = { plan: { ...plan, sites: [] } };

  test.each<[Channel, object]>([
    ['plan.create', withBadPlan],
    ['plan.save', { ...Object(good['plan.save']), ...withBadPlan }],
  ])('through %s is checked against the schema', (channel, payload) => {
    expect(contract[channel].input.safeParse(payload).success).toBe(false);
  });

  test.each([
    ['', false],
    ['x', true],
    ['x'.repeat(200), true],
    ['x'.repeat(201), false],
  ])('has a revision with a label of 1 to 200 characters: %j', (label, expected) => {
    const payload = { id, baseRevision: 1, plan, label };
    expect(contract['plan.save'].input.safeParse(payload).success).toBe(expected);
  });
});

describe('an event', () => {
  test.each([
    ['command', { id: 'edit.undo' }, { id: null }],
    ['planOpened', { id }, { id: 'a' }],
    ['notice', { level: 'note', message: 'Saved.' }, { level: 'note' }],
    ['closing', null, {}],
  ] as const)('%s is taken or refused by its payload', (name, right, wrong) => {
    expect(events[name].safeParse(right).success).toBe(true);
    expect(events[name].safeParse(wrong).success).toBe(false);
  });
});

describe('an outcome', () => {
  test('travels as data and keeps its value or its failure', () => {
    expect(structuredClone(success({ revision: 2 }))).toEqual({ ok: true, value: { revision: 2 } });
    const refused = failure('conflict', 'A newer revision exists. Nothing was overwritten.');
    expect(structuredClone(refused)).toEqual({
      ok: false,
      error: { kind: 'conflict', message: 'A newer revision exists. Nothing was overwritten.' },
    });
  });

  test('of nothing is a success of nothing, not a failure', () => {
    expect(success(null)).toEqual({ ok: true, value: null });
    expect(success(undefined).ok).toBe(true);
  });
});
