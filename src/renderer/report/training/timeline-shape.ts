import type { PassKind } from '@engine/training/pipeline-orders';
import type { PipelineOperation } from '@engine/training/pipeline-schedule';
import type { PipelineTimeline } from '@engine/training/pipeline-timeline';

/** A stretch of a step to look at [s], in the time of what is drawn. */
export interface TimeWindow {
  readonly name: 'whole' | 'start' | 'end';
  readonly from: number;
  readonly to: number;
}

/** Passes of one kind as one outline, so that thousands of them are a few nodes. */
export interface PassPath {
  readonly key: string;
  readonly kind: PassKind;
  /** place of the chunk among those of its stage, 0–1 */
  readonly depth: number;
  readonly path: string;
}

export interface PassLabel {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

export interface TimelineShape {
  readonly rowHeight: number;
  readonly height: number;
  readonly paths: readonly PassPath[];
  /** numbers of the micro-batches, where there is room for them */
  readonly labels: readonly PassLabel[];
  /** where the last pass of each stage ends and where the step goes on, from the left */
  readonly pipelineEnd: number;
}

const leastPass = 0.4;
const comfortablePass = 18;
const shadesOfChunks = 4;

/** Time of the shortest pass that is drawn. */
function shortestPass({ operations }: PipelineTimeline): number {
  return operations.reduce(
    (least, { start, end }) => Math.min(least, end - start),
    Number.POSITIVE_INFINITY,
  );
}

/**
 * What can be looked at: the whole step where its passes are wide enough to be told apart, and otherwise, or beside it, its start
 * and its end, at a scale at which they are.
 */
export function timeWindows(timeline: PipelineTimeline, width: number): TimeWindow[] {
  const { drawnSeconds, tailSeconds, microBatches, drawnMicroBatches } = timeline;
  const all = drawnSeconds + tailSeconds;
  const pass = shortestPass(timeline);
  const isWhole = drawnMicroBatches === microBatches && (pass / all) * width >= leastPass;
  const span = Math.min(all, (pass * width) / comfortablePass);
  const parts: TimeWindow[] =
    span >= all * 0.98
      ? []
      : [
          { name: 'start', from: 0, to: span },
          {
            name: 'end',
            from: Math.max(0, drawnSeconds - span * 0.92),
            to: drawnSeconds + span * 0.08,
          },
        ];
  return isWhole || parts.length === 0 ? [{ name: 'whole', from: 0, to: all }, ...parts] : parts;
}

/** Heights that keep any number of stages readable: thinner rows for more of them. */
export function rowHeightOf(stages: number): number {
  return Math.max(5, Math.min(20, Math.floor(288 / stages)));
}

/** The passes of a window as outlines, row by row from the first stage down. */
export function timelineShape(
  timeline: PipelineTimeline,
  window: TimeWindow,
  width: number,
): TimelineShape {
  const { stages, chunks, operations, drawnSeconds } = timeline;
  const rowHeight = rowHeightOf(stages);
  const gap = rowHeight > 8 ? 2 : 1;
  const scale = width / (window.to - window.from);
  const at = (time: number): number => Math.max(0, Math.min(width, (time - window.from) * scale));
  const outlines = new Map<string, { shape: Omit<PassPath, 'path'>; path: string[] }>();
  const labels: PassLabel[] = [];
  for (const operation of operations) {
    if (operation.end <= window.from || operation.start >= window.to) continue;
    const left = at(operation.start);
    const right = at(operation.end);
    const top = operation.stage * rowHeight;
    const outline = outlineOf(outlines, operation, chunks);
    // A hair between passes keeps neighbours apart where they are wide enough to lose it.
    const breadth = right - left > 3 ? right - left - 0.75 : right - left;
    outline.path.push(
      `M${left.toFixed(1)} ${top}h${breadth.toFixed(1)}v${rowHeight - gap}h${(-breadth).toFixed(1)}z`,
    );
    const text = String(operation.microBatch + 1);
    if (rowHeight >= 12 && right - left >= 6 + 6 * text.length) {
      labels.push({ x: (left + right - 0.75) / 2, y: top + (rowHeight - gap) / 2 + 3.5, text });
    }
  }
  return {
    rowHeight,
    height: stages * rowHeight,
    paths: [...outlines.values()].map(({ shape, path }) => ({ ...shape, path: path.join('') })),
    labels,
    pipelineEnd: at(drawnSeconds),
  };
}

function outlineOf(
  outlines: Map<string, { shape: Omit<PassPath, 'path'>; path: string[] }>,
  { kind, chunk }: PipelineOperation,
  chunks: number,
): { path: string[] } {
  const shade =
    chunks === 1 ? 0 : Math.round((chunk / (chunks - 1)) * (Math.min(chunks, shadesOfChunks) - 1));
  const key = `${kind} ${shade}`;
  const found = outlines.get(key);
  if (found !== undefined) return found;
  const depth = chunks === 1 ? 0 : shade / (Math.min(chunks, shadesOfChunks) - 1);
  const made = { shape: { key, kind, depth }, path: [] };
  outlines.set(key, made);
  return made;
}

/** Stages that are named beside their row: all where there is room, else every second, fourth … and the last. */
export function namedStages(stages: number): number[] {
  const room = rowHeightOf(stages);
  const step = 2 ** Math.max(0, Math.ceil(Math.log2(12 / room)));
  const last = stages - 1;
  const named = Array.from({ length: last }, (_, stage) => stage).filter(
    (stage) => stage % step === 0 && last - stage > step / 2,
  );
  return [...named, last];
}
