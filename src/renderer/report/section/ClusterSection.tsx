import type { Catalogue } from '@engine/catalogue/types';
import type { Cluster } from '@engine/plan';
import type { FacilityReport } from '@engine/facility/report-facility';
import type { ClusterReport } from '@engine/report';
import { systemById } from '@engine/sizing/stand-in-system';
import { formatValue } from '@shared/format/value';
import { BillNotes } from '../facility/BillNotes';
import { FacilityPart } from '../facility/FacilityPart';
import { FigureGrid } from '../figure/FigureGrid';
import { useReport } from '../report-context';
import { Section, SectionEmpty, SectionPart } from './Section';
import type { SectionProps } from './section-props';
import { SystemFacts } from './SystemFacts';

interface ClusterSectionProps extends SectionProps {
  /** only this cluster; every cluster when left out */
  readonly clusterId?: string;
}

/** What the clusters are and what they add up to. */
export function ClusterSection({ plan, report, catalogue, clusterId }: ClusterSectionProps) {
  const { mode } = useReport();
  const bills = report.facilities.flatMap(({ bill }) => bill);
  const clusters = plan.clusters.filter(({ id }) => clusterId === undefined || id === clusterId);
  return (
    <Section title="Cluster" catalogue={catalogue}>
      {clusters.length === 0 && <SectionEmpty>The plan has no cluster yet.</SectionEmpty>}
      {clusters.map((cluster, index) => {
        const result = report.clusters.find((candidate) => candidate.clusterId === cluster.id);
        const facility = report.facilities.find(({ clusterId: id }) => id === cluster.id);
        const site = plan.sites.find(({ id }) => id === cluster.siteId);
        return (
          result !== undefined && (
            <ClusterPart
              key={cluster.id}
              cluster={cluster}
              result={result}
              facility={facility}
              siteName={site?.name ?? cluster.siteId}
              catalogue={catalogue}
              hasFacts={
                clusters.findIndex(({ systemId }) => systemId === cluster.systemId) === index
              }
            />
          )
        );
      })}
      {mode === 'print' && bills.length > 0 && (
        <SectionPart title="What quantities and prices rest on">
          <BillNotes lines={bills} />
        </SectionPart>
      )}
    </Section>
  );
}

interface ClusterPartProps {
  readonly cluster: Cluster;
  readonly result: ClusterReport;
  readonly facility: FacilityReport | undefined;
  readonly siteName: string;
  readonly catalogue: Catalogue;
  /** the facts of a system stand below the first cluster of it */
  readonly hasFacts: boolean;
}

function ClusterPart(props: ClusterPartProps) {
  const { cluster, result, facility, siteName, catalogue, hasFacts } = props;
  const { locale } = useReport();
  const system = systemById(catalogue, cluster.systemId);
  const nodes = formatValue(cluster.nodes.value, 'nodes', locale);
  return (
    <SectionPart
      title={cluster.name}
      lead={`${nodes} of ${system?.name ?? cluster.systemId} at ${siteName}.`}
    >
      <FigureGrid
        figures={[
          result.accelerators,
          result.peakPflops,
          result.memoryTb,
          result.memoryBandwidthTbps,
          result.scaleOutTbps,
          result.itPowerKw,
          result.auxiliaryKw,
          result.purchaseUsd,
          result.rentUsdPerHour,
        ]}
      />
      {facility !== undefined && <FacilityPart facility={facility} clusterName={cluster.name} />}
      {hasFacts && system !== undefined && <SystemFacts system={system} catalogue={catalogue} />}
    </SectionPart>
  );
}
