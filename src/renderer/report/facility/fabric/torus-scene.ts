import type { BuiltFabric } from '@engine/facility/fabric/cluster-fabric';
import { sceneOf, type Box, type Pen, type Scene } from './scene';
import type { Counted } from './tree-scene';

/** Where the layers of a torus stand at a zoom of 1: a torus of two dimensions has one. */
export interface TorusLayout {
  readonly layers: number;
  readonly rows: number;
  readonly columns: number;
  readonly layersPerRow: number;
  /** from a switch to the next one */
  readonly pitch: number;
  readonly width: number;
  readonly height: number;
}

interface TorusDrawing {
  readonly layout: TorusLayout;
  readonly zoom: number;
  readonly seen: Box;
  readonly counted: Counted;
}

const tallest = 400;
const widestPitch = 48;
/** around a layer, for the ways around and its name */
const margin = { x: 34, y: 34 } as const;
/** switches nearer than this are drawn as one block */
const leastPitch = 15;
/** how far the way around begins to be seen beyond the last switch */
const overhang = 7;
const comfortablePitch = 44;

/** Layers arranged so that switches are as far apart as width and height allow. */
export function torusLayout({ fabric }: BuiltFabric, width: number): TorusLayout {
  const sides = fabric.shape.sides ?? [1, fabric.shape.leavesPerPod];
  const columns = sides.at(-1) ?? 1;
  const rows = sides.at(-2) ?? 1;
  const layers = sides.at(-3) ?? 1;
  const pitchOf = (perRow: number): number => {
    const lines = Math.ceil(layers / perRow);
    return Math.min(
      widestPitch,
      (width / perRow - 2 * margin.x) / columns,
      (tallest / lines - 2 * margin.y) / rows,
    );
  };
  const choices = Array.from({ length: Math.min(layers, 12) }, (_, index) => index + 1);
  const layersPerRow = choices.reduce(
    (best, one) => (pitchOf(one) > pitchOf(best) ? one : best),
    1,
  );
  const pitch = Math.max(0.5, pitchOf(layersPerRow));
  const lines = Math.ceil(layers / layersPerRow);
  const height = Math.ceil(lines * (rows * pitch + 2 * margin.y));
  return { layers, rows, columns, layersPerRow, pitch, width, height };
}

/** How far zooming shows more. */
export function furthestTorusZoom({ pitch }: TorusLayout): number {
  return Math.max(2, comfortablePitch / pitch);
}

/** Switches along a side of a square of the drawing at a zoom. */
export function blockOf({ pitch }: TorusLayout, zoom: number): number {
  return Math.max(1, Math.ceil(leastPitch / (pitch * zoom) - 1e-9));
}

/** A torus: a grid of switches in every layer, the ways around dashed, the layers joined one to the next. */
export function torusScene({ layout, zoom, seen, counted }: TorusDrawing): Scene {
  const size = { width: layout.width * zoom, height: layout.height * zoom };
  return sceneOf(size, seen, (pen) => {
    const grids = Array.from({ length: layout.layers }, (_, index) => gridAt(layout, zoom, index));
    joinLayers(pen, grids);
    grids.forEach((grid, index) => {
      drawGrid(pen, grid, layout, zoom);
      const name = `${layout.columns} × ${layout.rows} = ${counted(layout.columns * layout.rows, 'switch', 'switches')}`;
      const short = `Layer ${index + 1}`;
      const isRoomy = grid.width > name.length * 7;
      const text = layout.layers === 1 ? name : isRoomy ? `${short}: ${name}` : short;
      pen.label(text, grid.x + grid.width / 2, grid.y + grid.height + 26 * Math.min(zoom, 2));
    });
  });
}

/** The middles of the outermost switches of a layer span this box. */
function gridAt(layout: TorusLayout, zoom: number, index: number): Box {
  const { layersPerRow, columns, rows, pitch, width, height, layers } = layout;
  const lines = Math.ceil(layers / layersPerRow);
  const cell = { width: width / layersPerRow, height: height / lines };
  const [column, line] = [index % layersPerRow, Math.floor(index / layersPerRow)];
  const box = { width: (columns - 1) * pitch, height: (rows - 1) * pitch };
  return {
    x: (column * cell.width + (cell.width - box.width) / 2) * zoom,
    y: (line * cell.height + (cell.height - box.height) / 2 - 6) * zoom,
    width: box.width * zoom,
    height: box.height * zoom,
  };
}

