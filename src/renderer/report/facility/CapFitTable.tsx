import type { CapFit } from '@engine/facility/cap-fit';
import { formatValue } from '@shared/format/value';
import { figureCell } from '@shared/table/cell';
import { DataTable } from '../chart/DataTable';
import { useReport } from '../report-context';

/** How many clusters and nodes of each kind the power cap of a site feeds, beside those that the plan has. */
export function CapFitTable({ fits }: { readonly fits: readonly CapFit[] }) {
  const { locale } = useReport();
  return (
    <DataTable
      caption="What the power cap feeds, at rated power"
      columns={[
        { key: 'kind', title: 'Kind of cluster' },
        { key: 'standing', title: 'In the plan', isNumber: true },
        { key: 'power', title: 'Power of one', isNumber: true },
        { key: 'fit', title: 'Cap feeds', isNumber: true },
        { key: 'more', title: 'Room for', isNumber: true },
        { key: 'nodes', title: 'Or nodes', isNumber: true },
      ]}
      rows={fits.map((fit) => [
        `${formatValue(fit.nodes, '', locale)} × ${fit.systemName}`,
        formatValue(fit.clusterIds.length, '', locale),
        figureCell(fit.clusterKw),
        figureCell(fit.clustersFit),
        figureCell(fit.clustersMore),
        figureCell(fit.nodesFit),
      ])}
    />
  );
}
