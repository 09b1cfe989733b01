import { expect, test } from 'vitest';
import { contract, events } from '@shared/ipc/contract';
import { fixturePlan } from '../../fixtures/plan-fixture';

const id = '00000000-0000-4000-8000-000000000000';

test('a plan crosses the process edge unchanged', () => {
  const plan = fixturePlan();
  const request = { id, baseRevision: 1, plan, label: 'Edit' };
  expect(contract['plan.save'].input.parse(structuredClone(request))).toEqual(request);
  const opened = { id, revision: 2, plan, isArchived: false };
  expect(contract['plan.open'].output.parse(structuredClone(opened))).toEqual(opened);
});

test('a plan id is a UUID and nothing that could be a path or a query', () => {
  for (const wrong of ['', '1', '../library', "' OR 1=1", `${id} `, 7, null]) {
    expect(contract['plan.open'].input.safeParse({ id: wrong }).success, String(wrong)).toBe(false);
  }
  expect(contract['plan.open'].input.safeParse({ id }).success).toBe(true);
});

test('a dropped file has a limit', () => {
  const input = { name: 'a.clusterplan', base64: 'A'.repeat(200_000_001) };
  expect(contract['file.import'].input.safeParse(input).success).toBe(false);
});

test('a setting left out stays as it is; a wrong one is refused', () => {
  const { input } = contract['settings.set'];
  expect(input.parse({})).toEqual({});
  expect(input.parse({ openPlanId: null })).toEqual({ openPlanId: null });
  expect(input.safeParse({ paper: 'A3' }).success).toBe(false);
});

test('every event has a payload that is checked', () => {
  expect(events.command.safeParse({ id: 7 }).success).toBe(false);
  expect(events.planOpened.safeParse({ id: 'x' }).success).toBe(false);
  expect(events.notice.safeParse({ level: 'shout', message: 'x' }).success).toBe(false);
  expect(events.closing.safeParse(undefined).success).toBe(false);
});
