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
import { groupsAlike, likenessOf } from './alike';
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
  const siteNameOf = ({ siteId }: Cluster): string =>
    plan.sites.find(({ id }) => id === siteId)?.name ?? siteId;
  const shown = clusters.flatMap((cluster) => {
    const result = report.clusters.find((candidate) => candidate.clusterId === cluster.id);
    const facility = report.facilities.find(({ clusterId: id }) => id === cluster.id);
    return result === undefined ? [] : [{ cluster, result, facility }];
  });
  // On paper clusters of which every number is the same stand once.
  const groups = groupsAlike(shown, ({ cluster, result, facility }) =>
    mode === 'print' ? likenessOf(cluster.systemId, result, facility) : cluster.id,
  );
  return (
    <Section title="Cluster" catalogue={catalogue}>
      {clusters.length === 0 && <SectionEmpty>The plan has no cluster yet.</SectionEmpty>}
      {groups.map((group) => {
        const [{ cluster, result, facility }] = group;
        const places = new Set(group.map((entry) => siteNameOf(entry.cluster)));
        return (
          <ClusterPart
            key={cluster.id}
            names={group.map((entry) => entry.cluster.name)}
            cluster={cluster}
            result={result}
            facility={facility}
            siteName={[...places].join(', ')}
            catalogue={catalogue}
            hasFacts={clusters.find(({ systemId }) => systemId === cluster.systemId) === cluster}
          />
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
  /** of the cluster and of those that are like it in every number */
  readonly names: readonly string[];
  readonly cluster: Cluster;
  readonly result: ClusterReport;
  readonly facility: FacilityReport | undefined;
  readonly siteName: string;
  readonly catalogue: Catalogue;
  /** the facts of a system stand below the first cluster of it */
  readonly hasFacts: boolean;
}

function ClusterPart(props: ClusterPartProps) {
  const { names, cluster, result, facility, siteName, catalogue, hasFacts } = props;
  const { locale } = useReport();
  const system = systemById(catalogue, cluster.systemId);
  const nodes = formatValue(cluster.nodes.value, 'nodes', locale);
  const what = `${nodes} of ${system?.name ?? cluster.systemId} at ${siteName}.`;
  return (
    <SectionPart
      title={names.join('; ')}
      lead={names.length > 1 ? `Every number is that of one of these clusters: ${what}` : what}
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
      {facility !== undefined && (
        <FacilityPart
          facility={facility}
          clusterName={names.length > 1 ? 'each of these clusters' : cluster.name}
        />
      )}
      {hasFacts && system !== undefined && <SystemFacts system={system} catalogue={catalogue} />}
    </SectionPart>
  );
}
