import type { PlotArea } from './plot';

/** A place with words to stand beside it. */
export interface LabelPlace {
  readonly left: number;
  readonly top: number;
  readonly text: string;
}

export interface PlacedLabel {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'end';
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const characterWidth = 6.3;
const ascent = 10;
const descent = 3;

function boxOf({ x, y, anchor }: PlacedLabel, text: string): Box {
  const width = text.length * characterWidth;
  const left = anchor === 'start' ? x : x - width;
  return { left, right: left + width, top: y - ascent, bottom: y + descent };
}

function overlaps(one: Box, other: Box): boolean {
  return (
    one.left < other.right &&
    other.left < one.right &&
    one.top < other.bottom &&
    other.top < one.bottom
  );
}

/** How many of the points along a line, sampled between its corners, fall into a box. */
function pointsInside(box: Box, line: readonly (readonly [number, number])[]): number {
  let inside = 0;
  for (let index = 1; index < line.length; index += 1) {
    const [fromX, fromY] = line[index - 1] ?? [0, 0];
    const [toX, toY] = line[index] ?? [0, 0];
    for (let part = 0; part <= 8; part += 1) {
      const x = fromX + ((toX - fromX) * part) / 8;
      const y = fromY + ((toY - fromY) * part) / 8;
      if (x > box.left && x < box.right && y > box.top && y < box.bottom) inside += 1;
    }
  }
  return inside;
}

function beyond(box: Box, area: PlotArea): number {
  return (
    Math.max(0, area.left - box.left) +
    Math.max(0, box.right - area.right) +
    Math.max(0, area.top - 8 - box.top) +
    Math.max(0, box.bottom - area.bottom)
  );
}

/**
 * Words beside their places: of the four corners the one that leaves the drawing least, then covers least of the lines and
 * of words placed before.
 */
export function placeLabels(
  places: readonly LabelPlace[],
  lines: readonly (readonly (readonly [number, number])[])[],
  area: PlotArea,
): PlacedLabel[] {
  const taken: Box[] = [];
  return places.map(({ left, top, text }) => {
    const corners: readonly PlacedLabel[] = [
      { x: left + 11, y: top - 9, anchor: 'start' },
      { x: left - 11, y: top - 9, anchor: 'end' },
      { x: left + 11, y: top + 18, anchor: 'start' },
      { x: left - 11, y: top + 18, anchor: 'end' },
    ];
    const cost = (corner: PlacedLabel): number => {
      const box = boxOf(corner, text);
      const covered = lines.reduce((sum, line) => sum + pointsInside(box, line), 0);
      const crossed = taken.filter((other) => overlaps(box, other)).length;
      return 1000 * beyond(box, area) + 100 * crossed + covered;
    };
    const best = corners.reduce((least, corner) => (cost(corner) < cost(least) ? corner : least));
    taken.push(boxOf(best, text));
    return best;
  });
}

/** Tops moved apart so that none is nearer to the next than the gap, and each stays as near as it can to where it was. */
export function spreadTops(tops: readonly number[], gap: number): number[] {
  const order = tops.map((top, index) => ({ top, index })).sort((one, two) => one.top - two.top);
  const groups: { members: number[]; centre: number }[] = [];
  for (const { top, index } of order) {
    let group = { members: [index], centre: top };
    for (let before = groups.at(-1); before !== undefined; before = groups.at(-1)) {
      const reach = ((before.members.length + group.members.length) / 2) * gap;
      if (group.centre - before.centre >= reach) break;
      groups.pop();
      const members = [...before.members, ...group.members];
      const sum = members.reduce((total, member) => total + (tops[member] ?? 0), 0);
      group = { members, centre: sum / members.length };
    }
    groups.push(group);
  }
  const spread = [...tops];
  for (const { members, centre } of groups) {
    members.forEach((member, place) => {
      spread[member] = centre + (place - (members.length - 1) / 2) * gap;
    });
  }
  return spread;
}
