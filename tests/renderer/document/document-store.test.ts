import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Channel, OpenPlan } from '@shared/ipc/contract';
import { failure, success, type Result } from '@shared/result';
import { renamePlan, setNotes } from '../../../src/renderer/document/commands/naming';
import { createDocumentStore } from '../../../src/renderer/document/document-store';
import { createInvoke } from '../../../src/renderer/host/host';
import { samplePlan } from './sample-plan';

const id = '0b0e7f3a-4b5c-4d6e-8f70-112233445566';
const opened: OpenPlan = { id, revision: 3, plan: samplePlan, isArchived: false };

type Answers = Partial<Record<Channel, (input: unknown) => Result<unknown>>>;

function setUp(answers: Answers = {}) {
  const asked: [string, unknown][] = [];
  let revision = 3;
  const standard: Answers = {
    'plan.open': () => success({ ...opened, revision }),
    'plan.save': () => success({ revision: (revision += 1) }),
  };
  const invoke = createInvoke({
    invoke: (channel, input) => {
      asked.push([channel, input]);
      const answer = { ...standard, ...answers }[channel as Channel];
      return Promise.resolve(answer?.(input) ?? failure('not found', 'Nothing answers.'));
    },
    on: () => () => undefined,
    closeConfirmed: () => undefined,
  });
  const document = createDocumentStore({ invoke, nowMs: () => 0 });
  const labels = () =>
    asked
      .filter(([channel]) => channel === 'plan.save')
      .map(([, input]) => (input as { label: string }).label);
  return { document, asked, labels };
}

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('the document', () => {
  it('opens a plan and saves each edit, undo and redo as a revision with its name', async () => {
    const { document, labels } = setUp();
    await document.open(id);
    document.perform(renamePlan, { name: 'New' });
    await vi.advanceTimersByTimeAsync(500);
    document.undo();
    await vi.advanceTimersByTimeAsync(500);
    document.redo();
    await vi.advanceTimersByTimeAsync(500);
    expect(labels()).toEqual([
      'Rename plan to New',
      'Undo: Rename plan to New',
      'Redo: Rename plan to New',
    ]);
    expect(document.store.getState().history?.present.name).toBe('New');
    expect(document.store.getState().save).toEqual({ kind: 'saved', revision: 6 });
  });

  it('does not save an edit that changes nothing', async () => {
    const { document, labels } = setUp();
    await document.open(id);
    document.perform(renamePlan, { name: samplePlan.name });
    document.undo();
    document.redo();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(labels()).toEqual([]);
  });

  it('saves what is pending before it opens another plan or closes', async () => {
    const { document, asked } = setUp();
    await document.open(id);
    document.perform(setNotes, { notes: 'Do not lose this.' });
    await document.open(id);
    document.perform(setNotes, { notes: 'Nor this.' });
    await document.close();
    expect(asked.map(([channel]) => channel)).toEqual([
      'plan.open',
      'plan.save',
      'plan.open',
      'plan.save',
    ]);
    expect(document.store.getState().id).toBeNull();
  });

  it('keeps the plan and tells the sentence when saving fails', async () => {
    const message = 'The disk is full. The changes are kept here; free some space.';
    const { document } = setUp({ 'plan.save': () => failure('storage full', message) });
    await document.open(id);
    document.perform(renamePlan, { name: 'Kept' });
    await expect(document.flush()).resolves.toBe(false);
    const { history, save } = document.store.getState();
    expect(history?.present.name).toBe('Kept');
    expect(save).toEqual({ kind: 'failed', failure: { kind: 'storage full', message } });
  });

  it('appends on top of the newest revision after a conflict', async () => {
    let conflicts = 1;
    const saved: unknown[] = [];
    const { document } = setUp({
      'plan.open': () => success({ ...opened, revision: 9 }),
      'plan.save': (input) => {
        saved.push(input);
        conflicts -= 1;
        return conflicts === 0
          ? failure('conflict', 'There is a newer version.')
          : success({ revision: 10 });
      },
    });
    await document.open(id);
    document.perform(renamePlan, { name: 'Mine' });
    await document.flush();
    await document.saveOnTop();
    expect(saved.at(-1)).toMatchObject({ baseRevision: 9, plan: { name: 'Mine' } });
    expect(document.store.getState().save).toEqual({ kind: 'saved', revision: 10 });
  });

  it('goes back to an older version as one step that can be undone', async () => {
    const { document, labels } = setUp();
    await document.open(id);
    document.replace({ ...samplePlan, name: 'Old' }, 'Revert to “Created”');
    await document.flush();
    expect(labels()).toEqual(['Revert to “Created”']);
    document.undo();
    expect(document.store.getState().history?.present).toBe(samplePlan);
  });

  it('stays where it is when a plan cannot be opened', async () => {
    const { document } = setUp({ 'plan.open': () => failure('not found', 'It is gone.') });
    const result = await document.open(id);
    expect(result).toEqual(failure('not found', 'It is gone.'));
    expect(document.store.getState().id).toBeNull();
  });
});

describe('the client of the main process', () => {
  const bridge = { on: () => () => undefined, closeConfirmed: () => undefined };

  it('turns a broken connection and a broken answer into a failure', async () => {
    const broken = createInvoke({ ...bridge, invoke: () => Promise.reject(new Error('closed')) });
    const odd = createInvoke({ ...bridge, invoke: () => Promise.resolve(null as never) });
    await expect(broken('plan.open', { id })).resolves.toMatchObject({ ok: false });
    await expect(odd('plan.open', { id })).resolves.toMatchObject({ ok: false });
  });
});
