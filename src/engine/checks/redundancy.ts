import type { FacilityReport } from '../facility/report-facility';
import type { Finding, SiteReport } from '../report';
import type { ResolvedCluster } from './resolve';

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

/** Sites and fabrics in which one failed part takes others with it. */
export function redundancyFindings(
  clusters: readonly ResolvedCluster[],
  facilities: readonly FacilityReport[],
  sites: readonly SiteReport[],
): Finding[] {
  const used = new Map(clusters.map(({ site }) => [site.id, site]));
  return [
    ...[...used.values()].flatMap((site): Finding[] => {
      if ((site.powerRedundancy ?? 'N') !== 'N') return [];
      const chain = sites.find(({ siteId }) => siteId === site.id)?.powerChain;
      const units = chain?.upsUnits.value ?? 0;
      if (units === 0) return [];
      return [
        {
          level: 'note',
          code: 'site.powerRedundancy',
          subjectId: site.id,
          field: 'powerRedundancy',
          title: `${site.name} has no spare power unit`,
          cause: `A failed supply is one of ${number.format(units)}, and the others cannot carry the ${number.format(chain?.provisionedKw.value ?? 0)} kW that are provisioned.`,
          advice:
            'Plan one more unit of each kind, or two full chains where services must stay up.',
          fix: { label: 'Set to N+1', value: 1, choice: 'N+1' },
        },
      ];
    }),
    ...clusters.flatMap(({ cluster }): Finding[] => {
      const found = facilities.find(({ clusterId }) => clusterId === cluster.id)?.fabric;
      if (found?.kind !== 'built' || found.planesPerAccelerator > 1) return [];
      const cut = Math.min(found.fabric.leafDownlinks, found.rules.endpoints);
      return [
        {
          level: 'note',
          code: 'fabric.singlePath',
          subjectId: cluster.id,
          field: 'planes',
          title: `Each accelerator of ${cluster.name} hangs on one switch`,
          cause: `When a leaf fails, ${number.format(cut)} accelerators lose the scale-out network, and every job that uses one of them stops.`,
          advice: 'Two planes halve the speed of a port and keep every accelerator joined.',
          fix: { label: 'Set to 2 planes', value: 2 },
        },
      ];
    }),
  ];
}
