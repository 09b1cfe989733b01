import { describe, expect, test } from 'vitest';
import { randomStream } from '@engine/simulation/random';
import { Replica } from '@engine/simulation/replica';
import { RequestBook } from '@engine/simulation/requests';
import { Router } from '@engine/simulation/router';
import type { RouterPolicy } from '@engine/simulation/types';
import { replicaOf } from './fleet-fixture';

const policies: readonly RouterPolicy[] = [
  'round robin',
  'least loaded',
  'join shortest queue',
  'power of two',
];

function replicasOf(count: number, requests = 100) {
  const book = new RequestBook({
    arrival: new Float64Array(requests),
    input: new Int32Array(requests).fill(100),
    output: Int32Array.from({ length: requests }, (_, index) => 10 + index),
  });
  return Array.from({ length: count }, (_, index) => new Replica(index, replicaOf(), book));
}

function routerOf(policy: RouterPolicy, replicas: readonly Replica[]): Router {
  return new Router(policy, replicas, randomStream(1));
}

describe.each(policies)('the router "%s"', (policy) => {
  test('finds the only replica that is up', () => {
    const replicas = replicasOf(5);
    for (const replica of replicas) replica.isUp = replica.index === 3;
    const router = routerOf(policy, replicas);
    for (let round = 0; round < 20; round += 1) expect(router.choose()?.index).toBe(3);
  });

  test('leaves out a replica that is being stopped', () => {
    const replicas = replicasOf(2);
    const [first] = replicas;
    if (first) first.isOpen = false;
    const router = routerOf(policy, replicas);
    for (let round = 0; round < 20; round += 1) expect(router.choose()?.index).toBe(1);
  });

  test('finds none where none is up', () => {
    const replicas = replicasOf(3);
    for (const replica of replicas) replica.isUp = false;
    expect(routerOf(policy, replicas).choose()).toBeNull();
  });

  test('uses every replica of an even load', () => {
    const replicas = replicasOf(4);
    const router = routerOf(policy, replicas);
    const used = new Set<number>();
    for (let request = 0; request < 80; request += 1) {
      const replica = router.choose();
      replica?.take(request, 0);
      used.add(replica?.index ?? -1);
    }
    expect([...used].toSorted()).toEqual([0, 1, 2, 3]);
  });
});

describe('what a router looks at', () => {
  test('turns go round', () => {
    const router = routerOf('round robin', replicasOf(3));
    const turns = Array.from({ length: 7 }, () => router.choose()?.index);
    expect(turns).toEqual([0, 1, 2, 0, 1, 2, 0]);
  });

  test('the shortest queue counts requests, the least load counts tokens', () => {
    const replicas = replicasOf(2);
    const [first, second] = replicas;
    // Request 90 is longer than requests 0 and 1 together would be without their prompts.
    first?.take(90, 0);
    second?.take(0, 0);
    second?.take(1, 0);
    expect(routerOf('join shortest queue', replicas).choose()?.index).toBe(0);
    expect(first?.load).toBe(200);
    expect(second?.load).toBe(221);
    expect(routerOf('least loaded', replicas).choose()?.index).toBe(0);
    first?.take(2, 0);
    expect(routerOf('least loaded', replicas).choose()?.index).toBe(1);
  });

  test('two drawn at random are far more even than one', () => {
    const replicas = replicasOf(10, 1000);
    const router = routerOf('power of two', replicas);
    for (let request = 0; request < 1000; request += 1) router.choose()?.take(request, 0);
    const sizes = replicas.map(({ requests }) => requests);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(8);
  });
});
