import { SegmentedControl } from '@mantine/core';
import type { Figure } from '@engine/report';
import type { PipelineTimeline } from '@engine/training/pipeline-timeline';
import { formatFigure, formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { useMemo, useState } from 'react';
import { spanScale } from '../chart/axis-scale';
import { useChartWidth } from '../chart/chart-width';
import { chartColour } from '../chart/chart-colour';
import { ChartFrame } from '../chart/ChartFrame';
import { ColourLegend } from '../chart/ColourLegend';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';
import { PipelineDrawing } from './PipelineDrawing';
import { timeWindows, type TimeWindow } from './timeline-shape';

interface PipelineChartProps {
  readonly timeline: PipelineTimeline;
  readonly bubble: Figure;
}

const windowNames: Readonly<Record<TimeWindow['name'], string>> = {
  whole: 'Whole step',
  start: 'Start',
  end: 'End',
};

const legend = [
  { name: 'Forward', colour: chartColour(0) },
  { name: 'Backward', colour: chartColour(1) },
  { name: 'Waiting', colour: 'var(--cw-track)', isHollow: true },
  {
    name: 'Transfers, exchange, optimizer',
    colour: 'color-mix(in srgb, var(--cw-chart-3) 35%, transparent)',
  },
];

const gutter = 60;

/** Which stage works on which micro-batch when, and where it waits. */
export function PipelineChart({ timeline, bubble }: PipelineChartProps) {
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
        entries={legend}
        note={timeline.chunks > 1 ? 'Darker: deeper chunks' : undefined}
      />
    </ChartFrame>
  );
}

/** Ticks at round times of the step: a window at its end counts from the start of the whole step. */
function ticksOf(timeline: PipelineTimeline, window: TimeWindow, width: number) {
  const later = window.name === 'end' ? timeline.pipelineSeconds - timeline.drawnSeconds : 0;
  const scale = spanScale(window.from + later, window.to + later, 0, width, 5);
  return scale.ticks.map((value) => ({ value, at: scale.position(value) }));
}

function descriptionOf({ microBatches, drawnMicroBatches }: PipelineTimeline): string {
  const start = 'One row per pipeline stage; numbers are micro-batches.';
  return drawnMicroBatches === microBatches
    ? start
    : `${start} ${microBatches - drawnMicroBatches} of the ${microBatches} micro-batches, which repeat the middle, are left out.`;
}

function pipelineTitle({ stages, chunks, microBatches }: PipelineTimeline, bubble: string): string {
  const spread = chunks > 1 ? ` in ${chunks} chunks each` : '';
  return `${bubble} of a step is pipeline bubble: ${stages} stages${spread}, ${microBatches} micro-batches`;
}
