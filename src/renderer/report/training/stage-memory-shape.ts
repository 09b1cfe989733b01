import type { StageMemoryReport } from '@engine/report';
import { rowHeightOf } from './timeline-shape';

export interface MemoryBar {
  readonly key: string;
  /** place of the part among those of its stage */
  readonly colour: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly text: string;
}

export interface StageMemoryShape {
  readonly rowHeight: number;
  readonly barHeight: number;
  readonly height: number;
  readonly bars: readonly MemoryBar[];
  /** place of the room there is; null where it is not known */
  readonly capacityAt: number | null;
  /** GB of a length */
  readonly valueOf: (length: number) => number;
}

/** The parts of every stage side by side on one scale, which holds the room there is as well. */
export function stageMemoryShape(
  stages: readonly StageMemoryReport[],
  capacityGb: number | null,
  width: number,
): StageMemoryShape {
  const rowHeight = rowHeightOf(stages.length);
  const barHeight = rowHeight - (rowHeight > 8 ? 3 : 1);
  const most = Math.max(capacityGb ?? 0, ...stages.map(({ totalGb }) => totalGb), 1e-9);
  const scale = width / most;
  const bars = stages.flatMap(({ stage, parts }, row) => {
    let x = 0;
    return parts.map(({ key, label, value }, colour): MemoryBar => {
      const left = x;
      x += value * scale;
      return {
        key: `${stage} ${key}`,
        colour,
        x: left,
        y: row * rowHeight,
        width: value * scale,
        text: `Stage ${stage + 1}, ${label}`,
      };
    });
  });
  return {
    rowHeight,
    barHeight,
    height: stages.length * rowHeight,
    bars,
    capacityAt: capacityGb === null ? null : capacityGb * scale,
    valueOf: (length) => length / scale,
  };
}

/** The stage that holds most; undefined without stages. */
function fullestOf(stages: readonly StageMemoryReport[]): StageMemoryReport | undefined {
  return stages.toSorted((one, other) => other.totalGb - one.totalGb)[0];
}

/**
 * The stages with what the fullest holds first, in its order: the bar of the fullest accelerator leaves out what it does not
 * hold, and a part has the same colour in both.
 */
export function partsOfFullestFirst(
  stages: readonly StageMemoryReport[],
): readonly StageMemoryReport[] {
  const held = new Set(
    fullestOf(stages)
      ?.parts.filter(({ value }) => value > 0)
      .map(({ key }) => key),
  );
  return stages.map((stage) => ({
    ...stage,
    parts: stage.parts.toSorted(
      (one, other) => Number(held.has(other.key)) - Number(held.has(one.key)),
    ),
  }));
}

/** Which stage is fullest, and how much less the emptiest holds. */
export function stageMemoryTitle(
  stages: readonly StageMemoryReport[],
  text: (gigabytes: number) => string,
): string {
  const fullest = fullestOf(stages);
  const emptiest = stages.toSorted((one, other) => one.totalGb - other.totalGb)[0];
  if (fullest === undefined || emptiest === undefined) return 'No pipeline stage holds anything';
  return `Stage ${fullest.stage + 1} is the fullest with ${text(fullest.totalGb)}; stage ${emptiest.stage + 1} holds ${text(emptiest.totalGb)}`;
}
