import { Select } from '@mantine/core';
import { useState } from 'react';
import { isOldPrice } from '@engine/checks/price-age';
import type { Catalogue } from '@engine/catalogue/types';
import { formatValue, noValue } from '@shared/format/value';
import { dayCell, numberCell } from '@shared/table/cell';
import { chartColour } from '../../report/chart/chart-colour';
import { ColourLegend } from '../../report/chart/ColourLegend';
import { DataTable } from '../../report/chart/DataTable';
import { Plot } from '../../report/chart/Plot';
import type { PlotAxis, PlotSeries } from '../../report/chart/plot';
import { useReport } from '../../report/report-context';
import classes from './catalogue.module.css';
import type { CatalogueKind } from './catalogue-kinds';
import { chartTitle, datedValues, measuresOf, type DatedValue } from './chart-measures';
import type { Entry } from './entries';

interface ChartPanelProps {
  readonly kind: CatalogueKind;
  readonly entries: readonly Entry[];
  readonly catalogue: Catalogue;
}

/** A figure of every entry over the date of its release. */
export function ChartPanel({ kind, entries, catalogue }: ChartPanelProps) {
  const { locale } = useReport();
  const isRecent = (date: string): boolean => !isOldPrice(date, catalogue.date);
  const measures = measuresOf(kind.key, entries, catalogue, isRecent);
  const [key, setKey] = useState<string | null>(null);
  const measure = measures.find((one) => one.key === key) ?? measures[0];
  if (measure === undefined) return <p className={classes.quiet}>There is nothing to draw.</p>;
  const points = datedValues(entries, measure);
  const title = chartTitle(points, measure);
  return (
    <section className={classes.panel} aria-label="Chart">
      <Select
        label="Figure"
        w={280}
        data={measures.map((one) => ({ value: one.key, label: one.label }))}
        value={measure.key}
        allowDeselect={false}
        searchable
        onChange={setKey}
      />
      {points.length === 0 ? (
        <p className={classes.quiet}>{title}.</p>
      ) : (
        <Plot
          title={title}
          description={description(measure.key)}
          x={releaseAxis(points)}
          y={{
            label: `${measure.label} (${measure.unit})`,
            isLog: true,
            text: (value) => formatValue(value, '', locale),
            read: (value) => formatValue(value, measure.unit, locale),
          }}
          series={seriesOf(points)}
          table={
            <DataTable
              caption={title}
              isCaptionHidden
              columns={[
                { key: 'name', title: 'Name' },
                { key: 'group', title: 'Maker' },
                { key: 'date', title: 'Released' },
                { key: 'value', title: measure.label, isNumber: true },
              ]}
              rows={points.map(({ entry, value }) => [
                entry.name,
                entry.group,
                entry.date === null ? noValue : dayCell(entry.date),
                numberCell(value, measure.unit),
              ])}
            />
          }
        />
      )}
      <ColourLegend
        entries={groupsOf(points).map((name, index) => ({ name, colour: chartColour(index) }))}
      />
    </section>
  );
}

/** Whole years from before the oldest point to after the newest. */
function releaseAxis(points: readonly DatedValue[]): PlotAxis {
  const years = points.map(({ year }) => year);
  const [first, last] = [Math.floor(Math.min(...years)), Math.ceil(Math.max(...years))];
  return {
    label: 'Released',
    isLog: false,
    text: String,
    read: (year) => String(Math.floor(year)),
    holds: [first, last],
    ticks: Array.from({ length: last - first + 1 }, (_, index) => first + index),
  };
}

function description(key: string): string {
  const scale = 'The vertical axis grows by factors; a point is a part, its colour its maker.';
  if (key !== 'perDollar') return scale;
  return `Dense peak over the lowest rent on demand that is not old. ${scale}`;
}

function groupsOf(points: readonly DatedValue[]): readonly string[] {
  return [...new Set(points.map(({ entry }) => entry.group))];
}

/** A point per entry; entries of one maker share a colour. */
function seriesOf(points: readonly DatedValue[]): readonly PlotSeries[] {
  const groups = groupsOf(points);
  return points.map(({ entry, year, value }) => ({
    name: entry.name,
    colour: (groups.indexOf(entry.group) % 10) + 1,
    hasDots: true,
    points: [{ x: year, y: value }],
  }));
}
