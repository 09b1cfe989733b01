import { SegmentedControl } from '@mantine/core';
import type { Scaling, ScalingPoint } from '@engine/training/scaling';
import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { memo, useState } from 'react';
import { DataTable } from '../chart/DataTable';
import { Plot } from '../chart/Plot';
import type { PlotAxis, PlotSeries } from '../chart/plot';
import { useReport } from '../report-context';
import { scalingSeries, scalingTitle, type ScalingMeasure } from './scaling-series';
import { isSameData } from '../same-data';

interface ScalingChartProps {
  readonly scaling: Scaling;
  /** of the plan */
  readonly accelerators: number;
}

const measures: readonly { readonly value: ScalingMeasure; readonly label: string }[] = [
  { value: 'tokensPerSecond', label: 'Tokens per second' },
  { value: 'stepSeconds', label: 'Step time' },
  { value: 'efficiency', label: 'Efficiency' },
];

const units: Readonly<Record<ScalingMeasure, string>> = {
  tokensPerSecond: 'tokens/s',
  stepSeconds: 's',
  efficiency: 'fraction',
};

/** What the planned layout does on fewer and on more accelerators, with the batch kept and with it grown. */
export const ScalingChart = memo(function ScalingChart({
  scaling,
  accelerators,
}: ScalingChartProps) {
  const { locale } = useReport();
  const [measure, setMeasure] = useState<ScalingMeasure>('tokensPerSecond');
  const count = (value: number) => formatValue(value, '', locale);
  const title = scalingTitle(scaling, accelerators, locale);
  const y: PlotAxis = {
    label: measures.find(({ value }) => value === measure)?.label ?? '',
    isLog: measure !== 'efficiency',
    text: (value) =>
      measure === 'tokensPerSecond' ? count(value) : formatValue(value, units[measure], locale),
    read: (value) => formatValue(value, units[measure], locale),
    ...(measure === 'efficiency' ? { holds: [0] } : {}),
  };
  const series: readonly PlotSeries[] = scalingSeries(scaling, measure);
  const own = scaling.strong.find((point) => point.accelerators === accelerators);
  return (
    <Plot
      title={title}
      description="The planned layout with more or fewer replicas; other layouts may do better elsewhere. Efficiency is the rate of an accelerator over that in the smallest cluster shown."
      x={{ label: 'Accelerators', isLog: true, text: count }}
      y={y}
      series={series}
      marks={
        own === undefined
          ? []
          : [{ key: 'plan', x: accelerators, y: own[measure], text: 'Plan', colour: 1 }]
      }
      hasEndLabels
      controls={
        <SegmentedControl
          size="xs"
          aria-label="Measure of scaling"
          data={[...measures]}
          value={measure}
          onChange={(value) => {
            const found = measures.find((candidate) => candidate.value === value);
            if (found) setMeasure(found.value);
          }}
        />
      }
      table={<ScalingTable title={title} scaling={scaling} />}
    />
  );
}, isSameData);

function ScalingTable({ title, scaling }: { readonly title: string; readonly scaling: Scaling }) {
  const rowsOf = (kind: string, points: readonly ScalingPoint[]) =>
    points.map((point) => [
      numberCell(point.accelerators, ''),
      kind,
      numberCell(point.globalBatch, ''),
      numberCell(point.stepSeconds, 's'),
      numberCell(point.tokensPerSecond, 'tokens/s'),
      numberCell(point.efficiency, 'fraction'),
      point.fits ? 'fits' : 'does not fit',
    ]);
  return (
    <DataTable
      caption={title}
      isCaptionHidden
      columns={[
        { key: 'accelerators', title: 'Accelerators', isNumber: true },
        { key: 'kind', title: 'Batch' },
        { key: 'batch', title: 'Sequences', isNumber: true },
        { key: 'step', title: 'Step', isNumber: true },
        { key: 'rate', title: 'Tokens per second', isNumber: true },
        { key: 'efficiency', title: 'Efficiency', isNumber: true },
        { key: 'fits', title: 'Memory' },
      ]}
      rows={[...rowsOf('kept', scaling.strong), ...rowsOf('grown', scaling.weak)]}
    />
  );
}
