import { replicaAccelerators } from '@engine/inference/workload-layout';
import { describe, expect, test } from 'vitest';
import type { Demand, InferenceDemand, TrainingDemand } from '@engine/sizing/demand';
import { marketRent } from '@engine/cost/market-rent';
import { sizeDemand } from '@engine/sizing/size-demand';
import { everySystem, systemById } from '@engine/sizing/stand-in-system';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { defaultRent } from '@shared/plan/defaults';

const chat: InferenceDemand = {
  kind: 'inference',
  modelId: 'llama-3.1-70b',
  concurrentUsers: 20_000,
  requestsPerUserHour: 10,
  inputTokens: 1500,
  outputTokens: 400,
  timeToFirstTokenTargetMs: 2000,
  timePerOutputTokenTargetMs: 60,
  weightPrecision: null,
};

const run: TrainingDemand = {
  kind: 'training',
  modelId: 'llama-3.1-70b',
  tokens: 1e12,
  sequenceLength: 8192,
  globalBatchSequences: 1024,
  deadlineDays: 60,
  precision: 'bf16',
};

function costs(demand: Demand): number[] {
  return sizeDemand(demand, catalogue).ranked.map(
    (cluster) => cluster.usdTotal ?? cluster.usdPerHour ?? 0,
  );
}

describe('clusters for a demand', () => {
  test.each([
    ['a service', chat],
    ['a training run', run],
  ])('ranks %s by cost and names every system once', (_name, demand) => {
    const { ranked, rejected } = sizeDemand(demand, catalogue);
    expect(ranked.length).toBeGreaterThan(3);
    const order = costs(demand);
    expect(order).toEqual(order.toSorted((first, second) => first - second));
    const named = [...ranked, ...rejected].map(({ systemId }) => systemId);
    expect(named.toSorted()).toEqual(
      everySystem(catalogue)
        .map(({ id }) => id)
        .toSorted(),
    );
    for (const { reason } of rejected) expect(reason).toMatch(/\.$/);
  });

  test('meets the targets of the service on every ranked system', () => {
    for (const { solution, accelerators } of sizeDemand(chat, catalogue).ranked) {
      if (solution.kind !== 'inference') throw new Error('A service got a training layout.');
      expect(solution.timePerOutputTokenMs).toBeLessThanOrEqual(60);
      expect(solution.timeToFirstTokenMs).toBeLessThanOrEqual(2000);
      expect(accelerators).toBeGreaterThanOrEqual(
        solution.replicas * replicaAccelerators(solution),
      );
    }
  });

  test('meets the deadline with a layout that uses every accelerator', () => {
    for (const { solution, accelerators } of sizeDemand(run, catalogue).ranked) {
      if (solution.kind !== 'training') throw new Error('A training run got a service.');
      const { tensorParallel, pipelineParallel, contextParallel } = solution.layout;
      const ranksOfReplica = tensorParallel * pipelineParallel * contextParallel;
      expect(solution.days).toBeLessThanOrEqual(60);
      expect(ranksOfReplica * solution.dataParallel).toBe(accelerators);
    }
  });

  test('never needs fewer nodes for more users or an earlier deadline', () => {
    const nodesOf = (demand: Demand): Map<string, number> =>
      new Map(sizeDemand(demand, catalogue).ranked.map(({ systemId, nodes }) => [systemId, nodes]));
    const more = nodesOf({ ...chat, concurrentUsers: 60_000 });
    for (const [systemId, nodes] of nodesOf(chat)) {
      expect(more.get(systemId), systemId).toBeGreaterThanOrEqual(nodes);
    }
    const earlier = nodesOf({ ...run, deadlineDays: 30 });
    for (const [systemId, nodes] of earlier) {
      expect(nodesOf(run).get(systemId) ?? 0, systemId).toBeLessThanOrEqual(nodes);
    }
  });

  test('says why nothing meets an impossible target', () => {
    const { ranked, rejected } = sizeDemand(
      { ...chat, timePerOutputTokenTargetMs: 0.1 },
      catalogue,
    );
    expect(ranked).toEqual([]);
    expect(rejected.some(({ reason }) => reason.includes('time per output token'))).toBe(true);
  });

  test('rents at the price that a new plan starts with', () => {
    for (const { systemId, rentUsdPerHour, accelerators } of sizeDemand(chat, catalogue).ranked) {
      const system = systemById(catalogue, systemId);
      const rent = defaultRent(catalogue, system?.acceleratorId ?? '').value;
      expect(rentUsdPerHour ?? 0, systemId).toBeCloseTo(rent * accelerators, 6);
    }
    expect(marketRent(catalogue, 'no-such-part')).toBeNull();
  });

  test('ranks by rent when asked, and drops what nobody rents out', () => {
    const { ranked, rejected } = sizeDemand(chat, catalogue, 'rent');
    const order = ranked.map(({ usdPerHour }) => usdPerHour ?? 0);
    expect(order.length).toBeGreaterThan(3);
    expect(order).toEqual(order.toSorted((first, second) => first - second));
    expect(rejected.find(({ systemId }) => systemId === 'hgx-h800')?.reason).toMatch(
      /^\d+ accelerators meet the demand, but no on-demand rent is quoted\.$/,
    );
  });
});
