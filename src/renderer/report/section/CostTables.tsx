import type { Plan } from '@engine/plan';
import type { CostReport } from '@engine/report';
import { formatValue } from '@shared/format/value';
import { dayCell, figureCell, numberCell } from '@shared/table/cell';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';
import { offerGroups } from './offer-groups';

interface CostTableProps {
  readonly cost: CostReport;
}

/** Every way to get the accelerators side by side. */
export function OptionTable({ cost }: CostTableProps) {
  return (
    <DataTable
      caption="Every way to get the accelerators"
      columns={[
        { key: 'way', title: 'Way' },
        { key: 'total', title: 'Total', isNumber: true },
        { key: 'hour', title: 'Per accelerator-hour in use', isNumber: true },
      ]}
      rows={cost.options.map(({ label, isChosen, totalUsd, usdPerAcceleratorHour }) => [
        isChosen ? `${label}, as planned` : label,
        figureCell(totalUsd),
        figureCell(usdPerAcceleratorHour),
      ])}
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
      rows={difference.parts.map((part) => [
        part.label,
        numberCell(part.value, 'USD'),
        numberCell(part.value / difference.usd, 'fraction'),
      ])}
      totals={[['All of it', numberCell(difference.usd, 'USD'), numberCell(1, 'fraction')]]}
    />
  );
}

/** What the purchase is worth in the books, year by year. */
export function BookValueTable({ cost }: CostTableProps) {
  if (cost.bookValues.length === 0) return null;
  return (
    <DataTable
      caption="Straight-line depreciation"
      columns={[
        { key: 'year', title: 'End of year', isNumber: true },
        { key: 'written', title: 'Written off', isNumber: true },
        { key: 'value', title: 'Book value', isNumber: true },
      ]}
      rows={cost.bookValues.map(({ year, depreciationUsd, valueUsd }) => [
        numberCell(year, ''),
        numberCell(depreciationUsd, 'USD'),
        numberCell(valueUsd, 'USD'),
      ])}
    />
  );
}

/** What each provider asks, by contract; quotes older than half a year are marked. */
export function OfferTable({ cost, plan }: CostTableProps & { readonly plan: Plan }) {
  if (cost.offers.length === 0) return null;
  const name = (id: string) => plan.clusters.find((cluster) => cluster.id === id)?.name ?? id;
  const names = (ids: readonly string[]) =>
    ids.length > 1 && ids.length === plan.clusters.length ? 'All' : ids.map(name).join('; ');
  return (
    <DataTable
      caption="Quotes of providers, with hidden parts"
      columns={[
        { key: 'cluster', title: 'Clusters' },
        { key: 'provider', title: 'Provider' },
        { key: 'term', title: 'Contract' },
        { key: 'rent', title: 'Rent', isNumber: true },
        { key: 'total', title: 'Total', isNumber: true },
        { key: 'date', title: 'Quoted on' },
      ]}
      rows={offerGroups(cost.offers).map((offer) => [
        names(offer.clusterIds),
        offer.provider,
        offer.term,
        numberCell(offer.usdPerAcceleratorHour, 'USD/h'),
        numberCell(offer.totalUsd, 'USD'),
        dayCell(offer.date, offer.isOld ? ', old' : ''),
      ])}
    />
  );
}
