import type { PassKind } from '@engine/training/pipeline-orders';
import type { PipelineTimeline } from '@engine/training/pipeline-timeline';
import { useMemo } from 'react';
import chart from '../chart/chart.module.css';
import { ChartDrawing } from '../chart/ChartDrawing';
import classes from './pipeline.module.css';
import { namedStages, timelineShape, type TimeWindow } from './timeline-shape';

interface PipelineDrawingProps {
  readonly name: string;
  readonly timeline: PipelineTimeline;
  readonly window: TimeWindow;
  readonly width: number;
  /** room for the names of the stages */
  readonly gutter: number;
  readonly ticks: readonly { readonly value: number; readonly at: number }[];
  readonly timeText: (seconds: number) => string;
}

const axisHeight = 24;

const classOf: Readonly<Record<PassKind, string | undefined>> = {
  forward: classes.forward,
  backward: classes.backward,
  inputs: classes.backward,
  weights: classes.weights,
  both: classes.both,
};

/** One window of a step, stage by stage. */
export function PipelineDrawing(props: PipelineDrawingProps) {
  const { name, timeline, window, width, gutter, ticks, timeText } = props;
  const inner = width - gutter - 8;
  const shape = useMemo(() => timelineShape(timeline, window, inner), [timeline, window, inner]);
  const { rowHeight, height } = shape;
  return (
    <ChartDrawing name={name} width={width} height={height + axisHeight}>
      {namedStages(timeline.stages).map((stage) => (
        <text key={stage} x={gutter - 8} y={stage * rowHeight + rowHeight / 2 + 3} textAnchor="end">
          {`Stage ${stage + 1}`}
        </text>
      ))}
      <g transform={`translate(${gutter} 0)`}>
        <rect className={classes.idle} width={shape.pipelineEnd} height={height - 1} />
        <rect
          className={classes.tail}
          x={shape.pipelineEnd}
          width={Math.max(0, inner - shape.pipelineEnd)}
          height={height - 1}
        />
        {shape.paths.map(({ key, kind, depth, path }) => (
          <path key={key} className={classOf[kind]} fillOpacity={0.55 + 0.45 * depth} d={path} />
        ))}
        {shape.labels.map(({ x, y, text }) => (
          <text key={`${x} ${y}`} className={classes.number} x={x} y={y} textAnchor="middle">
            {text}
          </text>
        ))}
        <line className={chart.axis} x1="0" x2={inner} y1={height + 2} y2={height + 2} />
        {ticks.map(({ value, at }) => (
          <g key={value}>
            <line className={chart.axis} x1={at} x2={at} y1={height + 2} y2={height + 6} />
            <text
              x={at}
              y={height + 18}
              textAnchor={at > inner - 30 ? 'end' : at < 12 ? 'start' : 'middle'}
            >
              {timeText(value)}
            </text>
          </g>
        ))}
      </g>
    </ChartDrawing>
  );
}
