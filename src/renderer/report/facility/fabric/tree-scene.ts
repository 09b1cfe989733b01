import type { BuiltFabric } from '@engine/facility/fabric/cluster-fabric';
import { flipped, sceneOf, type Box, type Pen, type Scene } from './scene';
import { rowOf, rowWidth, slotsOf, square, type Row } from './slots';

/** How a count of things is spelt, such as "16 leaves". */
export type Counted = (value: number, one: string, many?: string) => string;

/** A fabric whose switches stand in tiers, and what of it the drawing is to show. */
export interface TreeDrawing {
  readonly found: BuiltFabric;
  /** of the whole drawing at its zoom */
  readonly width: number;
  readonly seen: Box;
  readonly counted: Counted;
}

const podGap = 12;
const padding = 10;
const narrowest = { rail: 150, pod: 116 } as const;
/** above so many lines a layer is drawn as one shape */
const mostLines = 500;

interface Heights {
  readonly core: number;
  readonly top: number;
  readonly spine: number;
  readonly leaf: number;
  readonly endpoints: number;
  readonly endpointsHeight: number;
  readonly bottom: number;
}

/** Between two planes the accelerators' number stands inside their box. */
const endpointsHeights = { below: 10, between: 20 } as const;

/** Rows from top to bottom: headings, cores or cables between groups, spines, leaves, accelerators. */
function heightsOf({ topology, fabric, rules, planesPerAccelerator }: BuiltFabric): Heights {
  const { shape } = fabric;
  const start = copiesOf({ rules, planesPerAccelerator }) > 1 ? 22 : 0;
  const above = shape.cores > 0 ? 96 : topology === 'dragonfly+' && shape.pods > 1 ? arcRoom : 6;
  const top = start + above;
  const spine = top + 24;
  const leaf = shape.spinesPerPod === 0 ? spine : spine + 58;
  const endpoints = leaf + square + 44;
  const isBetween = planesPerAccelerator > 1;
  const endpointsHeight = endpointsHeights[isBetween ? 'between' : 'below'];
  return {
    core: start + 20,
    top,
    spine,
    leaf,
    endpoints,
    endpointsHeight,
    bottom: isBetween ? endpoints + endpointsHeight / 2 : endpoints + endpointsHeight + 26,
  };
}

const arcRoom = 110;

/** Fabrics that stand beside one another, one for each rail. */
function copiesOf({
  rules,
  planesPerAccelerator,
}: Pick<BuiltFabric, 'rules' | 'planesPerAccelerator'>): number {
  return Math.max(1, Math.round(rules.planes / planesPerAccelerator));
}

/** The width at which every switch of a fabric is drawn. */
export function fullTreeWidth(found: BuiltFabric): number {
  const { pods, leavesPerPod, spinesPerPod, cores } = found.fabric.shape;
  const { rails } = found.rules;
  const units = rails > 1 ? leavesPerPod / rails : 1;
  const leaves = units * (rowWidth(leavesPerPod / units) + podGap + 2 * padding);
  const pod = Math.max(leaves, rowWidth(spinesPerPod)) + 2 * padding + podGap;
  return copiesOf(found) * (Math.max(pods * pod, rowWidth(cores)) + 2 * padding + podGap);
}

export function treeHeight(found: BuiltFabric): number {
  const { bottom } = heightsOf(found);
  return found.planesPerAccelerator > 1 ? 2 * bottom : bottom;
}

/** Trees and groups of trees: rails beside one another, planes above and below their accelerators. */
export function treeScene(drawing: TreeDrawing): Scene {
  const { found, width, seen } = drawing;
  const heights = heightsOf(found);
  const height = treeHeight(found);
  return sceneOf({ width, height }, seen, (pen) => {
    drawCopies(pen, drawing, heights);
    const planes = found.planesPerAccelerator;
    if (planes < 2) return;
    drawCopies(flipped(pen, height / 2), drawing, heights);
    pen.label('Plane 1', seen.x + 30, heights.top - 8, 'quiet');
    const between = planes > 2 ? `, ${planes - 2} alike between` : '';
    pen.label(`Plane ${planes}${between}`, seen.x + 30 + between.length * 3, height - 2, 'quiet');
  });
}

