import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { OpenPlan } from '@shared/ipc/contract';
import { success } from '@shared/result';
import { planDocument } from '../../../src/renderer/document/document';
import { goToCatalogue, goToPlan, reopenPlan } from '../../../src/renderer/app/navigation';
import { setView, viewStore } from '../../../src/renderer/app/view-store';
import { samplePlan } from '../document/sample-plan';

const last = '0b0e7f3a-4b5c-4d6e-8f70-112233445566';
const other = '1b0e7f3a-4b5c-4d6e-8f70-112233445566';

/** A main process that opens a plan when it is told to. */
function slowMain() {
  const waiting = new Map<string, () => void>();
  vi.stubGlobal('window', {
    clusterwright: {
      invoke: (channel: string, input: { readonly id: string }) => {
        if (channel !== 'plan.open') return Promise.resolve(success(null));
        const { id } = input;
        const opened: OpenPlan = { id, revision: 1, plan: samplePlan, isArchived: false };
        return new Promise((resolve) => waiting.set(id, () => resolve(success(opened))));
      },
      on: () => () => undefined,
      closeConfirmed: () => undefined,
    },
  });
  return async (id: string) => {
    await vi.waitUntil(() => waiting.has(id));
    waiting.get(id)?.();
  };
}

beforeEach(async () => {
  slowMain();
  await planDocument.close();
  setView({ screen: 'starting' });
});

describe('the plan of last time', () => {
  it('is shown where nothing else was chosen', async () => {
    const answer = slowMain();
    const reopened = reopenPlan(last);
    await answer(last);
    await reopened;
    expect(viewStore.getState().screen).toBe('plan');
    expect(planDocument.store.getState().id).toBe(last);
  });

  it('opens behind a screen that is chosen meanwhile', async () => {
    const answer = slowMain();
    const reopened = reopenPlan(last);
    goToCatalogue();
    await answer(last);
    await reopened;
    expect(viewStore.getState().screen).toBe('catalogue');
    expect(planDocument.store.getState().id).toBe(last);
  });

  it('gives way to a plan that is opened meanwhile, whichever comes first', async () => {
    for (const order of [
      [last, other],
      [other, last],
    ]) {
      await planDocument.close();
      setView({ screen: 'starting' });
      const answer = slowMain();
      const both = [reopenPlan(last), goToPlan(other)];
      for (const id of order) await answer(id);
      await Promise.all(both);
      expect(planDocument.store.getState().id).toBe(other);
      expect(viewStore.getState().screen).toBe('plan');
    }
  });
});
