import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildDragonfly } from '@engine/facility/fabric/dragonfly';
import type { Fabric, FabricRules } from '@engine/facility/fabric/types';

function built(change: Partial<FabricRules>): Fabric {
  const usual = {
    endpoints: 64,
    radix: 8,
    linkGbps: 400,
    oversubscription: 1,
    planes: 1,
    rails: 1,
  };
  const fabric = buildDragonfly({ ...usual, ...change });
  if (fabric === null) throw new Error('The fabric cannot be built.');
  return fabric;
}

const cablesOf = (fabric: Fabric): number =>
  fabric.layers.find(({ key }) => key === 'betweenGroups')?.links ?? 0;

/** Radix 8 has groups of 4 leaves, 4 spines and 16 endpoints, with 16 ports for other groups. */
describe('a dragonfly+ of radix 8', () => {
  test('joins two groups with all 16 cables, and blocks nowhere', () => {
    const two = built({ endpoints: 32 });
    expect([two.shape.pods, two.leaves, two.spines, cablesOf(two)]).toEqual([2, 8, 8, 16]);
    expect(two.bisectionTbps).toBeCloseTo(16 * 0.4, 9);
    expect(two.cuts).toEqual([]);
    expect(two.switchesOnPath).toBe(4);
  });

  test('joins 17 groups with one cable each: 72 of 136 cables between the halves', () => {
    const full = built({ endpoints: 272 });
    expect([full.shape.pods, cablesOf(full)]).toEqual([17, (17 * 16) / 2]);
    expect(full.bisectionTbps).toBeCloseTo(8 * 9 * 0.4, 9);
    // One neighbour is reached over its own cable and over third groups: half of the 16 cables.
    expect(full.cuts).toEqual([{ accelerators: 16, uniformShare: 1, neighbourShare: 0.5 }]);
  });

  test('leaves ports empty when groups do not divide them: 5 cables for each of 3 neighbours', () => {
    const four = built({ endpoints: 64 });
    expect(cablesOf(four)).toBe((4 * 3 * 5) / 2);
    expect(four.cuts).toEqual([
      { accelerators: 16, uniformShare: 15 / 16, neighbourShare: 7.5 / 16 },
    ]);
  });
});

const anyRules = fc.record({
  endpoints: fc.integer({ min: 100, max: 50_000 }),
  radix: fc.constantFrom(32, 64, 128),
  oversubscription: fc.constantFrom(1, 2, 3),
  rails: fc.constantFrom(1, 2, 4, 8),
});

test('every two groups have the same cables, and there is room for every endpoint', () => {
  fc.assert(
    fc.property(anyRules, (rules) => {
      const fabric = buildDragonfly({ ...rules, linkGbps: 400, planes: 1 });
      if (fabric === null) return;
      const { pods, leavesPerPod } = fabric.shape;
      expect(fabric.leaves * fabric.leafDownlinks).toBeGreaterThanOrEqual(rules.endpoints);
      if (cablesOf(fabric) === 0) return;
      expect(cablesOf(fabric) % ((pods * (pods - 1)) / 2)).toBe(0);
      expect(leavesPerPod % rules.rails).toBe(0);
      expect(fabric.bisectionTbps).toBeLessThanOrEqual((rules.endpoints * 0.4) / 2 + 1e-9);
    }),
  );
});

test('planes are copies: they multiply switches, cables and bandwidth, and no border', () => {
  fc.assert(
    fc.property(anyRules, fc.integer({ min: 2, max: 8 }), (rules, planes) => {
      const one = buildDragonfly({ ...rules, linkGbps: 400, planes: 1 });
      const all = buildDragonfly({ ...rules, linkGbps: 400, planes });
      expect(all === null).toBe(one === null);
      if (one === null || all === null) return;
      expect([all.leaves, all.spines]).toEqual([planes * one.leaves, planes * one.spines]);
      expect(cablesOf(all)).toBe(planes * cablesOf(one));
      expect(all.bisectionTbps / one.bisectionTbps).toBeCloseTo(planes, 9);
      expect([all.cuts, all.shape]).toEqual([one.cuts, one.shape]);
    }),
  );
});

test.each([
  { oversubscription: 100 },
  { oversubscription: -1 },
  { spineOversubscription: 100 },
  { oversubscription: Number.NaN },
  { endpoints: Infinity },
  { radix: 2, endpoints: 1_000 },
])('with %o there is none', (change) => {
  expect(() => built(change)).toThrow('cannot be built');
});
