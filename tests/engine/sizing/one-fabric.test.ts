import { describe, expect, it } from 'vitest';
import { clusterFabric } from '@engine/facility/fabric/cluster-fabric';
import type { System } from '@engine/catalogue/types';
import type { Quantity } from '@engine/plan';
import type { Demand, SystemAnswer } from '@engine/sizing/demand';
import { fabricLimit } from '@engine/sizing/one-fabric';
import { partAccelerators } from '@engine/sizing/one-service';
import { splitOverFabrics } from '@engine/sizing/split-demand';
import { sizeDemand } from '@engine/sizing/size-demand';
import { everySystem } from '@engine/sizing/stand-in-system';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { systemOf } from '../../fixtures/engine-fixture';
import { chatDemand, imageDemand, runDemand } from './demands';

const given = (value: number): Quantity => ({ value, origin: 'default' });

function kindOf(system: System, nodes: number): string {
  const cluster = {
    id: 'c',
    name: 'Cluster',
    siteId: 's',
    systemId: system.id,
    nodes: given(nodes),
    scaleOutGbpsPerAccelerator: given(system.scaleOutBandwidth.value),
    rentUsdPerAcceleratorHour: given(0),
    purchaseUsdPerNode: given(0),
  };
  return clusterFabric(cluster, system, catalogue.network).kind;
}

/** Asks for more than a fabric of many systems joins. */
const flood = { ...chatDemand, modelId: 'llama-3.1-70b', concurrentUsers: 6e6 };

describe('a demand larger than a fabric', () => {
  it('names the largest number of accelerators that one fabric joins', () => {
    const limited = everySystem(catalogue).flatMap((system) => {
      const limit = fabricLimit(system, 100_000, catalogue.network);
      return limit === null ? [] : [{ system, limit }];
    });
    expect(limited.length).toBeGreaterThan(5);
    for (const { system, limit } of limited) {
      const most = limit.acceleratorsPerFabric / system.acceleratorsPerNode.value;
      expect(kindOf(system, most), system.id).not.toBe('tooLarge');
      expect(kindOf(system, most + 1), system.id).toBe('tooLarge');
      expect(limit.fabrics).toBe(Math.ceil(100_000 / most));
      expect(fabricLimit(system, most, catalogue.network)).toBeNull();
    }
  });

  it.each(['cost', 'power', 'accelerators'] as const)(
    'stands below what one fabric joins and says so, ranked by %s',
    (rankedBy) => {
      const { ranked } = sizeDemand(flood, catalogue, 'rent', rankedBy);
      const split = ranked.map(({ fabrics }) => fabrics !== undefined);
      expect(split).toContain(true);
      expect(split).toContain(false);
      expect(split).toEqual(split.toSorted((one, other) => Number(one) - Number(other)));
      for (const { systemId, nodes, fabrics, reason } of ranked) {
        const system = everySystem(catalogue).find(({ id }) => id === systemId);
        if (!system) throw new Error(systemId);
        expect(kindOf(system, nodes) === 'tooLarge', systemId).toBe(fabrics !== undefined);
        expect(kindOf(system, nodes / (fabrics ?? 1)), systemId).not.toBe('tooLarge');
        if (fabrics === undefined) expect(reason).not.toContain('fabric');
        else
          expect(reason).toMatch(/^Placed last: No fabric of .+ joins .+, at most .+\. It takes/);
      }
    },
  );

  it.each<[string, Demand]>([
    ['a chat', flood],
    ['images', { ...imageDemand, requestsPerDay: 1e10 }],
    ['both', { kind: 'services', services: [flood, { ...imageDemand, requestsPerDay: 1e9 }] }],
  ])('is met in full by its equal clusters together: %s', (_what, demand) => {
    const { ranked } = sizeDemand(demand, catalogue, 'rent', 'accelerators');
    const split = ranked.filter(({ fabrics }) => fabrics !== undefined);
    expect(split.length).toBeGreaterThan(0);
    for (const { systemId, nodes, fabrics = 1, solution, accelerators } of split) {
      expect(Number.isInteger(nodes / fabrics), systemId).toBe(true);
      if (solution.kind === 'training') throw new Error('A service became a training run.');
      const parts = solution.kind === 'services' ? solution.services : [solution];
      const used = parts.reduce((sum, part) => sum + partAccelerators(part), 0) * fabrics;
      expect(used, systemId).toBeLessThanOrEqual(accelerators);
      expect(used, systemId).toBeGreaterThan(accelerators - (accelerators / nodes) * fabrics);
    }
  });

  it('is refused where not even one copy of the model is joined', () => {
    const system = systemOf('dgx-h100');
    const network = catalogue.network;
    const serve = (): SystemAnswer => ({
      isMet: true,
      nodes: 1e6,
      solution: { kind: 'services', services: [] },
    });
    const answer = splitOverFabrics(flood, system, network, serve);
    expect(answer.isMet).toBe(false);
    if (!answer.isMet) expect(answer.reason).toMatch(/^No fabric of .+ one copy .+ needs more\.$/);
  });

  it('is not met by a training run that no fabric joins', () => {
    const network = {
      ...catalogue.network,
      designs: new Map(),
      switches: new Map(
        [...catalogue.network.switches].map(([id, row]) => [
          id,
          {
            ...row,
            ports: { ...row.ports, value: 4 },
            splitsPerPort: { ...row.splitsPerPort, value: 1 },
          },
        ]),
      ),
    };
    const hasty = { ...runDemand, tokens: 1e12, deadlineDays: 10 };
    const before = sizeDemand(hasty, catalogue, 'rent', 'accelerators');
    const { ranked, rejected } = sizeDemand(
      hasty,
      { ...catalogue, network },
      'rent',
      'accelerators',
    );
    expect(before.ranked.length).toBeGreaterThan(0);
    const lost = before.ranked.filter(
      ({ systemId }) => !ranked.some((row) => row.systemId === systemId),
    );
    expect(lost.length).toBeGreaterThan(0);
    for (const { systemId } of lost) {
      const { reason } = rejected.find((row) => row.systemId === systemId) ?? {};
      expect(reason, systemId).toMatch(/^No fabric of .+ joins .+ accelerators, at most .+\.$/);
    }
  });
});
