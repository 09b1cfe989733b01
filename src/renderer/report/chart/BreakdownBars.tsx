import { memo } from 'react';
import type { Part } from '@engine/report';
import { formatValue } from '@shared/format/value';
import { numberCell } from '@shared/table/cell';
import { useReport } from '../report-context';
import { BreakdownLegend } from './BreakdownLegend';
import { ChartFrame } from './ChartFrame';
import { DataTable } from './DataTable';
import { grossOfParts, presentParts, shareText, sumOfParts } from './parts';
import { StackedBar, type Capacity } from './StackedBar';
import { isSameData } from '../same-data';

interface BreakdownBarsProps {
  readonly title: string;
  readonly description?: string;
  readonly parts: readonly Part[];
  /** what there is room for, such as 80 GB of memory; a sum beyond it is marked */
  readonly capacity?: Capacity | null;
}

/** One whole as a stacked bar, with every part named and numbered below it. */
export const BreakdownBars = memo(function BreakdownBars({
  title,
  description,
  parts,
  capacity = null,
}: BreakdownBarsProps) {
  const { locale } = useReport();
  const unit = parts[0]?.unit ?? '';
  const gross = grossOfParts(parts) || 1;
  const amount = (value: number) => formatValue(value, unit, locale);
  return (
    <ChartFrame
      title={title}
      {...(description === undefined ? {} : { description })}
      isTablePrinted={false}
      table={
        <DataTable
          caption={title}
          isCaptionHidden
          columns={[
            { key: 'part', title: 'Part' },
            { key: 'amount', title: 'Amount', isNumber: true },
            { key: 'share', title: 'Share', isNumber: true },
          ]}
          rows={parts.map((part) => [
            part.label,
            numberCell(part.value, unit),
            numberCell(part.value / gross, 'fraction', shareText(part.value / gross, locale)),
          ])}
          totals={[
            ['Sum', numberCell(sumOfParts(parts), unit), ''],
            ...(capacity === null ? [] : [[capacity.label, numberCell(capacity.value, unit), '']]),
          ]}
        />
      }
    >
      <StackedBar name={title} parts={presentParts(parts)} capacity={capacity} amount={amount} />
      <BreakdownLegend parts={presentParts(parts)} />
    </ChartFrame>
  );
}, isSameData);
