import type { Plan } from '@engine/plan';
import type { CostReport } from '@engine/report';
import { formatFigure, formatValue } from '@shared/format/value';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';

interface CostTableProps {
  readonly cost: CostReport;
}

/** Every way to get the accelerators side by side. */
export function OptionTable({ cost }: CostTableProps) {
  const { locale } = useReport();
  return (
    <DataTable
      caption="Every way to get the accelerators"
      columns={[
        { key: 'way', title: 'Way' },
        { key: 'total', title: 'Total', isNumber: true },
        { key: 'range', title: 'Range', isNumber: true },
        { key: 'hour', title: 'Per accelerator-hour in use', isNumber: true },
      ]}
      rows={cost.options.map(({ label, isChosen, totalUsd, usdPerAcceleratorHour }) => {
        const total = formatFigure(totalUsd, locale);
        return [
          isChosen ? `${label}, as planned` : label,
          total.text,
          total.range ?? '',
          formatFigure(usdPerAcceleratorHour, locale).text,
        ];
      })}
    />
  );
}

/** Why the dearest way costs more than the cheapest, part by part. */
export function DifferenceTable({ cost }: CostTableProps) {
  const { locale } = useReport();
  const { difference, options } = cost;
  if (difference === null) return null;
  const label = (kind: string) => options.find((option) => option.kind === kind)?.label ?? kind;
  const money = (usd: number) => formatValue(usd, 'USD', locale);
  return (
    <DataTable
      caption={`“${label(difference.to)}” costs ${money(difference.usd)} more than “${label(difference.from)}”`}
      columns={[
        { key: 'part', title: 'Part' },
        { key: 'usd', title: 'Difference', isNumber: true },
        { key: 'share', title: 'Share', isNumber: true },
      ]}
      rows={[
        ...difference.parts.map((part) => [
          part.label,
          money(part.value),
          formatValue(part.value / difference.usd, 'fraction', locale),
        ]),
        ['All of it', money(difference.usd), formatValue(1, 'fraction', locale)],
      ]}
    />
  );
}

/** What the purchase is worth in the books, year by year. */
export function BookValueTable({ cost }: CostTableProps) {
  const { locale } = useReport();
  if (cost.bookValues.length === 0) return null;
  const money = (usd: number) => formatValue(usd, 'USD', locale);
  return (
    <DataTable
      caption="Straight-line depreciation"
      columns={[
        { key: 'year', title: 'End of year', isNumber: true },
        { key: 'written', title: 'Written off', isNumber: true },
        { key: 'value', title: 'Book value', isNumber: true },
      ]}
      rows={cost.bookValues.map(({ year, depreciationUsd, valueUsd }) => [
        String(year),
        money(depreciationUsd),
        money(valueUsd),
      ])}
    />
  );
}

/** What each provider asks, by contract; quotes older than half a year are marked. */
export function OfferTable({ cost, plan }: CostTableProps & { readonly plan: Plan }) {
  const { locale } = useReport();
  if (cost.offers.length === 0) return null;
  const name = (id: string) => plan.clusters.find((cluster) => cluster.id === id)?.name ?? id;
  return (
    <DataTable
      caption="Quotes of providers, with hidden parts"
      columns={[
        { key: 'cluster', title: 'Cluster' },
        { key: 'provider', title: 'Provider' },
        { key: 'term', title: 'Contract' },
        { key: 'rent', title: 'Rent', isNumber: true },
        { key: 'total', title: 'Total', isNumber: true },
        { key: 'date', title: 'Quoted on' },
      ]}
      rows={cost.offers.map((offer) => [
        name(offer.clusterId),
        offer.provider,
        offer.term,
        formatValue(offer.usdPerAcceleratorHour, 'USD/h', locale),
        formatValue(offer.totalUsd, 'USD', locale),
        offer.isOld ? `${offer.date}, old` : offer.date,
      ])}
    />
  );
}
