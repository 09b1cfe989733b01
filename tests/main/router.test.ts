import { expect, test, vi } from 'vitest';
import { contract, type Handlers } from '@shared/ipc/contract';
import { success } from '@shared/result';
import { createRouter, type RouterOptions } from '../../src/main/router';
import { storageFailure } from '../../src/main/storage/storage-failure';
import { fixturePlan } from '../fixtures/plan-fixture';

const sender = { windowId: 7 };
const id = '00000000-0000-4000-8000-000000000000';

function router(handlers: Partial<Handlers>, options: Partial<RouterOptions> = {}) {
  return createRouter(handlers, { explain: () => null, log: () => undefined, ...options });
}

test('a valid request reaches its handler with its sender, and the answer comes back', async () => {
  const open = vi.fn<Handlers['plan.open']>(() =>
    success({ id, revision: 3, plan: fixturePlan(), isArchived: false }),
  );
  const answer = await router({ 'plan.open': open })('plan.open', { id }, sender);
  expect(answer).toMatchObject({ ok: true, value: { revision: 3 } });
  expect(open).toHaveBeenCalledWith({ id }, sender);
});

test.each(['plan.destroy', 'toString', '__proto__', 'constructor', ''])(
  'the channel “%s” does not exist and is logged',
  async (channel) => {
    const log = vi.fn();
    const answer = await router({}, { log })(channel, null, sender);
    expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid input' } });
    expect(log).toHaveBeenCalledOnce();
  },
);

test.each([
  ['plan.open', { id: '../../etc/passwd' }],
  ['plan.open', null],
  ['plan.save', { id, baseRevision: 1.5, plan: fixturePlan(), label: 'x' }],
  ['plan.save', { id, baseRevision: 1, plan: { ...fixturePlan(), extra: 1 }, label: 'x' }],
  ['plan.save', { id, baseRevision: 1, plan: fixturePlan(), label: '' }],
  ['library.list', { search: 7, includeArchived: false }],
  ['shell.openExternal', { url: 'not an address' }],
  ['settings.set', { colorScheme: 'purple' }],
  ['report.exportPdf', { id, paper: 'A5' }],
])('%s refuses a wrong input before any handler sees it (%#)', async (channel, input) => {
  const handler = vi.fn();
  const answer = await router({ [channel]: handler })(channel, input, sender);
  expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid input' } });
  expect(handler).not.toHaveBeenCalled();
});

test('the sentence for a wrong input names the field', async () => {
  const plan = { ...fixturePlan(), name: '' };
  const answer = await router({})('plan.create', { plan }, sender);
  expect(answer.ok ? '' : answer.error.message).toContain(
    'plan.name: expected a length of at least 1',
  );
});

test('a known exception becomes its own sentence', async () => {
  const full = () => {
    throw Object.assign(new Error('full'), { code: 'SQLITE_FULL' });
  };
  const route = router(
    { 'plan.open': full },
    { explain: (error) => storageFailure(error, '/lib') },
  );
  expect(await route('plan.open', { id }, sender)).toMatchObject({
    ok: false,
    error: { kind: 'storage full' },
  });
});

test('an unknown exception becomes “internal”, is logged, and does not leak', async () => {
  const log = vi.fn();
  const broken = () => Promise.reject(new Error('secret detail'));
  const answer = await router({ 'app.info': broken }, { log })('app.info', null, sender);
  expect(answer).toMatchObject({ ok: false, error: { kind: 'internal' } });
  expect(answer.ok ? '' : answer.error.message).not.toContain('secret');
  expect(log).toHaveBeenCalledWith(
    'app.info',
    expect.objectContaining({ message: 'secret detail' }),
  );
});

test('a run that offers only some channels refuses the others', async () => {
  expect(await router({})('plan.open', { id }, sender)).toMatchObject({ ok: false });
});

test('every input of the contract refuses undefined, so nothing is called without being asked properly', () => {
  for (const [channel, { input }] of Object.entries(contract)) {
    expect(input.safeParse(undefined).success, channel).toBe(false);
  }
});
