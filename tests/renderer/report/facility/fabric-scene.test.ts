import { describe, expect, test } from 'vitest';
import type { BuiltFabric } from '@engine/facility/fabric/cluster-fabric';
import type { Cluster, Topology } from '@engine/plan';
import { entered, facilityOf } from '../../../engine/facility/facility-fixture';
import { fabricPicture } from '../../../../src/renderer/report/facility/fabric/fabric-scene';
import type { Scene, Tone } from '../../../../src/renderer/report/facility/fabric/scene';
import { wholeView } from '../../../../src/renderer/report/zoom/view';

const counted = (value: number, one: string, many = `${one}s`): string =>
  `${String(value)} ${value === 1 ? one : many}`;

function built(nodes: number, change: Partial<Cluster> = {}): BuiltFabric {
  const { fabric } = facilityOf('hgx-h100', nodes, change);
  if (fabric.kind !== 'built') throw new Error(fabric.reason);
  return fabric;
}

function sceneAt(found: BuiltFabric, width: number, zoom = 1): Scene {
  const picture = fabricPicture(found, width, counted);
  return picture.sceneOf({ zoom: Math.min(zoom, picture.extent.furthest), x: 0, y: 0 });
}

/** Shapes of a tone: every one begins with a move. */
function shapesOf(scene: Scene, tone: Tone): number {
  return (scene.paths.get(tone) ?? '').split('M').length - 1;
}

/** Numbers after a move: where a shape begins. */
function startsOf(scene: Scene): number[] {
  return [...scene.paths.values()].flatMap((path) =>
    [...path.matchAll(/M(-?[\d.]+) /g)].map(([, x]) => Number(x)),
  );
}

const texts = ({ labels }: Scene): string[] => labels.map(({ text }) => text);
const wirings: readonly Topology[] = [
  'fat tree',
  'rail-optimised',
  'rail-only',
  'dragonfly+',
  '2D torus',
  '3D torus',
];

describe.each(wirings)('the drawing of a %s', (topology) => {
  const found = built(2048, { topology });

  test.each([420, 636, 900, 1400])('stays inside %i px and is a few paths', (width) => {
    const scene = sceneAt(found, width);
    for (const x of startsOf(scene)) {
      expect(x).toBeGreaterThanOrEqual(-1);
      expect(x).toBeLessThanOrEqual(width + 1);
    }
    expect(scene.paths.size).toBeLessThanOrEqual(10);
    expect(scene.shapes).toBeGreaterThan(20);
    expect(scene.shapes).toBeLessThan(3_000);
    expect(scene.labels.length).toBeLessThan(60);
  });

  test('holds no more at any zoom than one frame can take, and no number that is none', () => {
    const picture = fabricPicture(found, 900, counted);
    for (let zoom = 1; zoom < picture.extent.furthest * 1.5; zoom *= 1.5) {
      const scene = sceneAt(found, 900, zoom);
      expect(scene.shapes).toBeLessThan(3_000);
      expect([...scene.paths.values()].join('')).not.toMatch(/NaN|Infinity|undefined/);
    }
  });

  test('draws every switch once the reader has zoomed in as far as it goes', () => {
    const picture = fabricPicture(found, 900, counted);
    const { furthest, width, height, sizeAt } = picture.extent;
    expect(picture.noteOf({ ...wholeView, zoom: furthest })).toMatch(
      /^Every (switch and every group is drawn|square is a switch)/,
    );
    const size = sizeAt(furthest);
    const steps = (all: number, one: number): number[] =>
      Array.from({ length: Math.ceil(all / one) }, (_, index) => index * one);
    // Panes side by side: a switch on a border is drawn in both, so that at least as many are found as there are.
    const drawn = steps(size.height, height).flatMap((y) =>
      steps(size.width, width).map((x) =>
        (['core', 'spine', 'leaf'] as const).reduce(
          (sum, tone) => sum + shapesOf(picture.sceneOf({ zoom: furthest, x, y }), tone),
          0,
        ),
      ),
    );
    const { leaves, spines, cores } = found.fabric;
    const total = drawn.reduce((sum, count) => sum + count, 0);
    expect(total).toBeGreaterThanOrEqual(leaves + spines + cores);
    expect(total).toBeLessThan((leaves + spines + cores) * 1.25);
  });
});

