import type { StageMemoryReport } from '@engine/report';
import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { memo, useMemo } from 'react';
import { chartColour } from '../chart/chart-colour';
import { ChartDrawing } from '../chart/ChartDrawing';
import { useChartWidth } from '../chart/chart-width';
import { ChartFrame } from '../chart/ChartFrame';
import { ColourLegend } from '../chart/ColourLegend';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';
import classes from './stage-memory.module.css';
import { partsOfFullestFirst, stageMemoryShape, stageMemoryTitle } from './stage-memory-shape';
import { namedStages } from './timeline-shape';
import { isSameData } from '../same-data';

interface StageMemoryChartProps {
  readonly stages: readonly StageMemoryReport[];
  /** of one accelerator [GB]; null where the part is not known */
  readonly capacityGb: number | null;
}

const gutter = 60;

/** What an accelerator of every pipeline stage holds, beside what there is room for. */
export const StageMemoryChart = memo(function StageMemoryChart({
  stages: given,
  capacityGb,
}: StageMemoryChartProps) {
  const { locale } = useReport();
  const { ref, width } = useChartWidth();
  const inner = width - gutter - 8;
  const stages = useMemo(() => partsOfFullestFirst(given), [given]);
  const gigabytes = (value: number) => formatValue(value, 'GB', locale);
  const shape = stageMemoryShape(stages, capacityGb, inner);
  const title = stageMemoryTitle(stages, gigabytes);
  const parts = stages[0]?.parts ?? [];
  return (
    <ChartFrame
      title={title}
      description="One row per pipeline stage. Early stages hold more micro-batches in flight, the last one the logits."
      isTablePrinted={false}
      table={
        <DataTable
          caption={title}
          isCaptionHidden
          columns={[
            { key: 'stage', title: 'Stage', isNumber: true },
            ...parts.map(({ key, label }) => ({ key, title: label, isNumber: true })),
            { key: 'total', title: 'Together', isNumber: true },
          ]}
          rows={stages.map(({ stage, parts: own, totalGb }) => [
            numberCell(stage + 1, ''),
            ...own.map(({ value, unit }) => numberCell(value, unit)),
            numberCell(totalGb, 'GB'),
          ])}
        />
      }
    >
      <div ref={ref}>
        <ChartDrawing name={title} width={width} height={shape.height + 22}>
          {namedStages(stages.length).map((stage) => (
            <text
              key={stage}
              x={gutter - 8}
              y={stage * shape.rowHeight + shape.rowHeight / 2 + 3}
              textAnchor="end"
            >
              {`Stage ${stage + 1}`}
            </text>
          ))}
          <g transform={`translate(${gutter} 0)`}>
            {shape.bars.map(({ key, colour, x, y, width: length, text }) => (
              <rect
                key={key}
                x={x}
                y={y}
                width={length}
                height={shape.barHeight}
                fill={chartColour(colour)}
              >
                <title>{`${text}: ${gigabytes(shape.valueOf(length))}`}</title>
              </rect>
            ))}
            {shape.capacityAt !== null && capacityGb !== null && (
              <>
                <line
                  className={classes.capacity}
                  x1={shape.capacityAt}
                  x2={shape.capacityAt}
                  y1="-2"
                  y2={shape.height + 4}
                />
                <text
                  x={shape.capacityAt}
                  y={shape.height + 17}
                  textAnchor={shape.capacityAt > inner / 2 ? 'end' : 'start'}
                >
                  {`Room for ${gigabytes(capacityGb)}`}
                </text>
              </>
            )}
          </g>
        </ChartDrawing>
      </div>
      <ColourLegend
        entries={parts.map(({ label }, index) => ({ name: label, colour: chartColour(index) }))}
      />
    </ChartFrame>
  );
}, isSameData);
