import { describe, expect, test } from 'vitest';
import { Replica } from '@engine/simulation/replica';
import { RequestBook } from '@engine/simulation/requests';
import type { ReplicaSetup } from '@engine/simulation/types';
import { plausible, replicaOf } from './fleet-fixture';

function replicaWith(
  requests: readonly (readonly [input: number, output: number])[],
  changes: Partial<ReplicaSetup> = {},
) {
  const book = new RequestBook({
    arrival: new Float64Array(requests.length),
    input: Int32Array.from(requests, ([input]) => input),
    output: Int32Array.from(requests, ([, output]) => output),
  });
  book.inFleet = requests.length;
  return { book, replica: new Replica(0, replicaOf(changes), book) };
}

/** Lets the replica work until there is nothing to do; returns the times at which its steps ended. */
function workOff(replica: Replica, first: number): number[] {
  const ends: number[] = [];
  for (let next = first; next < Infinity; next = replica.proceed(next)) ends.push(next);
  return ends;
}

describe('a replica', () => {
  test('with one request has two events: its prompt and its answer', () => {
    const { book, replica } = replicaWith([[500, 21]]);
    const ends = workOff(replica, replica.take(0, 1));
    expect(ends).toHaveLength(2);
    expect(ends[0]).toBeCloseTo(1 + plausible.prefill(1, 500), 9);
    expect(book.finished).toBe(1);
    expect(book.tokens).toBe(21);
  });

  test('with an answer of one token is done after the prompt', () => {
    const { book, replica } = replicaWith([[500, 1]]);
    expect(workOff(replica, replica.take(0, 0))).toHaveLength(1);
    expect(book.finish[0]).toBe(book.firstToken[0]);
  });

  test('processes waiting prompts together, up to the budget', () => {
    const { book, replica } = replicaWith(
      [
        [500, 5],
        [1000, 5],
        [1000, 5],
        [1000, 5],
      ],
      { tokenBudget: 2000 },
    );
    let next = replica.take(0, 0);
    for (const request of [1, 2, 3]) next = replica.take(request, 0.001);
    workOff(replica, next);
    expect(book.firstToken[1]).toBe(book.firstToken[2]);
    expect(book.firstToken[3]).toBeGreaterThan(book.firstToken[2] ?? 0);
  });

  test('breaks a run of decode steps when somebody comes', () => {
    const { book, replica } = replicaWith([
      [100, 1000],
      [100, 10],
    ]);
    const prompt = replica.take(0, 0);
    const runEnd = replica.proceed(prompt);
    const broken = replica.take(1, prompt + 0.5);
    expect(broken).toBeLessThan(runEnd);
    expect(broken - (prompt + 0.5)).toBeLessThan(plausible.decode(1, 1000));
    workOff(replica, broken);
    expect(book.finished).toBe(2);
    expect(book.firstToken[1]).toBeLessThan(book.finish[0] ?? 0);
  });

  test('does not break it for one that has no room', () => {
    const { replica } = replicaWith(
      [
        [100, 1000],
        [100, 10],
      ],
      { largestBatch: 1 },
    );
    const runEnd = replica.proceed(replica.take(0, 0));
    expect(replica.take(1, 0.5)).toBe(runEnd);
    expect(replica.waiting).toBe(1);
  });

  test('counts what it holds, and nothing when all is done', () => {
    const { replica } = replicaWith([
      [100, 20],
      [300, 40],
    ]);
    replica.take(0, 0);
    const next = replica.take(1, 0);
    expect([replica.requests, replica.load]).toEqual([2, 460]);
    workOff(replica, next);
    expect([replica.requests, replica.load]).toEqual([0, 0]);
  });

  test('preempts the newest when memory is full, and answers it in full later', () => {
    const { book, replica } = replicaWith(
      [
        [100, 200],
        [100, 200],
      ],
      { cacheTokens: 350 },
    );
    replica.take(0, 0);
    const next = replica.take(1, 0);
    workOff(replica, next);
    expect(book.preempted).toBeGreaterThan(0);
    expect(book.finished).toBe(2);
    expect(book.tokens).toBe(400);
    expect(book.finish[1]).toBeGreaterThan(book.finish[0] ?? 0);
  });

  test('that fails gives back everything it had', () => {
    const { book, replica } = replicaWith([
      [100, 200],
      [100, 200],
      [9000, 10],
    ]);
    replica.proceed(replica.take(0, 0));
    replica.proceed(replica.take(1, 0.05));
    replica.take(2, 0.2);
    const lost = replica.fail(0.3);
    expect(lost.toSorted()).toEqual([0, 1, 2]);
    for (const request of lost) book.restart(request);
    expect([replica.requests, replica.load, replica.waiting]).toEqual([0, 0, 0]);
    expect(book.tokens).toBe(0);
    expect(replica.isUp).toBe(false);
  });

  test('is busy no longer than time passes', () => {
    const { replica } = replicaWith([
      [100, 20],
      [300, 40],
    ]);
    const ends = workOff(replica, replica.take(0, 0));
    const later = workOff(replica, replica.take(1, 100));
    const worked = (ends.at(-1) ?? 0) + ((later.at(-1) ?? 0) - 100);
    expect(replica.busySeconds).toBeCloseTo(worked, 9);
  });
});
