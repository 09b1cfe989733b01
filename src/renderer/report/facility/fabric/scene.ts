export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is drawn in one colour, from back to front. */
export const tones = [
  'frame',
  'unit',
  'band',
  'link',
  'global',
  'wrap',
  'core',
  'spine',
  'leaf',
  'endpoints',
] as const;
export type Tone = (typeof tones)[number];

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** plain where what lies below may shine through */
  readonly tone: 'strong' | 'quiet' | 'plain';
}

/** A drawing as one path for every colour, whatever the number of switches. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly paths: ReadonlyMap<Tone, string>;
  readonly labels: readonly Label[];
  /** boxes and lines that the paths hold */
  readonly shapes: number;
}

/** Takes shapes; what lies outside the seen part of the scene is left away. */
export interface Pen {
  readonly seen: Box;
  readonly isFlipped: boolean;
  readonly box: (tone: Tone, box: Box, radius?: number) => void;
  readonly line: (tone: Tone, x1: number, y1: number, x2: number, y2: number) => void;
  /** from one point to another of the same height, `rise` above them in its middle */
  readonly arc: (tone: Tone, x1: number, x2: number, y: number, rise: number) => void;
  readonly polygon: (tone: Tone, points: readonly (readonly [number, number])[]) => void;
  readonly label: (text: string, x: number, y: number, tone?: Label['tone']) => void;
}

const round = (value: number): number => Math.round(value * 10) / 10;

export function meets(one: Box, other: Box): boolean {
  return (
    one.x <= other.x + other.width &&
    other.x <= one.x + one.width &&
    one.y <= other.y + other.height &&
    other.y <= one.y + one.height
  );
}

/** A pen and the scene that it has drawn so far. */
export function sceneOf(
  size: { readonly width: number; readonly height: number },
  seen: Box,
  draw: (pen: Pen) => void,
): Scene {
  const pieces = new Map<Tone, string[]>();
  const labels: Label[] = [];
  const add = (tone: Tone, around: Box, piece: () => string): void => {
    if (!meets(around, seen)) return;
    const list = pieces.get(tone);
    if (list === undefined) pieces.set(tone, [piece()]);
    else list.push(piece());
  };
  draw({
    seen,
    isFlipped: false,
    box: (tone, box, radius = 3) => add(tone, box, () => boxPath(box, radius)),
    line: (tone, x1, y1, x2, y2) =>
      add(
        tone,
        around([
          [x1, y1],
          [x2, y2],
        ]),
        () => `M${round(x1)} ${round(y1)}L${round(x2)} ${round(y2)}`,
      ),
    arc: (tone, x1, x2, y, rise) =>
      add(
        tone,
        around([
          [x1, y - rise],
          [x2, y],
        ]),
        () =>
          `M${round(x1)} ${round(y)}C${round(x1)} ${round(y - (rise * 4) / 3)} ${round(x2)} ${round(y - (rise * 4) / 3)} ${round(x2)} ${round(y)}`,
      ),
    polygon: (tone, points) =>
      add(
        tone,
        around(points),
        () => `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`,
      ),
    label: (text, x, y, tone = 'strong') => {
      const half = text.length * 4;
      if (meets({ x: x - half, y: y - 12, width: 2 * half, height: 16 }, seen)) {
        labels.push({ x: round(x), y: round(y), text, tone });
      }
    },
  });
  const paths = new Map(
    tones.flatMap((tone) => {
      const list = pieces.get(tone);
      return list === undefined ? [] : [[tone, list.join('')] as const];
    }),
  );
  const shapes = [...pieces.values()].reduce((sum, { length }) => sum + length, 0);
  return { ...size, paths, labels, shapes };
}

function around(points: readonly (readonly [number, number])[]): Box {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

function boxPath({ x, y, width, height }: Box, radius: number): string {
  const r = Math.min(radius, width / 2, height / 2);
  const [w, h] = [round(width - 2 * r), round(height - 2 * r)];
  const corner = (dx: number, dy: number): string => `a${r} ${r} 0 0 1 ${dx} ${dy}`;
  return `M${round(x + r)} ${round(y)}h${w}${corner(r, r)}v${h}${corner(-r, r)}h${-w}${corner(-r, -r)}v${-h}${corner(r, -r)}Z`;
}

/** The same pen upside down about a height: how a second plane is drawn below the accelerators. */
export function flipped(pen: Pen, axis: number): Pen {
  const over = (y: number): number => 2 * axis - y;
  const { seen } = pen;
  return {
    seen: { ...seen, y: over(seen.y + seen.height) },
    isFlipped: !pen.isFlipped,
    box: (tone, box, radius) => pen.box(tone, { ...box, y: over(box.y + box.height) }, radius),
    line: (tone, x1, y1, x2, y2) => pen.line(tone, x1, over(y1), x2, over(y2)),
    arc: (tone, x1, x2, y, rise) => pen.arc(tone, x1, x2, over(y), -rise),
    polygon: (tone, points) =>
      pen.polygon(
        tone,
        points.map(([x, y]) => [x, over(y)] as const),
      ),
    // A label stands on its baseline; mirrored about its own middle it keeps its distance to what it names.
    label: (text, x, y, tone) => pen.label(text, x, over(y) + labelHeight, tone),
  };
}

const labelHeight = 8;