/** Middles of the blocks along one side, evenly spread. */
function middlesOf(count: number, block: number, from: number, length: number): number[] {
  const blocks = Math.ceil(count / block);
  const each = blocks > 1 ? length / (blocks - 1) : 0;
  return Array.from({ length: blocks }, (_, index) =>
    blocks > 1 ? from + index * each : from + length / 2,
  );
}

function drawGrid(pen: Pen, grid: Box, layout: TorusLayout, zoom: number): void {
  const block = blockOf(layout, zoom);
  const xs = middlesOf(layout.columns, block, grid.x, grid.width);
  const ys = middlesOf(layout.rows, block, grid.y, grid.height);
  const size = Math.min(18, layout.pitch * zoom * block * 0.5);
  const [left, right] = [xs[0] ?? 0, xs.at(-1) ?? 0];
  const [top, bottom] = [ys[0] ?? 0, ys.at(-1) ?? 0];
  const away = size / 2 + overhang;
  if (layout.columns > 1) {
    for (const y of ys) {
      pen.line('link', left, y, right, y);
      pen.line('wrap', left - away, y, left, y);
      pen.line('wrap', right, y, right + away, y);
    }
    around(pen, [
      [right + away, top],
      [right + away, top - away],
      [left - away, top - away],
      [left - away, top],
    ]);
  }
  if (layout.rows > 1) {
    for (const x of xs) {
      pen.line('link', x, top, x, bottom);
      pen.line('wrap', x, top - away, x, top);
      pen.line('wrap', x, bottom, x, bottom + away);
    }
    around(pen, [
      [right, bottom + away],
      [right + away + overhang, bottom + away],
      [right + away + overhang, top - away - overhang],
      [right, top - away - overhang],
      [right, top - away],
    ]);
  }
  const isIn = (value: number, from: number, length: number): boolean =>
    value >= from - size && value <= from + length + size;
  const seenXs = xs.filter((x) => isIn(x, pen.seen.x, pen.seen.width));
  for (const y of ys.filter((value) => isIn(value, pen.seen.y, pen.seen.height))) {
    for (const x of seenXs) {
      pen.box('leaf', { x: x - size / 2, y: y - size / 2, width: size, height: size });
    }
  }
}

/** The way from the last switch of a side back to the first. */
function around(pen: Pen, points: readonly (readonly [number, number])[]): void {
  points.slice(1).forEach(([x, y], index) => {
    const [fromX, fromY] = points[index] ?? [x, y];
    pen.line('wrap', fromX, fromY, x, y);
  });
}

const ringReach = 30;

/** Every switch is joined to its like in the next layer, the last layer to the first: one line stands for all. */
function joinLayers(pen: Pen, grids: readonly Box[]): void {
  const [first, last] = [grids[0], grids.at(-1)];
  if (first === undefined || last === undefined || grids.length < 2) return;
  const middle = ({ y, height }: Box): number => y + height / 2;
  pen.line('wrap', first.x - ringReach, middle(first), first.x, middle(first));
  const end = last.x + last.width;
  pen.line('wrap', end, middle(last), end + ringReach, middle(last));
  grids.slice(1).forEach((grid, index) => {
    const before = grids[index] ?? grid;
    const [x1, x2] = [before.x + before.width, grid.x];
    if (before.y === grid.y) {
      pen.line('global', x1, middle(before), x2, middle(grid));
      return;
    }
    const half = (before.y + before.height + grid.y) / 2;
    const points = [
      [x1, middle(before)],
      [x1 + 28, middle(before)],
      [x1 + 28, half],
      [x2 - 28, half],
      [x2 - 28, middle(grid)],
      [x2, middle(grid)],
    ] as const;
    points.slice(1).forEach(([x, y], at) => {
      const [fromX, fromY] = points[at] ?? [x, y];
      pen.line('global', fromX, fromY, x, y);
    });
  });
}
