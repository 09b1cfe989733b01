import { describe, expect, test } from 'vitest';
import { buildFabric } from '@engine/facility/fabric/fat-tree';
import type { FabricRules } from '@engine/facility/fabric/types';
import { drawnRow, fabricShape } from '../../../src/renderer/report/facility/fabric-shape';

function shapeOf(endpoints: number, width: number, change: Partial<FabricRules> = {}) {
  const rules = {
    endpoints,
    radix: 64,
    linkGbps: 400,
    oversubscription: 1,
    planes: 1,
    rails: 8,
    ...change,
  };
  const fabric = buildFabric(rules);
  if (fabric === null) throw new Error('The fabric cannot be built.');
  return fabricShape(fabric, rules, width);
}

describe('the drawing of a fabric', () => {
  test.each([420, 636, 900, 1400])(
    'of 16,384 accelerators stays grouped and inside %i px',
    (width) => {
      const shape = shapeOf(16_384, width);
      const squares = shape.pods.flatMap(({ spines, leaves }) => [
        ...spines.squares,
        ...leaves.squares,
      ]);
      expect(shape.podCount).toBe(16);
      expect(shape.pods.length).toBeLessThan(16);
      expect(shape.podGapX).not.toBeNull();
      for (const { x, width: wide } of [...squares, ...(shape.cores?.squares ?? [])]) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x + wide).toBeLessThanOrEqual(width + 1e-9);
      }
      expect(squares.length + shape.uplinks.length).toBeLessThan(2_000);
      expect(shape.cores?.total).toBe(256);
    },
  );

  test('of a hundred thousand accelerators draws no more than of sixteen thousand', () => {
    const change = { radix: 144, linkGbps: 800 };
    const large = shapeOf(100_000, 900, change);
    expect(large.pods.length).toBeLessThanOrEqual(10);
    expect(large.uplinks.length).toBeLessThan(2_000);
  });

  test('counts every accelerator once where all pods are drawn', () => {
    const shape = shapeOf(3_000, 1400, { rails: 1 });
    const drawn = shape.pods.reduce((sum, { endpointCount }) => sum + endpointCount, 0);
    expect(shape.podGapX).toBeNull();
    expect(drawn).toBe(3_000);
  });

  test('of two tiers has one pod, no cores and no lines above', () => {
    const shape = shapeOf(512, 636);
    expect([shape.pods.length, shape.cores, shape.uplinks.length]).toEqual([1, null, 0]);
    expect(shape.pods[0]?.spines.total).toBe(8);
    expect(shape.pods[0]?.mesh).toHaveLength(8 * (shape.pods[0]?.leaves.squares.length ?? 0));
  });

  test('of one switch is one square', () => {
    const shape = shapeOf(64, 636);
    expect(shape.pods[0]?.leaves.squares).toHaveLength(1);
    expect(shape.pods[0]?.spines.squares).toHaveLength(0);
  });
});

describe('a row of switches', () => {
  test('is drawn whole while it fits', () => {
    const row = drawnRow(5, 0, 0, 200);
    expect(row.squares).toHaveLength(5);
    expect(row.gapX).toBeNull();
  });

  test('leaves a gap between both ends where it does not, and nothing overlaps', () => {
    const { squares, gapX, total } = drawnRow(512, 0, 0, 200);
    expect(total).toBe(512);
    expect(squares.length).toBeLessThan(10);
    expect(gapX).not.toBeNull();
    for (const [index, box] of squares.slice(1).entries()) {
      expect(box.x).toBeGreaterThanOrEqual((squares[index]?.x ?? 0) + box.width);
    }
  });
});
