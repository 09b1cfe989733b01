import { describe, expect, test } from 'vitest';
import { intakeSteps, type Intake } from '@engine/inference/intake';
import { loadReplica } from '@engine/inference/loaded-replica';
import { operatingPoint } from '@engine/inference/operating-point';
import { randomStream } from '@engine/simulation/random';
import { replicaOf } from '../../fixtures/serving-fixture';

const polled: Intake = { kind: 'polled', steps: 30 };
const gathered: Intake = { kind: 'gathered', steps: 20, fullShare: 0.9 };

/** Steps that requests at random wait on average for a scheduler, step by step. */
function counted({ kind, steps, fullShare = Infinity }: Intake, rate: number, full: number) {
  let waited = 0;
  let taken = 0;
  let queue: number[] = [];
  const random = randomStream(7);
  let next = random.exponential() / rate;
  for (let step = 0; step < 400_000; step += 1) {
    while (next <= step) {
      queue.push(next);
      next += random.exponential() / rate;
    }
    const since = step - (queue[0] ?? step);
    const isTime = kind === 'polled' ? step % steps === 0 : since >= steps;
    if (queue.length === 0 || !(isTime || queue.length >= fullShare * full)) continue;
    for (const came of queue) waited += step - came;
    taken += queue.length;
    queue = [];
  }
  return waited / taken;
}

describe('a scheduler that keeps new requests waiting', () => {
  test.each([
    ['looks for them now and then', polled, 0.31, 8],
    ['gathers few', gathered, 0.021, 8],
    ['gathers some', gathered, 0.14, 80],
    ['gathers until a step is full', gathered, 1.3, 9],
  ] as const)('that %s is as counted step by step', (_, intake, rate, full) => {
    const { wait } = intakeSteps(intake, rate, full);
    expect(Math.abs(wait - counted(intake, rate, full))).toBeLessThan(1.1);
  });

  test('takes together what comes between', () => {
    expect(intakeSteps(polled, 0.3, 8).together).toBe(30);
    expect(intakeSteps(gathered, 0, 8)).toEqual({ wait: 20, together: 20 });
    expect(intakeSteps(gathered, 10, 11).together).toBeCloseTo(0.89, 9);
    expect(intakeSteps(undefined, 1, 8)).toEqual({ wait: 0, together: 0 });
    expect(intakeSteps({ ...polled, steps: 0 }, 1, 8)).toEqual({ wait: 0, together: 0 });
  });

  test('adds its steps to the first token of a settled load, and none to that of one user or of a first round', () => {
    const serving = replicaOf({ constants: { mixesPrompts: 0 } });
    const shape = { inputTokens: 1024, outputTokens: 1024, answerSpread: 0.22, isSettled: true };
    const first = (users: number, changes = {}) =>
      loadReplica(serving, { ...shape, ...changes }, { kind: 'closed loop', users });
    const added = (users: number, changes = {}): number =>
      first(users, { ...changes, intake: polled }).timeToFirstToken -
      first(users, changes).timeToFirstToken;
    const step = first(4).point.decode.total;
    expect(added(4) / (15 * step)).toBeGreaterThan(0.95);
    // Those of thirty steps also stand in line together.
    expect(added(64)).toBeGreaterThan(1.1 * 15 * first(64).point.decode.total);
    expect(added(1)).toBe(0);
    expect(added(64, { isSettled: false, rounds: 1 })).toBe(0);
  });

  test('lets the prompts that it takes together share their launches', () => {
    const slow = { mixesPrompts: 0, promptLayerOverheadSeconds: 2e-3 };
    const serving = replicaOf({ constants: slow });
    const shape = { inputTokens: 512, outputTokens: 1024, answerSpread: 0.22 };
    const cost = (intake?: Intake): number =>
      operatingPoint(serving, { ...shape, ...(intake ? { intake } : {}) }, 256).promptSeconds;
    // Of 256 users with answers of 1,024 tokens a quarter of one comes per step.
    expect(cost() / cost(polled)).toBeGreaterThan(4);
    expect(cost() / cost(polled)).toBeLessThan(8.5);
  });
});