function drawCopies(pen: Pen, drawing: TreeDrawing, heights: Heights): void {
  const { found, width } = drawing;
  const copies = copiesOf(found);
  if (copies === 1) {
    drawFabric(pen, drawing, heights, 0, width);
    return;
  }
  const { places, gap } = slotsOf(copies, {
    x: 0,
    width,
    narrowest: narrowest.rail,
    gap: 2 * podGap,
  });
  for (const place of places) {
    pen.label(`Rail ${place.index + 1}`, seenMiddle(pen, place), 14);
    drawFabric(pen, drawing, heights, place.x, place.width);
  }
  labelGap(pen, gap, heights, 'rails alike');
}

function labelGap(
  pen: Pen,
  gap: ReturnType<typeof slotsOf>['gap'],
  { top, bottom }: Heights,
  what: string,
): void {
  if (gap === null || pen.isFlipped) return;
  const [x, y] = [gap.x + gap.width / 2, (top + bottom) / 2];
  pen.label(`+ ${gap.left}`, x, y - 4);
  pen.label(what, x, y + 11);
}

/** One fabric of pods or groups between two edges. */
function drawFabric(
  pen: Pen,
  drawing: TreeDrawing,
  heights: Heights,
  x: number,
  width: number,
): void {
  const { found, counted } = drawing;
  const { fabric, rules, topology } = found;
  const { pods, leavesPerPod, cores } = fabric.shape;
  const perPod = leavesPerPod * fabric.leafDownlinks;
  const { places, gap } = slotsOf(pods, { x, width, narrowest: narrowest.pod, gap: podGap });
  const isGrouped = topology === 'dragonfly+' && pods > 1;
  const coreRow = cores > 0 ? rowOf(cores, x, width) : null;
  if (coreRow !== null) {
    pen.label(
      counted(cores, 'core switch', 'core switches'),
      seenMiddle(pen, { x, width }),
      heights.core - 6,
    );
    drawRow(pen, coreRow, 'core', heights.core);
  }
  for (const place of places) {
    const count = Math.max(0, Math.min(perPod, rules.endpoints - place.index * perPod));
    const spines = drawPod(pen, drawing, heights, place, count);
    if (coreRow !== null && isSeen(pen, place)) drawUplinks(pen, spines, coreRow, heights);
  }
  if (isGrouped) {
    const middles = [...places, ...(gap === null ? [] : [gap])]
      .map((place) => place.x + place.width / 2)
      .toSorted((one, other) => one - other);
    drawGlobals(pen, middles, heights.top);
    const pairs = (pods * (pods - 1)) / 2;
    const links =
      (fabric.layers.find(({ key }) => key === 'betweenGroups')?.links ?? 0) / rules.planes;
    pen.label(
      `${counted(links / pairs, 'cable', 'cables')} between every two of ${counted(pods, 'group')}`,
      seenMiddle(pen, { x, width }),
      heights.top - arcRoom + 12,
    );
  }
  labelGap(pen, gap, heights, isGrouped ? 'groups alike' : 'pods alike');
}

type Span = Pick<Box, 'x' | 'width'>;

function isSeen({ seen }: Pen, { x, width }: Span): boolean {
  return x <= seen.x + seen.width && x + width >= seen.x;
}

/** The middle of what is seen of a span: there its name stands, however far the reader has zoomed in. */
function seenMiddle(pen: Pen, span: Span): number {
  if (!isSeen(pen, span)) return span.x + span.width / 2;
  const from = Math.max(span.x, pen.seen.x);
  const to = Math.min(span.x + span.width, pen.seen.x + pen.seen.width);
  return (from + to) / 2;
}

/** Every two groups that are drawn are joined; the farther apart, the higher the arc. */
function drawGlobals(pen: Pen, middles: readonly number[], y: number): void {
  const span = Math.max(1, (middles.at(-1) ?? 0) - (middles[0] ?? 0));
  const seen = middles.filter((x) => x >= pen.seen.x && x <= pen.seen.x + pen.seen.width);
  for (const from of seen) {
    for (const to of middles) {
      if (to === from || (seen.includes(to) && to < from)) continue;
      const rise = 12 + (arcRoom - 34) * (Math.abs(to - from) / span);
      pen.arc('global', Math.min(from, to), Math.max(from, to), y, rise);
    }
  }
}

