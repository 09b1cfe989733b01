import { dearExchange } from '../facility/sites/spread-training';
import { linkOf } from '../facility/sites/site-link';
import type { Plan, Site } from '../plan';
import type { Finding, SitesReport } from '../report';
import type { ResolvedCluster } from './resolve';

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 1 });

/** Sites without power or without a link that a job needs, losses that leave requests unserved, and jobs that span sites. */
export function severalSitesFindings(
  plan: Plan,
  clusters: readonly ResolvedCluster[],
  { losses, spreadJobs }: SitesReport,
): Finding[] {
  return [
    ...plan.sites.flatMap((site) => powerless(site, clusters)),
    ...plan.sites.flatMap(unpricedLink),
    ...losses.flatMap((loss) => {
      const unserved = loss.requestsUnserved.value ?? 0;
      if (unserved <= 0) return [];
      const name = nameOf(plan.sites, loss.siteId);
      const lost = loss.requestsLost.value ?? 0;
      return [
        {
          level: 'warning' as const,
          code: 'site.loss',
          subjectId: loss.siteId,
          field: null,
          title: `Without ${name} some requests are not served`,
          cause: `${name} answers ${number.format(lost)} requests per second at the peak. Services of the same models elsewhere have room for ${number.format(lost - unserved)}.`,
          advice: 'Add nodes to the other sites, or serve the same model there.',
          fix: null,
        },
      ];
    }),
    ...spreadJobs.flatMap((job): Finding[] => {
      const name = nameOf(plan.workloads, job.workloadId);
      const share = job.exchangeShare.value;
      if (share === null) {
        const without = plan.sites.find(
          (site) => job.siteIds.includes(site.id) && linkOf(site) === null,
        );
        if (without === undefined) return [];
        return [
          {
            level: 'problem',
            code: 'site.noLink',
            subjectId: without.id,
            field: 'linkGbps',
            title: `${without.name} has no link, and ${name} spans it`,
            cause:
              'Gradients are exchanged between the sites in every step, and there is no link to send them over.',
            advice: 'Enter the rate of the link, or run the job on one site.',
            fix: { label: 'Set to 800 Gb/s', value: 800 },
          },
        ];
      }
      if (job.siteIds.length < 2) return [];
      return [
        {
          level: share > dearExchange ? 'warning' : 'note',
          code: 'training.acrossSites',
          subjectId: job.workloadId,
          field: null,
          title: `${name} spends ${percent.format(share)} of its time between sites`,
          cause: `Each step exchanges gradients for ${number.format(job.exchangeSeconds.value ?? 0)} s and takes ${number.format(job.stepSeconds.value ?? 0)} s. Over ${number.format(job.siteIds.length)} sites it is ${number.format(job.speedUp.value ?? 0)} times as fast as on its own cluster.`,
          advice: `Exchange once in ${number.format(job.stepsPerExchange.value ?? 1)} steps, raise the rate of the links, or keep the job on one site.`,
          fix: null,
        },
      ];
    }),
  ];
}

function nameOf(
  parts: readonly { readonly id: string; readonly name: string }[],
  id: string,
): string {
  return parts.find((part) => part.id === id)?.name ?? id;
}

/** A site that may draw nothing, or less than one of its nodes. */
function powerless(site: Site, clusters: readonly ResolvedCluster[]): Finding[] {
  const cap = site.powerCapKw?.value;
  const here = clusters.filter((entry) => entry.site.id === site.id);
  if (cap === undefined || here.length === 0) return [];
  const effectiveness = site.powerUsageEffectiveness.value;
  const smallest = Math.min(...here.map(({ system }) => system.maxPower.value * effectiveness));
  if (cap >= smallest) return [];
  return [
    {
      level: 'problem',
      code: 'site.noPower',
      subjectId: site.id,
      field: 'powerCapKw',
      title: cap === 0 ? `${site.name} has no power` : `${site.name} cannot feed one node`,
      cause: `It may draw ${number.format(cap)} kW, and one node needs ${number.format(smallest)} kW with cooling.`,
      advice: 'Raise the power cap, or move the clusters to another site.',
      fix: null,
    },
  ];
}

function unpricedLink(site: Site): Finding[] {
  if (linkOf(site) === null || site.linkUsdPerMonth) return [];
  return [
    {
      level: 'note',
      code: 'site.linkPrice',
      subjectId: site.id,
      field: 'linkUsdPerMonth',
      title: `The link of ${site.name} has no price`,
      cause: 'No published price is known for such a link, so no total holds it.',
      advice: 'Enter a quote.',
      fix: null,
    },
  ];
}
