import { SegmentedControl } from '@mantine/core';
import type { Figure } from '@engine/report';
import type { PassKind } from '@engine/training/pipeline-orders';
import type { PipelineTimeline } from '@engine/training/pipeline-timeline';
import { scheduleNames } from '@shared/plan/layout-words';
import { formatFigure, formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { memo, useMemo, useState } from 'react';
import { spanScale } from '../chart/axis-scale';
import { useChartWidth } from '../chart/chart-width';
import { chartColour } from '../chart/chart-colour';
import { ChartFrame } from '../chart/ChartFrame';
import { ColourLegend } from '../chart/ColourLegend';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';
import { PipelineDrawing } from './PipelineDrawing';
import { timeWindows, type TimeWindow } from './timeline-shape';
import { isSameData } from '../same-data';

interface PipelineChartProps {
  readonly timeline: PipelineTimeline;
  readonly bubble: Figure;
}

const windowNames: Readonly<Record<TimeWindow['name'], string>> = {
  whole: 'Whole step',
  start: 'Start',
  end: 'End',
};

const passNames: readonly (readonly [PassKind, string, number])[] = [
  ['forward', 'Forward', 0],
  ['backward', 'Backward', 1],
  ['inputs', 'Backward, gradients of inputs alone', 1],
  ['weights', 'Gradients of weights', 3],
  ['both', 'Forward and backward together', 4],
];

/** The kinds of passes that are drawn; where some backward passes are whole and some are split, both have one colour. */
function passLegend({ operations }: PipelineTimeline) {
  const drawn = new Set(operations.map(({ kind }) => kind));
  return passNames
    .filter(([kind]) => drawn.has(kind) && !(kind === 'inputs' && drawn.has('backward')))
    .map(([, name, colour]) => ({ name, colour: chartColour(colour) }));
}

const aside = [
  { name: 'Waiting', colour: 'var(--cw-track)', isHollow: true },
  {
    name: 'Transfers, exchange, optimizer',
    colour: 'color-mix(in srgb, var(--cw-chart-3) 35%, transparent)',
  },
];

const gutter = 60;

/** Which stage works on which micro-batch when, and where it waits. */
export const PipelineChart = memo(function PipelineChart({ timeline, bubble }: PipelineChartProps) {
  const { locale, mode } = useReport();
  const { ref, width } = useChartWidth();
  const [chosen, setChosen] = useState<TimeWindow['name']>('whole');
  const inner = width - gutter - 8;
  const windows = useMemo(() => timeWindows(timeline, inner), [timeline, inner]);
  const shown = windows.find(({ name }) => name === chosen) ?? windows[0];
  if (shown === undefined) return null;
  const seconds = (value: number) => formatValue(value, 's', locale);
  const title = pipelineTitle(timeline, formatFigure(bubble, locale).text);
  const drawn = mode === 'print' && shown.name !== 'whole' ? windows : [shown];
  return (
    <ChartFrame
      title={title}
      description={descriptionOf(timeline)}
      isTablePrinted={false}
      controls={
        windows.length > 1 && (
          <SegmentedControl
            size="xs"
            aria-label="Part of the step"
            data={windows.map(({ name }) => ({ value: name, label: windowNames[name] }))}
            value={shown.name}
            onChange={(name) => {
              const found = windows.find((window) => window.name === name);
              if (found) setChosen(found.name);
            }}
          />
        )
      }
      table={
        <DataTable
          caption={title}
          isCaptionHidden
          columns={[
            { key: 'stage', title: 'Stage', isNumber: true },
            { key: 'forward', title: 'Forward', isNumber: true },
            { key: 'backward', title: 'Backward', isNumber: true },
            { key: 'idle', title: 'Waiting in the pipeline', isNumber: true },
            { key: 'tail', title: 'Transfers, exchange, optimizer', isNumber: true },
          ]}
          rows={timeline.shares.map(({ stage, forwardSeconds, backwardSeconds, idleSeconds }) => [
            numberCell(stage + 1, ''),
            numberCell(forwardSeconds, 's'),
            numberCell(backwardSeconds, 's'),
            numberCell(idleSeconds, 's'),
            numberCell(timeline.tailSeconds, 's'),
          ])}
        />
      }
    >
      <div ref={ref}>
        {drawn.map((window) => (
          <PipelineDrawing
            key={window.name}
            name={drawn.length > 1 ? `${title}: ${windowNames[window.name].toLowerCase()}` : title}
            timeline={timeline}
            window={window}
            width={width}
            gutter={gutter}
            ticks={ticksOf(timeline, window, inner)}
            timeText={seconds}
          />
        ))}
      </div>
      <ColourLegend
        entries={[...passLegend(timeline), ...aside]}
        note={timeline.chunks > 1 ? 'Darker: deeper chunks' : undefined}
      />
    </ChartFrame>
  );
}, isSameData);

/** Ticks at round times of the step: a window at its end counts from the start of the whole step. */
function ticksOf(timeline: PipelineTimeline, window: TimeWindow, width: number) {
  const later = window.name === 'end' ? timeline.pipelineSeconds - timeline.drawnSeconds : 0;
  const scale = spanScale(window.from + later, window.to + later, 0, width, 5);
  return scale.ticks.map((value) => ({ value, at: scale.position(value) }));
}

function descriptionOf({ schedule, microBatches, drawnMicroBatches }: PipelineTimeline): string {
  const ofSchedule =
    schedule === 'dualpipe'
      ? ' Half of the micro-batches enter at each end; of two passes together the number is that of the forward one.'
      : '';
  const start = `One row per pipeline stage; numbers are micro-batches.${ofSchedule}`;
  return drawnMicroBatches === microBatches
    ? start
    : `${start} ${microBatches - drawnMicroBatches} of the ${microBatches} micro-batches, which repeat the middle, are left out.`;
}

function pipelineTitle(timeline: PipelineTimeline, bubble: string): string {
  const { stages, chunks, microBatches, schedule } = timeline;
  const spread = chunks > 1 ? ` in ${chunks} chunks each` : '';
  const name = schedule && scheduleNames.find(([value]) => value === schedule)?.[1];
  const start = name ? `${name}: ` : '';
  return `${start}${bubble} of a step is pipeline bubble, ${stages} stages${spread}, ${microBatches} micro-batches`;
}