/** Leaves that share their spines, with the accelerators below them; gives the row of spines. */
function drawPod(
  pen: Pen,
  { found, counted }: TreeDrawing,
  heights: Heights,
  { x, width }: Span,
  count: number,
): Row {
  const { shape } = found.fabric;
  const { rails } = found.rules;
  const inner = { x: x + padding, width: width - 2 * padding };
  const middle = seenMiddle(pen, { x, width });
  const spines = rowOf(shape.spinesPerPod, inner.x, inner.width);
  if (!isSeen(pen, { x, width })) return spines;
  pen.box('frame', { x, y: heights.top, width, height: heights.bottom - heights.top }, 6);
  if (spines.total > 0) {
    pen.label(counted(spines.total, 'spine'), middle, heights.top + 16);
    drawRow(pen, spines, 'spine', heights.spine);
  }
  const leaves = drawUnits(pen, heights, inner, shape.leavesPerPod, rails);
  mesh(pen, spines.middles, heights.spine + square, leaves, heights.leaf);
  const isOne = shape.leavesPerPod === 1 && spines.total === 0;
  pen.label(
    counted(shape.leavesPerPod, isOne ? 'switch' : 'leaf', 'leaves'),
    middle,
    heights.leaf + 32,
  );
  if (pen.isFlipped) return spines;
  pen.box('endpoints', { ...inner, y: heights.endpoints, height: heights.endpointsHeight });
  const accelerators = counted(count, 'accelerator');
  if (found.planesPerAccelerator > 1) pen.label(accelerators, middle, heights.bottom + 4, 'plain');
  else pen.label(accelerators, middle, heights.endpoints + 26);
  return spines;
}

/** Leaves one by one, or by scalable unit where every rail of a unit has its own; gives the middles of those drawn. */
function drawUnits(
  pen: Pen,
  heights: Heights,
  inner: Span,
  leaves: number,
  rails: number,
): readonly number[] {
  const single = rails < 2 || leaves <= rails || inner.width < rowWidth(rails) + 2 * padding;
  if (single) {
    const row = rowOf(leaves, inner.x, inner.width);
    drawRow(pen, row, 'leaf', heights.leaf);
    drop(pen, row.middles, heights);
    return row.middles;
  }
  const { places, gap } = slotsOf(Math.ceil(leaves / rails), {
    ...inner,
    narrowest: rowWidth(rails) + padding,
    gap: podGap,
  });
  const middles = places.flatMap(({ x, width }) => {
    const row = rowOf(rails, x, width);
    pen.box('unit', {
      x,
      y: heights.leaf - 7,
      width,
      height: heights.endpoints - 4 - (heights.leaf - 7),
    });
    drawRow(pen, row, 'leaf', heights.leaf);
    drop(pen, row.middles, heights);
    return row.middles;
  });
  if (gap !== null) {
    pen.label(`+ ${gap.left} units`, gap.x + gap.width / 2, heights.leaf + 12, 'quiet');
  }
  return middles;
}

function drop(pen: Pen, middles: readonly number[], heights: Heights): void {
  for (const x of middles) {
    pen.line('link', x, heights.leaf + square, x, heights.endpoints);
  }
}

function drawRow(pen: Pen, row: Row, tone: 'core' | 'spine' | 'leaf', y: number): void {
  for (const x of row.middles) {
    pen.box(tone, { x: x - square / 2, y, width: square, height: square });
  }
  if (row.gapX !== null) pen.label('…', row.gapX, y + 10);
}

/** Every switch above to every switch below: line by line, or as one shape where lines would be a solid surface anyway. */
function mesh(
  pen: Pen,
  above: readonly number[],
  aboveY: number,
  below: readonly number[],
  belowY: number,
): void {
  if (above.length === 0 || below.length === 0) return;
  if (above.length * below.length > mostLines) {
    const edge = (xs: readonly number[]): [number, number] => [xs[0] ?? 0, xs.at(-1) ?? 0];
    const [[left, right], [from, to]] = [edge(above), edge(below)];
    pen.polygon('band', [
      [left, aboveY],
      [right, aboveY],
      [to, belowY],
      [from, belowY],
    ]);
    return;
  }
  for (const upper of above) {
    for (const lower of below) pen.line('link', upper, aboveY, lower, belowY);
  }
}

/** Spines of a pod belong to different core groups, so each drawn spine rises to its share of the drawn cores. */
function drawUplinks(pen: Pen, spines: Row, cores: Row, heights: Heights): void {
  spines.middles.forEach((x, index) => {
    const count = cores.middles.length;
    const from = Math.floor((index * count) / spines.middles.length);
    const to = Math.max(from + 1, Math.floor(((index + 1) * count) / spines.middles.length));
    mesh(pen, cores.middles.slice(from, to), heights.core + square, [x], heights.spine);
  });
}
