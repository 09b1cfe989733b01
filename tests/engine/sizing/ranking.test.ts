import { describe, expect, it } from 'vitest';
import { hourlyCost } from '@engine/sizing/cluster-cost';
import type { InferenceDemand, SizedCluster, TrainingDemand } from '@engine/sizing/demand';
import { sizeDemand } from '@engine/sizing/size-demand';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { chatDemand, runDemand } from './demands';

const chat: InferenceDemand = { ...chatDemand, concurrentUsers: 10_000, inputTokens: 512 };

const run: TrainingDemand = { ...runDemand, globalBatchSequences: 1_024 };

describe('a ranking', () => {
  it.each([
    ['of a bought service', chat, 'buy'],
    ['of a rented service', chat, 'rent'],
    ['of a bought training run', run, 'buy'],
    ['of a rented training run', run, 'rent'],
  ] as const)(
    '%s names the cheapest first and compares the others with it',
    (_name, demand, how) => {
      const { ranked } = sizeDemand(demand, catalogue, how);
      const [first, ...others] = ranked;
      const costOf = (row: SizedCluster): number => row.usdTotal ?? row.usdPerHour ?? 0;
      if (!first) throw new Error('Nothing meets the demand.');
      expect(first.reason).toBe('Lowest cost of all that meet the demand.');
      for (const row of others) {
        const isEqual = row.reason === `As much as ${first.systemName}.`;
        if (!isEqual) expect(row.reason).toContain(`times the cost of ${first.systemName}.`);
        const stated = isEqual ? 1 : Number(/^[\d.,]+/.exec(row.reason)?.[0].replaceAll(',', ''));
        expect(stated / (costOf(row) / costOf(first))).toBeCloseTo(1, 2);
      }
    },
  );

  it('does not depend on the order of the catalogue', () => {
    const systems = new Map([...catalogue.systems].toReversed());
    const reversed = sizeDemand(chat, { ...catalogue, systems });
    const straight = sizeDemand(chat, catalogue);
    const ids = (rows: readonly { systemId: string }[]): string[] =>
      rows.map(({ systemId }) => systemId);
    expect(ids(reversed.ranked)).toEqual(ids(straight.ranked));
    expect(ids(reversed.rejected).toSorted()).toEqual(ids(straight.rejected).toSorted());
  });

  it.each(['buy', 'rent'] as const)('by %s prices an hour as it is asked for', (how) => {
    for (const row of sizeDemand(chat, catalogue, how).ranked) {
      const price = how === 'buy' ? row.ownUsdPerHour : row.rentUsdPerHour;
      expect(row.usdPerHour, row.systemId).toBe(price);
    }
  });

  it('says of a system whose accelerator is unknown that there is no data', () => {
    const accelerators = new Map([...catalogue.accelerators].filter(([id]) => id !== 'h100-sxm'));
    const { rejected } = sizeDemand(chat, { ...catalogue, accelerators });
    const reason = rejected.find(({ systemId }) => systemId === 'dgx-h100')?.reason;
    expect(reason).toBe('The catalogue has no data on its accelerator.');
  });

  it.each([
    ['more users', { concurrentUsers: 40_000 }],
    ['longer answers', { outputTokens: 1_024 }],
    ['a tighter target', { timePerOutputTokenTargetMs: 25 }],
    ['busier users', { requestsPerUserHour: 48 }],
  ])('never needs fewer nodes for %s', (_what, change) => {
    const nodes = new Map(
      sizeDemand(chat, catalogue).ranked.map((row) => [row.systemId, row.nodes]),
    );
    for (const row of sizeDemand({ ...chat, ...change }, catalogue).ranked) {
      expect(row.nodes, row.systemId).toBeGreaterThanOrEqual(nodes.get(row.systemId) ?? 1);
    }
  });
});

describe('an hour of nodes', () => {
  it.each([...catalogue.systems.values()].map((system) => [system.id, system] as const))(
    'of %s costs in proportion to their number, rented and owned',
    (_id, system) => {
      const [one, ten] = [hourlyCost(catalogue, system, 1), hourlyCost(catalogue, system, 10)];
      expect((one.ownUsdPerHour === null) === (system.price === null)).toBe(true);
      if (one.ownUsdPerHour !== null) {
        expect((ten.ownUsdPerHour ?? 0) / one.ownUsdPerHour).toBeCloseTo(10, 9);
      }
      if (one.rentUsdPerHour !== null) {
        expect((ten.rentUsdPerHour ?? 0) / one.rentUsdPerHour).toBeCloseTo(10, 9);
      }
    },
  );
});
