import type { Catalogue } from '../../catalogue/types';
import type { ResolvedPlan } from '../../checks/resolve';
import type { Plan } from '../../plan';
import type { SitesReport, WorkloadReport } from '../../report';
import { reportLinks } from './report-links';
import { reportLosses } from './site-loss';
import { reportSpread, spreadJobs } from './spread-training';

/** What several sites mean for a plan; empty lists where there is only one. */
export function reportSites(
  plan: Plan,
  { clusters, workloads }: ResolvedPlan,
  reports: ReadonlyMap<string, WorkloadReport>,
  catalogue: Catalogue,
): SitesReport {
  const sizes = plan.sites.map(({ id, name }) => ({
    siteId: id,
    name,
    accelerators: clusters
      .filter(({ site }) => site.id === id)
      .reduce(
        (sum, { cluster, system }) => sum + cluster.nodes.value * system.acceleratorsPerNode.value,
        0,
      ),
  }));
  const placed = workloads.flatMap(({ workload, on }) => {
    const report = reports.get(workload.id);
    return report === undefined ? [] : [{ workload, siteId: on.site.id, report }];
  });
  const spread = spreadJobs(workloads, clusters).flatMap((job) => {
    const alone = reports.get(job.workload.id);
    return alone?.kind === 'training' ? [reportSpread(job, alone, catalogue)] : [];
  });
  return {
    links: reportLinks(plan.sites, catalogue.assumptions),
    losses: reportLosses(sizes, placed),
    spreadJobs: spread,
  };
}
