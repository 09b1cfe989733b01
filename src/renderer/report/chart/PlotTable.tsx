import { numberCell, type NumberCell } from '@shared/table/cell';
import { DataTable, type Column } from './DataTable';
import { plottedValues, readText, type PlotAxis, type PlotSeries } from './plot';
import { readingsAt } from './plot-reading';

interface PlotTableProps {
  readonly title: string;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  readonly series: readonly PlotSeries[];
}

/** Every point of a plot as a table: a row per value of the horizontal axis, a column per series. */
export function PlotTable({ title, x, y, series }: PlotTableProps) {
  const columns: Column[] = [
    { key: 'x', title: x.label, isNumber: true },
    ...series.map(({ name }) => ({ key: name, title: name, isNumber: true })),
  ];
  const rows = plottedValues(series).map((value) => {
    const found = readingsAt(series, value, y);
    return [
      numberCell(value, x.unit ?? '', readText(x, value)),
      ...series.map(({ name }): NumberCell => {
        const read = found.find((one) => one.name === name);
        return numberCell(read?.value ?? null, y.unit ?? '', read?.text);
      }),
    ];
  });
  return <DataTable caption={title} isCaptionHidden columns={columns} rows={rows} />;
}