describe('what a drawing says', () => {
  test('of a fat tree: cores, pods that are left out, accelerators of a pod', () => {
    expect(texts(sceneAt(built(2048, { topology: 'fat tree' }), 636))).toEqual(
      expect.arrayContaining(['256 core switches', '32 spines', '+ 12', '1024 accelerators']),
    );
  });

  test('counts every accelerator once where all pods are drawn', () => {
    const scene = sceneAt(built(375, { topology: 'fat tree' }), 1400);
    const counts = texts(scene).flatMap((text) => /^(\d+) accelerators$/.exec(text)?.[1] ?? []);
    expect(counts.reduce((sum, count) => sum + Number(count), 0)).toBe(3000);
  });

  test('of rail-only fabrics: one tree for each rail, none above them', () => {
    const scene = sceneAt(built(2048, { topology: 'rail-only' }), 1600);
    expect(texts(scene).filter((text) => text.startsWith('Rail '))).toHaveLength(8);
    expect(shapesOf(scene, 'core')).toBe(0);
  });

  test('of a rail-optimised fabric: units of a leaf per rail', () => {
    const scene = sceneAt(built(128, { topology: 'rail-optimised' }), 1400);
    expect(shapesOf(scene, 'unit')).toBe(4);
    expect(shapesOf(scene, 'leaf')).toBe(32);
    expect(shapesOf(sceneAt(built(128, { topology: 'fat tree' }), 1400), 'unit')).toBe(0);
  });

  test('of two planes: both, each with its switches, on the same accelerators', () => {
    const one = sceneAt(built(512, { topology: 'fat tree' }), 900);
    const two = sceneAt(built(512, { topology: 'fat tree', planes: entered(2) }), 900);
    for (const tone of ['core', 'spine', 'leaf'] as const) {
      expect(shapesOf(two, tone)).toBe(2 * shapesOf(one, tone));
    }
    expect(shapesOf(two, 'endpoints')).toBe(shapesOf(one, 'endpoints'));
    expect(texts(two)).toEqual(expect.arrayContaining(['Plane 1', 'Plane 2']));
    expect(texts(sceneAt(built(512, { planes: entered(4) }), 900))).toContain(
      'Plane 4, 2 alike between',
    );
  });

  test('of a dragonfly+: an arc for every two groups, and how many cables it stands for', () => {
    const found = built(700, { topology: 'dragonfly+' });
    expect(found.fabric.shape.pods).toBe(6);
    const scene = sceneAt(found, 1400);
    expect(shapesOf(scene, 'global')).toBe(15);
    expect(texts(scene)).toContain('204 cables between every two of 6 groups');
  });

  test('of a torus: its sides, and the ways around', () => {
    const flat = sceneAt(built(512, { topology: '2D torus' }), 900);
    expect(texts(flat)).toEqual(['12 × 11 = 132 switches']);
    expect(shapesOf(flat, 'leaf')).toBe(132);
    expect(shapesOf(flat, 'wrap')).toBeGreaterThan(2 * (12 + 11));
    const deep = sceneAt(built(2048, { topology: '3D torus' }), 900);
    expect(texts(deep).filter((text) => text.startsWith('Layer '))).toHaveLength(8);
    expect(shapesOf(deep, 'global')).toBeGreaterThanOrEqual(7);
  });

  test('of one switch, whatever the wiring', () => {
    for (const topology of wirings) {
      if (topology === 'rail-only') continue;
      const scene = sceneAt(built(8, { topology }), 636);
      expect([shapesOf(scene, 'leaf'), shapesOf(scene, 'spine')]).toEqual([1, 0]);
    }
  });
});

test('of 65,536 accelerators holds as little as one of 16,384', () => {
  const large = built(8192);
  expect(large.fabric.shape.pods).toBe(64);
  expect(sceneAt(large, 900).shapes).toBeLessThan(sceneAt(built(2048), 900).shapes * 1.5);
});
