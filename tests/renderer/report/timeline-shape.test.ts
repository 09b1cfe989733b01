import { describe, expect, it } from 'vitest';
import { pipelineTimeline, type PipelineTimeline } from '@engine/training/pipeline-timeline';
import {
  namedStages,
  rowHeightOf,
  timelineShape,
  timeWindows,
} from '../../../src/renderer/report/training/timeline-shape';
import { quantity } from '../../fixtures/engine-fixture';
import { evaluatedRun } from '../../engine/training/evaluated-fixture';

function timelineOf(pipelineParallel: number, virtualStages = 1, perStage = 2): PipelineTimeline {
  const dataParallel = Math.floor(16_384 / (8 * pipelineParallel));
  const timeline = pipelineTimeline(
    evaluatedRun(
      { pipelineParallel, virtualStages, microBatch: 1 },
      { globalBatchSequences: quantity(dataParallel * perStage * pipelineParallel) },
    ),
  );
  if (timeline === null) throw new Error('There is no timeline.');
  return timeline;
}

/** Area of the outlines of a direction, from their path. */
function areaOf(path: string): number {
  return [...path.matchAll(/h([\d.]+)v([\d.]+)h-/g)].reduce(
    (sum, [, breadth, height]) => sum + Number(breadth) * Number(height),
    0,
  );
}

describe('the windows of a step', () => {
  it('are the whole alone where its passes are wide', () => {
    expect(timeWindows(timelineOf(2), 600).map(({ name }) => name)).toEqual(['whole']);
  });

  it('are the whole with its ends where passes are thin', () => {
    expect(timeWindows(timelineOf(16, 8, 1), 600).map(({ name }) => name)).toEqual([
      'whole',
      'start',
      'end',
    ]);
  });

  it('are only the ends where the whole is a grey mass or its middle is left out', () => {
    expect(timeWindows(timelineOf(64, 1, 40), 600).map(({ name }) => name)).toEqual([
      'start',
      'end',
    ]);
    const [whole] = timeWindows(timelineOf(16, 8, 50), 4000);
    expect(whole?.name).toBe('start');
  });

  it('begin with the step and end with its pipeline', () => {
    const timeline = timelineOf(16, 8, 1);
    const [, start, end] = timeWindows(timeline, 600);
    expect(start?.from).toBe(0);
    expect(end?.from).toBeLessThan(timeline.drawnSeconds);
    expect(end?.to).toBeGreaterThan(timeline.drawnSeconds);
  });
});

describe.each([2, 4, 8, 16, 32, 64])('the drawing of %s stages', (stages) => {
  const timeline = timelineOf(stages);
  const [window] = timeWindows(timeline, 600);
  if (window === undefined) throw new Error('There is no window.');
  const shape = timelineShape(timeline, window, 600);

  it('stays readable in height', () => {
    expect(shape.height).toBeLessThanOrEqual(340);
    expect(rowHeightOf(stages)).toBeGreaterThanOrEqual(5);
  });

  it('names stages without crowding, the first and the last among them', () => {
    const named = namedStages(stages);
    expect(named[0]).toBe(0);
    expect(named.at(-1)).toBe(stages - 1);
    expect(new Set(named).size).toBe(named.length);
    for (let index = 1; index < named.length; index += 1) {
      const apart = ((named[index] ?? 0) - (named[index - 1] ?? 0)) * rowHeightOf(stages);
      expect(apart).toBeGreaterThanOrEqual(6);
    }
  });

  it('has no number in it that is not finite', () => {
    for (const { path } of shape.paths) expect(path).not.toMatch(/NaN|Infinity/);
    expect(Number.isFinite(shape.pipelineEnd)).toBe(true);
  });
});

it('passes fill as much of the drawing as stages are busy', () => {
  const timeline = timelineOf(4, 1, 2);
  const [window] = timeWindows(timeline, 4000);
  if (window?.name !== 'whole') throw new Error('The whole is not shown.');
  const shape = timelineShape(timeline, window, 4000);
  const busy = timeline.shares.reduce(
    (sum, one) => sum + one.forwardSeconds + one.backwardSeconds,
    0,
  );
  const drawn = shape.paths.reduce((sum, { path }) => sum + areaOf(path), 0);
  const rows = 4 * (shape.rowHeight - 2) * 4000;
  const all = 4 * (timeline.drawnSeconds + timeline.tailSeconds);
  expect(drawn / rows).toBeCloseTo(busy / all, 1);
});

it('tints chunks in at most four shades of each direction', () => {
  const shape = (chunks: number) => {
    const timeline = timelineOf(16, chunks, 1);
    const all = timeline.drawnSeconds + timeline.tailSeconds;
    return timelineShape(timeline, { name: 'whole', from: 0, to: all }, 600).paths;
  };
  expect(shape(1).map(({ depth }) => depth)).toEqual([0, 0]);
  expect(shape(8)).toHaveLength(8);
  expect(Math.max(...shape(8).map(({ depth }) => depth))).toBe(1);
});
