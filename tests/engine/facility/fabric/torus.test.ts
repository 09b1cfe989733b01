import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { blockingCuts, cut } from '@engine/facility/fabric/cuts';
import { buildTorus, torusSides } from '@engine/facility/fabric/torus';
import type { Fabric, FabricRules } from '@engine/facility/fabric/types';

function built(change: Partial<FabricRules>, dimensions: 2 | 3): Fabric {
  const usual = {
    endpoints: 64,
    radix: 12,
    linkGbps: 400,
    oversubscription: 1,
    planes: 1,
    rails: 1,
  };
  const fabric = buildTorus({ ...usual, ...change }, dimensions);
  if (fabric === null) throw new Error('The torus cannot be built.');
  return fabric;
}

/** Every position in a block of sides. */
function positions(sides: readonly number[]): number[][] {
  return sides.reduce<number[][]>(
    (before, side) =>
      before.flatMap((position) => Array.from({ length: side }, (_, at) => [...position, at])),
    [[]],
  );
}

/** Links that leave a block at the origin, counted one by one. */
function leavingLinks(sides: readonly number[], block: readonly number[]): number {
  const isInside = (position: readonly number[]): boolean =>
    position.every((at, axis) => at < (block[axis] ?? 1));
  return positions(block)
    .flatMap((position) =>
      sides.flatMap((side, axis) =>
        [1, side - 1].map((step) =>
          position.map((at, other) => (other === axis ? (at + step) % side : at)),
        ),
      ),
    )
    .filter((neighbour) => !isInside(neighbour)).length;
}

/** Mean number of links between two switches, counted over all of them. */
function meanHops(sides: readonly number[]): number {
  const all = positions(sides);
  const hops = all.map((position) =>
    position.reduce((sum, at, axis) => sum + Math.min(at, (sides[axis] ?? 1) - at), 0),
  );
  return hops.reduce((sum, count) => sum + count, 0) / all.length;
}

describe('the borders of a torus', () => {
  test.each<[2 | 3, number, number, readonly (readonly number[])[]]>([
    // Radix 8 in two dimensions, radix 12 in three: one link to each neighbour.
    [
      2,
      8,
      256,
      [
        [2, 1],
        [4, 1],
        [8, 1],
        [8, 2],
        [8, 4],
      ],
    ],
    [
      3,
      12,
      384,
      [
        [2, 1, 1],
        [4, 1, 1],
        [4, 2, 1],
        [4, 4, 1],
        [4, 4, 2],
      ],
    ],
  ])(
    'in %i dimensions let through the links that a count finds',
    (dimensions, radix, endpoints, blocks) => {
      const torus = built({ radix, endpoints }, dimensions);
      const sides = torus.shape.sides ?? [];
      const expected = blocks.map((block) => {
        const accelerators = block.reduce((all, one) => all * one, torus.leafDownlinks);
        return { accelerators, share: leavingLinks(sides, block) / accelerators };
      });
      expect(torus.cuts.map(({ accelerators }) => accelerators)).toEqual(
        expected.map(({ accelerators }) => accelerators),
      );
      torus.cuts.forEach(({ uniformShare, neighbourShare }, index) => {
        expect(uniformShare).toBeCloseTo(expected[index]?.share ?? 0, 9);
        expect(neighbourShare).toBe(uniformShare);
      });
    },
  );

  test('grow, and grow narrower for each endpoint', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 65, max: 100_000 }),
        fc.constantFrom(2 as const, 3 as const),
        (endpoints, dimensions) => {
          const { cuts } = built({ endpoints, radix: 64 }, dimensions);
          cuts.slice(1).forEach((border, index) => {
            expect(border.accelerators).toBeGreaterThan(cuts[index]?.accelerators ?? Infinity);
            expect(border.uniformShare).toBeLessThan((cuts[index]?.uniformShare ?? 0) + 1e-9);
          });
        },
      ),
    );
  });
});

describe('the path through a torus', () => {
  test.each<[2 | 3, number, number]>([
    [2, 8, 64 * 4],
    [3, 12, 64 * 6],
    [2, 8, 16 * 4],
  ])('in %i dimensions has the mean length that a count finds', (dimensions, radix, endpoints) => {
    const { shape, switchesOnPath } = built({ radix, endpoints }, dimensions);
    expect(switchesOnPath).toBeCloseTo(1 + meanHops(shape.sides ?? []), 9);
  });

  test('is one switch up to as many endpoints as it has ports, and more with one more', () => {
    const one = built({ endpoints: 12 }, 3);
    expect([one.leaves, one.switchesOnPath, one.leafUplinks]).toEqual([1, 1, 0]);
    expect(one.layers).toEqual([{ key: 'nodeLeaf', links: 12 }]);
    expect(one.bisectionTbps).toBeCloseTo(6 * 0.4, 9);
    expect(built({ endpoints: 13 }, 3).leaves).toBeGreaterThan(1);
  });
});

test('a power of a side is that side in every direction, however large', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.constantFrom(2, 3), (side, dimensions) => {
      const sides = torusSides(side ** dimensions, dimensions);
      expect(sides).toEqual(Array.from({ length: dimensions }, () => side));
    }),
  );
});

test('a radix that leaves no link to every neighbour gives no torus', () => {
  expect(() => built({ radix: 5 }, 3)).toThrow('cannot be built');
  expect(() => built({ oversubscription: 50 }, 2)).toThrow('cannot be built');
  expect(() => built({ oversubscription: Number.NaN }, 2)).toThrow('cannot be built');
});

describe('a border', () => {
  test('lets as much through to one neighbour as to all, unless told', () => {
    expect(cut(8, 0.5)).toEqual({ accelerators: 8, uniformShare: 0.5, neighbourShare: 0.5 });
    expect(cut(8, 1, 0.25)).toMatchObject({ uniformShare: 1, neighbourShare: 0.25 });
  });

  test('is kept where it holds something back inside the network, in its place', () => {
    const kept = [cut(4, 0.9), cut(8, 1, 0.5), cut(15, 0.1)];
    const dropped = [cut(4, 1), cut(8, 2), cut(8, 1 - 1e-12), cut(16, 0.5), cut(32, 0.1)];
    expect(blockingCuts(16, [...dropped, ...kept])).toEqual(kept);
    expect(blockingCuts(16, [])).toEqual([]);
  });
});
