import { describe, expect, it } from 'vitest';
import type { InferenceDemand, RankedBy, ServicesDemand } from '@engine/sizing/demand';
import { partAccelerators } from '@engine/sizing/one-service';
import { sizeDemand } from '@engine/sizing/size-demand';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const chat: InferenceDemand = {
  kind: 'inference',
  modelId: 'llama-3.1-70b',
  concurrentUsers: 50_000,
  requestsPerUserHour: 12,
  inputTokens: 1_500,
  outputTokens: 400,
  timeToFirstTokenTargetMs: 2_000,
  timePerOutputTokenTargetMs: 30,
  weightPrecision: null,
};

describe('what a target costs', () => {
  it.each<[string, Partial<InferenceDemand>]>([
    ['Time per output token', { timePerOutputTokenTargetMs: 60 }],
    ['Time to first token', { timeToFirstTokenTargetMs: 4_000 }],
    ['Weights', { weightPrecision: 'fp4' }],
  ])('is what the search finds without it: %s', (target, change) => {
    for (const by of ['cost', 'power', 'accelerators'] as const) {
      const found = sizeDemand(chat, catalogue, 'buy', by).relaxations.find(
        (one) => one.target === target,
      );
      const [first] = sizeDemand({ ...chat, ...change }, catalogue, 'buy', by).ranked;
      const now = sizeDemand(chat, catalogue, 'buy', by).ranked[0];
      const value = (row: typeof first): number =>
        (by === 'cost' ? row?.usdPerHour : by === 'power' ? row?.itPowerKw : row?.accelerators) ??
        0;
      if (found === undefined) {
        expect(value(first)).toBeGreaterThanOrEqual(value(now) * (1 - 1e-9));
        continue;
      }
      expect(found.after / value(first)).toBeCloseTo(1, 9);
      expect((found.before ?? 0) / value(now)).toBeCloseTo(1, 9);
      expect(found.after).toBeLessThan(found.before ?? 0);
    }
  });

  it('names what would meet a demand that nothing meets', () => {
    const never = sizeDemand({ ...chat, timePerOutputTokenTargetMs: 0.01 }, catalogue);
    const bestMs = Number(/takes ([\d.]+) ms/.exec(never.problem?.advice ?? '')?.[1]);
    const hard = { ...chat, timePerOutputTokenTargetMs: bestMs * 0.8 };
    const { ranked, relaxations } = sizeDemand(hard, catalogue, 'buy', 'accelerators');
    expect(ranked).toEqual([]);
    expect(relaxations.map(({ target }) => target)).toContain('Time per output token');
    for (const { before, after } of relaxations) {
      expect(before).toBeNull();
      expect(after).toBeGreaterThan(0);
    }
  });

  it('leaves the weights alone where they are chosen', () => {
    const { relaxations } = sizeDemand({ ...chat, weightPrecision: 'bf16' }, catalogue);
    expect(relaxations.map(({ target }) => target)).not.toContain('Weights');
  });
});

describe('a ranking', () => {
  it.each<[RankedBy, RegExp]>([
    ['power', /^Lowest power/],
    ['accelerators', /^Fewest accelerators/],
  ])('by %s counts those without a price too', (by, reason) => {
    const { ranked } = sizeDemand(chat, catalogue, 'buy', by);
    // What one fabric cannot join stands behind, whatever it takes.
    const place = ({ fabrics, itPowerKw, accelerators }: (typeof ranked)[number]) =>
      [fabrics === undefined ? 0 : 1, by === 'power' ? itPowerKw : accelerators] as const;
    expect(ranked.map(place)).toEqual(
      ranked.map(place).toSorted((one, two) => one[0] - two[0] || one[1] - two[1]),
    );
    expect(ranked[0]?.reason).toMatch(reason);
    expect(ranked[1]?.reason).toMatch(new RegExp(`times the ${by} of|^As m(any|uch) as`));
    expect(ranked.some(({ usdPerHour }) => usdPerHour === null)).toBe(true);
  });
});

describe('several services on one cluster', () => {
  const small: InferenceDemand = { ...chat, modelId: 'llama-3.1-8b', concurrentUsers: 20_000 };
  const both: ServicesDemand = { kind: 'services', services: [chat, small] };

  it('share its nodes: never more than each for itself, never fewer than the larger', () => {
    // Where no fabric joins them, each of the equal clusters has whole nodes of its own.
    const clusters = new Map<string, number>();
    const nodes = (demand: InferenceDemand | ServicesDemand): Map<string, number> =>
      new Map(
        sizeDemand(demand, catalogue, 'buy', 'accelerators').ranked.map((row) => {
          clusters.set(row.systemId, row.fabrics ?? 1);
          return [row.systemId, row.nodes];
        }),
      );
    const [one, other] = [nodes(chat), nodes(small)];
    const together = nodes(both);
    for (const [systemId, shared] of together) {
      const uneven = (clusters.get(systemId) ?? 1) - 1;
      const apart = [one.get(systemId) ?? 0, other.get(systemId) ?? 0] as const;
      expect(shared, systemId).toBeLessThanOrEqual(apart[0] + apart[1] + uneven);
      expect(shared, systemId).toBeGreaterThanOrEqual(Math.max(...apart));
    }
  });

  it('each meet their targets in as many accelerators as are counted', () => {
    for (const { solution, accelerators } of sizeDemand(both, catalogue).ranked) {
      if (solution.kind !== 'services') throw new Error('Two services got one layout.');
      expect(solution.services.map(({ modelId }) => modelId)).toEqual([
        chat.modelId,
        small.modelId,
      ]);
      const used = solution.services.reduce((sum, part) => sum + partAccelerators(part), 0);
      expect(used).toBeLessThanOrEqual(accelerators);
      for (const part of solution.services) {
        if (part.kind !== 'inference') throw new Error('A chat became another task.');
        expect(part.timePerOutputTokenMs).toBeLessThanOrEqual(30);
      }
    }
  });
});
