import type { LossStage } from '@engine/report';

/** One stage of the loss diagram as drawn: a stretch of the band, and what peels off where it begins. */
export interface LossColumn {
  readonly stage: LossStage;
  readonly left: number;
  /** share of the first stage lost on the way into this one, 0–1 */
  readonly lost: number;
  /** outline of the part that peels off; null where nothing is lost */
  readonly lossPath: string | null;
  readonly lossCentre: number;
}

export interface LossShape {
  readonly columns: readonly LossColumn[];
  readonly bandPath: string;
  readonly columnWidth: number;
  readonly bandHeight: number;
  readonly height: number;
}

/** Stages worth drawing: the first, the last and those in between that lose something. The table has them all. */
export function drawnStages(stages: readonly LossStage[]): LossStage[] {
  return stages.filter((stage, index) => {
    const before = stages[index - 1]?.remaining;
    return before === undefined || index === stages.length - 1 || before - stage.remaining > 1e-6;
  });
}

/** Where words longer than a narrow column break. */
const breaks: readonly (readonly [string, string])[] = [
  ['Recomputation', 'Recom\u00ADputation'],
  ['Communication', 'Commu\u00ADnication'],
];

/** A stage's label with soft hyphens: the column of one stage of many is narrower than its longest word. */
export function breakableLabel(label: string): string {
  return breaks.reduce((text, [word, broken]) => text.replace(word, broken), label);
}

const tallestBand = 132;
const fall = 46;

/**
 * The band keeps its top edge and gets thinner at every stage; what is lost bends down out of it, as thick as the loss.
 * The band's height is chosen so that the largest loss still fits under its own column.
 */
export function lossShape(stages: readonly LossStage[], width: number): LossShape {
  const columnWidth = width / Math.max(1, stages.length);
  const losses = stages.map((stage, index) =>
    Math.max(0, (stages[index - 1]?.remaining ?? stage.remaining) - stage.remaining),
  );
  const bandHeight = Math.min(tallestBand, (columnWidth * 0.78) / Math.max(0.01, ...losses));
  const height = bandHeight + fall;
  const columns = stages.map((stage, index) => {
    const left = index * columnWidth;
    const lost = losses[index] ?? 0;
    const thickness = lost * bandHeight;
    const below = stage.remaining * bandHeight;
    const bend = Math.min(18, columnWidth * 0.14);
    return {
      stage,
      left,
      lost,
      lossPath:
        thickness < 0.25 ? null : bendDown(left, below, below + thickness, bend, thickness, height),
      lossCentre: left + bend + thickness / 2,
    };
  });
  return {
    columns,
    bandPath: bandOutline(stages, columnWidth, bandHeight),
    columnWidth,
    bandHeight,
    height,
  };
}

function bandOutline(
  stages: readonly LossStage[],
  columnWidth: number,
  bandHeight: number,
): string {
  const right = stages.length * columnWidth;
  const lower = stages
    .map((stage, index) => {
      const y = stage.remaining * bandHeight;
      return `L ${index * columnWidth} ${y} L ${(index + 1) * columnWidth} ${y}`;
    })
    .join(' ');
  return `M 0 0 ${lower} L ${right} 0 Z`;
}

/** From a vertical slice of the band (top to bottom at x) round a quarter turn to a horizontal slice at the foot. */
function bendDown(
  x: number,
  top: number,
  bottom: number,
  bend: number,
  thickness: number,
  foot: number,
): string {
  const inner = x + bend;
  const outer = inner + thickness;
  const innerEnd = bottom + bend;
  return [
    `M ${x} ${top}`,
    `C ${x + (outer - x) * 0.6} ${top} ${outer} ${top + (innerEnd - top) * 0.4} ${outer} ${innerEnd}`,
    `L ${outer} ${foot}`,
    `L ${inner} ${foot}`,
    `L ${inner} ${innerEnd}`,
    `Q ${inner} ${bottom} ${x} ${bottom}`,
    'Z',
  ].join(' ');
}
