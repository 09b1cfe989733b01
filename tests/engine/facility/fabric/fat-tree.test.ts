import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildFabric } from '@engine/facility/fabric/fat-tree';
import { evenSwitchesAbove, leafPorts } from '@engine/facility/fabric/leaf';
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

function built(change: Partial<FabricRules>): Fabric {
  const fabric = buildFabric(rulesOf(change));
  if (fabric === null) throw new Error('The fabric cannot be built.');
  return fabric;
}

const anyRules = fc.record({
  endpoints: fc.integer({ min: 1, max: 300_000 }),
  radix: fc.integer({ min: 1, max: 256 }),
  linkGbps: fc.constantFrom(100, 200, 400, 800),
  oversubscription: fc.constantFrom(1, 1.5, 2, 3, 7),
  planes: fc.integer({ min: 1, max: 4 }),
  rails: fc.constantFrom(1, 2, 4, 8),
});

function links(fabric: Fabric, key: string): number {
  return fabric.layers.find((layer) => layer.key === key)?.links ?? 0;
}

describe('a fat tree of even radix', () => {
  const evenRadix = fc.integer({ min: 2, max: 64 }).map((half) => 2 * half);

  test('holds k²/2 endpoints in two tiers: k leaves, k/2 spines, and not one more', () => {
    fc.assert(
      fc.property(evenRadix, (k) => {
        const full = built({ endpoints: (k * k) / 2, radix: k });
        expect([full.tiers, full.leaves, full.spines]).toEqual([2, k, k / 2]);
        expect(links(full, 'leafSpine')).toBe((k * k) / 2);
        expect(built({ endpoints: (k * k) / 2 + 1, radix: k }).tiers).toBe(3);
      }),
    );
  });

  test('holds k³/4 endpoints in three tiers: k²/2 leaves, as many spines, k²/4 cores, and not one more', () => {
    fc.assert(
      fc.property(evenRadix, (k) => {
        const full = built({ endpoints: k ** 3 / 4, radix: k });
        expect([full.tiers, full.leaves, full.spines, full.cores]).toEqual([
          3,
          k ** 2 / 2,
          k ** 2 / 2,
          k ** 2 / 4,
        ]);
        expect(buildFabric(rulesOf({ endpoints: k ** 3 / 4 + 1, radix: k }))).toBeNull();
      }),
    );
  });

  test('is one switch up to k endpoints', () => {
    fc.assert(
      fc.property(evenRadix, fc.nat(), (k, some) => {
        const fabric = built({ endpoints: 1 + (some % k), radix: k });
        expect([fabric.tiers, fabric.leaves, fabric.spines]).toEqual([1, 1, 0]);
      }),
    );
  });
});

describe('any fabric that can be built', () => {
  test('uses no port twice: every tier has the ports that its links need', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        const fabric = buildFabric(rules);
        if (fabric === null) return;
        const { radix } = rules;
        expect(links(fabric, 'nodeLeaf')).toBe(rules.planes * rules.endpoints);
        expect(fabric.leaves * radix).toBeGreaterThanOrEqual(
          links(fabric, 'nodeLeaf') + links(fabric, 'leafSpine'),
        );
        expect(fabric.leaves * fabric.leafDownlinks).toBeGreaterThanOrEqual(
          links(fabric, 'nodeLeaf'),
        );
        expect(fabric.spines * radix).toBeGreaterThanOrEqual(
          links(fabric, 'leafSpine') + links(fabric, 'spineCore'),
        );
        expect(fabric.cores * radix).toBeGreaterThanOrEqual(links(fabric, 'spineCore'));
      }),
    );
  });

  test('spreads the uplinks of a leaf evenly over its spines', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        const fabric = buildFabric(rules);
        if (fabric === null || fabric.tiers < 2) return;
        const { spinesPerPod, linksPerLeafAndSpine } = fabric.shape;
        expect(Number.isInteger(linksPerLeafAndSpine)).toBe(true);
        expect(spinesPerPod * linksPerLeafAndSpine).toBe(fabric.leafUplinks);
      }),
    );
  });

  test('is non-blocking at 1 : 1 and never better than its endpoints', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        const fabric = buildFabric(rules);
        if (fabric === null) return;
        const whole = (rules.planes * rules.endpoints * rules.linkGbps) / 2e3;
        expect(fabric.bisectionTbps).toBeLessThanOrEqual(whole * (1 + 1e-12));
        if (rules.oversubscription === 1) expect(fabric.bisectionTbps).toBeCloseTo(whole, 6);
      }),
    );
  });

  test('consists of planes that are built alike', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        const one = buildFabric({ ...rules, planes: 1 });
        const all = buildFabric(rules);
        expect(all?.leaves).toBe(one === null ? undefined : rules.planes * one.leaves);
        expect(all?.cores).toBe(one === null ? undefined : rules.planes * one.cores);
      }),
    );
  });
});

describe('oversubscription', () => {
  test.each([
    [64, 1, 32, 32],
    [64, 3, 48, 16],
    [64, 2, 42, 21],
    [33, 1, 16, 16],
    [144, 1, 72, 72],
  ])('a radix of %i at %d : 1 is %i down and %i up', (radix, ratio, down, up) => {
    expect(leafPorts(radix, ratio)).toEqual({ down, up });
  });

  test('at 3 : 1 lets a third of the traffic through and needs fewer spines', () => {
    const free = built({ endpoints: 1536 });
    const narrow = built({ endpoints: 1536, oversubscription: 3 });
    expect(narrow.bisectionTbps / free.bisectionTbps).toBeCloseTo(1 / 3, 9);
    expect(narrow.spines).toBeLessThan(free.spines);
  });

  test('a whole scalable unit is wired even where nodes are missing', () => {
    expect(built({ endpoints: 8 * 40, rails: 8 }).leaves).toBe(16);
    expect(built({ endpoints: 8 * 40, rails: 1 }).leaves).toBe(10);
  });
});

test('the switches above divide the uplinks evenly, or there are none', () => {
  expect(evenSwitchesAbove(32, 72, 144)).toBe(18);
  expect(evenSwitchesAbove(64, 72, 144)).toBe(36);
  expect(evenSwitchesAbove(145, 72, 144)).toBeNull();
});

test.each([
  ['a switch without ports', { radix: 0 }],
  ['a negative radix', { radix: -4 }],
  ['no endpoint', { endpoints: 0 }],
  ['no oversubscription stated', { oversubscription: 0 }],
  ['a number that is none', { radix: Number.NaN }],
  ['no plane', { planes: 0 }],
])('%s gives no fabric, and no exception', (_what, change) => {
  expect(buildFabric(rulesOf(change))).toBeNull();
});
