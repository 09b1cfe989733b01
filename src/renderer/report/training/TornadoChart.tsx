import { SegmentedControl } from '@mantine/core';
import type { Sensitivity } from '@engine/training/sensitivity';
import type { Swing } from '@engine/training/swing';
import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { useState } from 'react';
import { chartColour } from '../chart/chart-colour';
import { ChartFrame } from '../chart/ChartFrame';
import { ColourLegend } from '../chart/ColourLegend';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';
import classes from './tornado.module.css';
import { tornadoShape, tornadoTitle, type TornadoMeasure } from './tornado-shape';

interface TornadoChartProps {
  readonly sensitivity: Sensitivity;
}

const units: Readonly<Record<TornadoMeasure, string>> = { days: 'days', usd: 'USD' };

/** How far the run moves as each number behind it goes to the ends of its range. */
export function TornadoChart({ sensitivity }: TornadoChartProps) {
  const { locale } = useReport();
  const [chosen, setChosen] = useState<TornadoMeasure>('days');
  const measure = sensitivity.planned.usd === null ? 'days' : chosen;
  const text = (value: number) => formatValue(value, units[measure], locale);
  const shape = tornadoShape(sensitivity, measure);
  const title = tornadoTitle(shape, text);
  return (
    <ChartFrame
      title={title}
      description={`One number at a time, at both ends of its range; a tenth less and more where none is stated. As planned: ${text(shape.planned)}.`}
      isTablePrinted={false}
      controls={
        sensitivity.planned.usd !== null && (
          <SegmentedControl
            size="xs"
            aria-label="Measure of the run"
            data={[
              { value: 'days', label: 'Days' },
              { value: 'usd', label: 'Cost' },
            ]}
            value={measure}
            onChange={(value) => setChosen(value === 'usd' ? 'usd' : 'days')}
          />
        )
      }
      table={<SwingTable title={title} sensitivity={sensitivity} />}
    >
      <div role="img" aria-label={title} className={classes.tornado}>
        {shape.bars.map((bar) => (
          <div key={bar.swing.key} className={classes.row}>
            <span className={classes.label}>
              {bar.swing.label}
              <span className={classes.range}>{rangeText(bar.swing, locale)}</span>
            </span>
            <span className={classes.less}>{text(bar.least)}</span>
            <span className={classes.track}>
              <span
                className={classes.bar}
                data-end={bar.isLowLess ? 'low' : 'high'}
                style={{ left: `${bar.left}%`, width: `${shape.centre - bar.left}%` }}
              />
              <span
                className={classes.bar}
                data-end={bar.isLowLess ? 'high' : 'low'}
                style={{ left: `${shape.centre}%`, width: `${bar.right - shape.centre}%` }}
              />
              <span className={classes.centre} style={{ left: `${shape.centre}%` }} />
            </span>
            <span className={classes.more}>{text(bar.most)}</span>
          </div>
        ))}
      </div>
      <ColourLegend
        entries={[
          { name: 'Low end of the number', colour: chartColour(1) },
          { name: 'High end of the number', colour: chartColour(0) },
        ]}
      />
    </ChartFrame>
  );
}

function rangeText({ low, high, unit, isStated }: Swing, locale: string): string {
  const text = `${formatValue(low, unit, locale)} to ${formatValue(high, unit, locale)}`;
  return isStated ? text : `${text}, ±10 %`;
}

function SwingTable({
  title,
  sensitivity,
}: {
  readonly title: string;
  readonly sensitivity: Sensitivity;
}) {
  const { locale } = useReport();
  return (
    <DataTable
      caption={title}
      isCaptionHidden
      columns={[
        { key: 'number', title: 'Number' },
        { key: 'range', title: 'Range' },
        { key: 'daysLow', title: 'Days at low', isNumber: true },
        { key: 'daysHigh', title: 'Days at high', isNumber: true },
        { key: 'usdLow', title: 'Cost at low', isNumber: true },
        { key: 'usdHigh', title: 'Cost at high', isNumber: true },
      ]}
      rows={sensitivity.swings.map((swing) => [
        swing.label,
        rangeText(swing, locale),
        numberCell(swing.atLow.days, 'days'),
        numberCell(swing.atHigh.days, 'days'),
        numberCell(swing.atLow.usd, 'USD'),
        numberCell(swing.atHigh.usd, 'USD'),
      ])}
    />
  );
}
