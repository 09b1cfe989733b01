import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildDragonfly } from '@engine/facility/fabric/dragonfly';
import { buildFabric } from '@engine/facility/fabric/fat-tree';
import { buildTorus, torusSides } from '@engine/facility/fabric/torus';
import type { Fabric, FabricRules } from '@engine/facility/fabric/types';

const rulesOf = (change: Partial<FabricRules>): FabricRules => ({
  endpoints: 1024,
  radix: 64,
  linkGbps: 400,
  oversubscription: 1,
  planes: 1,
  rails: 1,
  ...change,
});

const anyRules = fc.record({
  endpoints: fc.integer({ min: 1, max: 300_000 }),
  radix: fc.integer({ min: 1, max: 256 }),
  linkGbps: fc.constantFrom(100, 400, 800),
  oversubscription: fc.constantFrom(1, 1.5, 2, 3, 7),
  spineOversubscription: fc.constantFrom(1, 2, 3),
  planes: fc.integer({ min: 1, max: 4 }),
  rails: fc.constantFrom(1, 2, 4, 8),
});

function links(fabric: Fabric, key: string): number {
  return fabric.layers.find((layer) => layer.key === key)?.links ?? 0;
}

function exists(fabric: Fabric | null): Fabric {
  if (fabric === null) throw new Error('The fabric cannot be built.');
  return fabric;
}

describe('a dragonfly+', () => {
  test('of even radix k joins k⁴/16 + k²/4 endpoints, and not one more', () => {
    const evenRadix = fc.integer({ min: 2, max: 24 }).map((half) => 2 * half);
    fc.assert(
      fc.property(evenRadix, (radix) => {
        const most = radix ** 4 / 16 + radix ** 2 / 4;
        const full = exists(buildDragonfly(rulesOf({ endpoints: most, radix })));
        expect(full.shape.pods).toBe(radix ** 2 / 4 + 1);
        expect(links(full, 'betweenGroups')).toBe(((radix ** 2 / 4 + 1) * radix ** 2) / 8);
        expect(buildDragonfly(rulesOf({ endpoints: most + 1, radix }))).toBeNull();
      }),
    );
  });

  test('of one group is the two-tier fat tree', () => {
    const rules = rulesOf({ endpoints: 1000 });
    expect(buildDragonfly(rules)).toEqual(buildFabric(rules));
  });

  test('uses no port twice, of any size', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        const fabric = buildDragonfly(rules);
        if (fabric === null || links(fabric, 'betweenGroups') === 0) return;
        const inside = links(fabric, 'leafSpine');
        expect(fabric.leaves * rules.radix).toBeGreaterThanOrEqual(
          links(fabric, 'nodeLeaf') + inside,
        );
        expect(fabric.spines * rules.radix).toBeGreaterThanOrEqual(
          inside + 2 * links(fabric, 'betweenGroups'),
        );
      }),
    );
  });
});

describe('a torus', () => {
  test('has sides that hold every switch and are nearly alike', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom(2, 3),
        (switches, dimensions) => {
          const sides = torusSides(switches, dimensions);
          const all = sides.reduce((product, side) => product * side, 1);
          expect(sides).toHaveLength(dimensions);
          expect(all).toBeGreaterThanOrEqual(switches);
          expect((sides.at(-1) ?? 0) - (sides[0] ?? 0)).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  test('of 4 × 4 × 4 switches has 3 · 64 neighbours and cuts through 2 · 16 of them', () => {
    // Radix 12: w = ⌊12 / 2 / 6⌋ = 1 link to each of six neighbours and c = 6 endpoints.
    const torus = exists(buildTorus(rulesOf({ endpoints: 384, radix: 12 }), 3));
    expect(torus.shape.sides).toEqual([4, 4, 4]);
    expect(links(torus, 'betweenSwitches')).toBe(192);
    expect(torus.bisectionTbps).toBeCloseTo((32 * 400) / 1e3, 9);
    expect(torus.switchesOnPath).toBe(4);
    expect(torus.cuts.at(-1)).toMatchObject({ accelerators: 192 });
    expect(torus.cuts.at(-1)?.uniformShare).toBeCloseTo(32 / 192, 9);
  });

  test('uses no port twice, of any size', () => {
    fc.assert(
      fc.property(anyRules, fc.constantFrom(2 as const, 3 as const), (rules, dimensions) => {
        const torus = buildTorus(rules, dimensions);
        if (torus === null) return;
        expect(torus.leaves * rules.radix).toBeGreaterThanOrEqual(
          links(torus, 'nodeLeaf') + 2 * links(torus, 'betweenSwitches'),
        );
        expect(torus.leaves * torus.leafDownlinks).toBeGreaterThanOrEqual(links(torus, 'nodeLeaf'));
      }),
    );
  });
});

describe('the borders of a fabric', () => {
  const builders = [
    buildFabric,
    buildDragonfly,
    (rules: FabricRules) => buildTorus(rules, 2),
    (rules: FabricRules) => buildTorus(rules, 3),
  ];

  test('let less through than the ports behind them, and lie inside the network', () => {
    fc.assert(
      fc.property(anyRules, fc.constantFrom(...builders), (rules, build) => {
        for (const { accelerators, neighbourShare, uniformShare } of build(rules)?.cuts ?? []) {
          expect(accelerators).toBeLessThan(rules.endpoints);
          expect(neighbourShare).toBeGreaterThan(0);
          expect(Math.min(neighbourShare, uniformShare)).toBeLessThan(1);
        }
      }),
    );
  });

  test('are none in a fat tree at 1 : 1, of any size and radix', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        const free = { ...rules, oversubscription: 1, spineOversubscription: 1 };
        expect(buildFabric(free)?.cuts ?? []).toEqual([]);
      }),
    );
  });

  test('are the leaves of an oversubscribed unit, and the pods above oversubscribed spines', () => {
    const leaf = exists(buildFabric(rulesOf({ endpoints: 1536, oversubscription: 3, rails: 8 })));
    expect(leaf.cuts).toEqual([
      { accelerators: 8 * 48, neighbourShare: 1 / 3, uniformShare: 1 / 3 },
    ]);
    const pod = exists(buildFabric(rulesOf({ endpoints: 8192, spineOversubscription: 3 })));
    expect(pod.tiers).toBe(3);
    expect(pod.cuts).toHaveLength(1);
    expect(pod.cuts[0]?.accelerators).toBe(pod.shape.leavesPerPod * pod.leafDownlinks);
    expect(pod.cuts[0]?.uniformShare).toBeCloseTo(1 / 3, 1);
  });
});

test.each([{ radix: 0 }, { radix: Number.NaN }, { endpoints: 0 }, { planes: 0 }])(
  'numbers that mean nothing (%o) give no fabric, and no exception',
  (change) => {
    expect(buildDragonfly(rulesOf(change))).toBeNull();
    expect(buildTorus(rulesOf(change), 3)).toBeNull();
  },
);
