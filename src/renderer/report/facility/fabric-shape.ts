import type { Fabric, FabricRules } from '@engine/facility/fabric/types';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Line {
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** Switches of one tier as drawn: as many squares as there is room for, and a gap where some are left out. */
export interface DrawnRow {
  readonly squares: readonly Box[];
  readonly total: number;
  /** middle of the gap; null where every switch is drawn */
  readonly gapX: number | null;
}

/** Leaves that share their spines, with the accelerators below them. */
export interface DrawnPod {
  readonly frame: Box;
  readonly spines: DrawnRow;
  readonly leaves: DrawnRow;
  readonly mesh: readonly Line[];
  readonly endpoints: Box;
  readonly endpointCount: number;
}

/** One plane of a fabric, grouped into pods so that it stays readable at any size. */
export interface FabricDrawingShape {
  readonly height: number;
  readonly cores: DrawnRow | null;
  readonly coreY: number;
  readonly pods: readonly DrawnPod[];
  readonly podCount: number;
  /** where pods are left out: middle of the gap */
  readonly podGapX: number | null;
  readonly uplinks: readonly Line[];
}

const square = 14;
const pitch = 22;
const gapWidth = 30;
const podGap = 12;
const narrowestPod = 116;
const padding = 10;

/** Rows from top to bottom, in drawing units. */
const coreY = 20;
const spineOffset = 24;
const tierGap = 58;

/** As many squares as fit: all of them, or some from both ends around a gap. */
export function drawnRow(total: number, x: number, y: number, width: number): DrawnRow {
  const room = Math.max(1, Math.floor((width + pitch - square) / pitch));
  if (total <= room) {
    const used = total * pitch - (pitch - square);
    const start = x + (width - used) / 2;
    return { squares: squaresFrom(total, start, y), total, gapX: null };
  }
  const shown = Math.max(2, Math.floor((width - gapWidth) / pitch));
  const left = Math.ceil(shown / 2);
  const right = shown - left;
  const used = shown * pitch + gapWidth - (pitch - square);
  const start = x + Math.max(0, (width - used) / 2);
  const rightStart = start + left * pitch + gapWidth;
  return {
    squares: [...squaresFrom(left, start, y), ...squaresFrom(right, rightStart, y)],
    total,
    gapX: start + left * pitch + (gapWidth - (pitch - square)) / 2,
  };
}

function squaresFrom(count: number, x: number, y: number): Box[] {
  return Array.from({ length: count }, (_, index) => ({
    x: x + index * pitch,
    y,
    width: square,
    height: square,
  }));
}

const middle = ({ x, width }: Box): number => x + width / 2;

function meshOf(upper: readonly Box[], lower: readonly Box[]): Line[] {
  return upper.flatMap((above) =>
    lower.map((below) => ({
      x1: middle(above),
      y1: above.y + above.height,
      x2: middle(below),
      y2: below.y,
    })),
  );
}

function podShape({ shape }: Fabric, frame: Box, endpointCount: number): DrawnPod {
  const inner = { x: frame.x + padding, width: frame.width - 2 * padding };
  const spineY = frame.y + spineOffset;
  const leafY = shape.spinesPerPod === 0 ? spineY : spineY + tierGap;
  const spines = drawnRow(shape.spinesPerPod, inner.x, spineY, inner.width);
  const leaves = drawnRow(shape.leavesPerPod, inner.x, leafY, inner.width);
  const endpoints = { ...inner, y: leafY + square + 44, height: 10 };
  return {
    frame,
    spines,
    leaves,
    mesh: meshOf(spines.squares, leaves.squares),
    endpoints,
    endpointCount,
  };
}

/** Accelerators under each pod: all but the last are full. */
function endpointsOfPods(fabric: Fabric, endpoints: number): number[] {
  const { pods, leavesPerPod } = fabric.shape;
  const full = leavesPerPod * fabric.leafDownlinks;
  return Array.from({ length: pods }, (_, index) =>
    Math.max(0, Math.min(full, endpoints - index * full)),
  );
}

/** Where everything stands for a drawing of a width. */
export function fabricShape(fabric: Fabric, rules: FabricRules, width: number): FabricDrawingShape {
  const counts = endpointsOfPods(fabric, rules.endpoints);
  const hasCores = fabric.shape.cores > 0;
  const podY = hasCores ? coreY + square + 62 : 6;
  const room = Math.max(2, Math.floor((width + podGap) / (narrowestPod + podGap)));
  const isCut = counts.length > room;
  const indices = isCut
    ? [...Array.from({ length: room - 2 }, (_, index) => index), counts.length - 1]
    : counts.map((_, index) => index);
  const slots = isCut ? room : counts.length;
  const podWidth = (width - (slots - 1) * podGap) / slots;
  const podHeight = spineOffset + (hasSpines(fabric) ? tierGap : 0) + square + 44 + 10 + 26;
  const pods = indices.map((index, place) => {
    const slot = isCut && place === indices.length - 1 ? slots - 1 : place;
    const frame = { x: slot * (podWidth + podGap), y: podY, width: podWidth, height: podHeight };
    return podShape(fabric, frame, counts[index] ?? 0);
  });
  const cores = hasCores ? drawnRow(fabric.shape.cores, 0, coreY, width) : null;
  return {
    height: podY + podHeight,
    cores,
    coreY,
    pods,
    podCount: counts.length,
    podGapX: isCut ? (slots - 2) * (podWidth + podGap) + podWidth / 2 : null,
    uplinks:
      cores === null ? [] : pods.flatMap(({ spines }) => uplinksOf(spines.squares, cores.squares)),
  };
}

function hasSpines(fabric: Fabric): boolean {
  return fabric.shape.spinesPerPod > 0;
}

/** Spines of a pod belong to different core groups, so each drawn spine rises to its share of the drawn cores. */
function uplinksOf(spines: readonly Box[], cores: readonly Box[]): Line[] {
  return spines.flatMap((spine, index) => {
    const from = Math.floor((index * cores.length) / spines.length);
    const to = Math.max(from + 1, Math.floor(((index + 1) * cores.length) / spines.length));
    return meshOf(cores.slice(from, to), [spine]);
  });
}
