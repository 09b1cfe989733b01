import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { failure, success, type Result } from '@shared/result';
import {
  createAutosave,
  type SaveRequest,
  type SaveState,
} from '../../../src/renderer/document/autosave';
import { samplePlan } from './sample-plan';

interface Call extends SaveRequest {
  readonly answer: (result: Result<{ revision: number }>) => void;
}

function setUp() {
  const calls: Call[] = [];
  const states: SaveState['kind'][] = [];
  const autosave = createAutosave({
    revision: 7,
    save: (request) =>
      new Promise((resolve) => {
        calls.push({ ...request, answer: resolve });
      }),
    onState: ({ kind }) => states.push(kind),
  });
  const call = (index: number): Call => {
    const found = calls[index];
    if (!found) throw new Error(`There was no call ${index}.`);
    return found;
  };
  return { autosave, calls, states, call };
}

const plan = (name: string) => ({ ...samplePlan, name });

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

describe('autosave', () => {
  it('makes one revision of changes within half a second and numbers the next on top of it', async () => {
    const { autosave, calls, call, states } = setUp();
    autosave.add(plan('A'), 'Rename to A');
    await vi.advanceTimersByTimeAsync(200);
    autosave.add(plan('B'), 'Rename to B');
    await vi.advanceTimersByTimeAsync(300);
    expect(calls).toHaveLength(1);
    expect(call(0)).toMatchObject({
      baseRevision: 7,
      plan: { name: 'B' },
      label: 'Rename to B and 1 more',
    });
    call(0).answer(success({ revision: 8 }));
    await vi.advanceTimersByTimeAsync(0);
    expect(states).toEqual(['waiting', 'waiting', 'saving', 'saved']);

    autosave.add(plan('C'), 'Rename to C');
    await vi.advanceTimersByTimeAsync(500);
    expect(call(1)).toMatchObject({ baseRevision: 8, label: 'Rename to C' });
  });

  it('never has two in flight and saves what came meanwhile afterwards', async () => {
    const { autosave, calls, call } = setUp();
    autosave.add(plan('A'), 'A');
    await vi.advanceTimersByTimeAsync(500);
    autosave.add(plan('B'), 'B');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(calls).toHaveLength(1);
    call(0).answer(success({ revision: 8 }));
    await vi.advanceTimersByTimeAsync(500);
    expect(calls).toHaveLength(2);
    expect(call(1)).toMatchObject({ baseRevision: 8, plan: { name: 'B' } });
  });

  it('keeps a plan that could not be saved, says so, and tries again', async () => {
    const { autosave, calls, call, states } = setUp();
    autosave.add(plan('A'), 'A');
    await vi.advanceTimersByTimeAsync(500);
    call(0).answer(failure('storage full', 'The disk is full.'));
    await vi.advanceTimersByTimeAsync(0);
    expect(states.at(-1)).toBe('failed');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(calls).toHaveLength(2);
    expect(call(1)).toMatchObject({ baseRevision: 7, plan: { name: 'A' }, label: 'A' });
    call(1).answer(success({ revision: 8 }));
    await vi.advanceTimersByTimeAsync(0);
    expect(states.at(-1)).toBe('saved');
  });

  it('saves the newest plan after a failure, and names both changes', async () => {
    const { autosave, call } = setUp();
    autosave.add(plan('A'), 'A');
    await vi.advanceTimersByTimeAsync(500);
    autosave.add(plan('B'), 'B');
    call(0).answer(failure('storage full', 'The disk is full.'));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(call(1)).toMatchObject({ plan: { name: 'B' }, label: 'B and 1 more' });
  });

  it('flushes at once and resolves only when nothing is left', async () => {
    const { autosave, call } = setUp();
    autosave.add(plan('A'), 'A');
    const first = autosave.flush();
    await vi.advanceTimersByTimeAsync(0);
    autosave.add(plan('B'), 'B');
    const second = autosave.flush();
    call(0).answer(success({ revision: 8 }));
    await vi.advanceTimersByTimeAsync(0);
    call(1).answer(success({ revision: 9 }));
    await expect(first).resolves.toBe(true);
    await expect(second).resolves.toBe(true);
  });

  it('reports a flush that failed', async () => {
    const { autosave, call } = setUp();
    autosave.add(plan('A'), 'A');
    const flushed = autosave.flush();
    await vi.advanceTimersByTimeAsync(0);
    call(0).answer(failure('conflict', 'A newer version exists.'));
    await expect(flushed).resolves.toBe(false);
  });

  it('continues on top of another revision after a conflict', async () => {
    const { autosave, call } = setUp();
    autosave.add(plan('A'), 'A');
    const flushed = autosave.flush();
    await vi.advanceTimersByTimeAsync(0);
    call(0).answer(failure('conflict', 'A newer version exists.'));
    await flushed;
    autosave.rebase(12);
    const again = autosave.flush();
    await vi.advanceTimersByTimeAsync(0);
    expect(call(1)).toMatchObject({ baseRevision: 12, plan: { name: 'A' } });
    call(1).answer(success({ revision: 13 }));
    await expect(again).resolves.toBe(true);
  });

  it('does nothing more once it is stopped', async () => {
    const { autosave, calls } = setUp();
    autosave.add(plan('A'), 'A');
    autosave.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(calls).toHaveLength(0);
  });

  it('has nothing to do when nothing changed', async () => {
    const { autosave, calls } = setUp();
    await expect(autosave.flush()).resolves.toBe(true);
    expect(calls).toHaveLength(0);
  });
});
