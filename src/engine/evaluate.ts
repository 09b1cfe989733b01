import type { Catalogue } from './catalogue/types';
import { planCatalogue } from './catalogue/plan-catalogue';
import { facilityFindings } from './checks/facility';
import { notChecked } from './checks/not-checked';
import { priceFindings } from './checks/prices';
import { redundancyFindings } from './checks/redundancy';
import { resolvePlan, type ResolvedCluster } from './checks/resolve';
import { sharingFindings } from './checks/sharing';
import { sitePowerFindings } from './checks/site-power';
import { severalSitesFindings } from './checks/sites';
import { timelineFindings } from './checks/timeline';
import { reportCost } from './cost/report-cost';
import { withPrices } from './cost/workload-prices';
import { reportCluster } from './facility/report-cluster';
import { reportFacility } from './facility/report-facility';
import { reportSite } from './facility/report-site';
import { reportSites } from './facility/sites/report-sites';
import { evaluateEach } from './evaluate-workloads';
import { finiteFinding, finiteWorkload } from './finite';
import { headlineFigures } from './headline';
import type { Plan } from './plan';
import type { FindingLevel, Report } from './report';
import { reportTimeline } from './timeline/report-timeline';

/** Changes whenever the same plan and catalogue give other numbers. */
export const engineVersion = '0.1.0';

const levelOrder: Readonly<Record<FindingLevel, number>> = { problem: 0, warning: 1, note: 2 };

/**
 * Evaluates a plan: the single front door of the engine. The same plan and catalogue always give the same report.
 * Ids that lead nowhere become problems, never exceptions; numbers that cannot be computed are null and say why.
 */
export function evaluate(plan: Plan, published: Catalogue): Report {
  const { catalogue, findings: partFindings } = planCatalogue(plan, published);
  const resolved = resolvePlan(plan, catalogue);
  const facilities = resolved.clusters.map(({ cluster, system }) =>
    reportFacility(cluster, system, catalogue),
  );
  const bills = new Map(facilities.map(({ clusterId, bill }) => [clusterId, bill]));
  const costed = resolved.clusters.map((entry) => ({
    ...entry,
    bill: bills.get(entry.cluster.id),
  }));
  const priced = withPrices(resolved, () => costed, plan.costs, catalogue);
  const evaluated = evaluateEach(plan, priced, catalogue);
  const workloads = evaluated.map(({ report }) => finiteWorkload(report));
  const byId = new Map(workloads.map((report) => [report.workloadId, report]));
  const sites = plan.sites.map((site) =>
    reportSite(site, resolved.clusters, plan.costs, catalogue.assumptions),
  );
  const clusters = resolved.clusters.map((entry: ResolvedCluster) =>
    reportCluster(entry.cluster, entry, catalogue.assumptions),
  );
  const cost = reportCost(
    costed,
    plan.costs,
    catalogue,
    [...resolved.workloads, ...resolved.tasks].flatMap(({ workload }) => {
      const report = byId.get(workload.id);
      return report === undefined ? [] : [{ workload, report }];
    }),
  );
  const severalSites = reportSites(plan, resolved, byId, catalogue);
  const timeline = reportTimeline(plan, resolved, byId, catalogue);
  const findings = [
    ...partFindings,
    ...resolved.findings,
    ...evaluated.flatMap((entry) => entry.findings),
    ...sharingFindings(resolved.clusters, [...resolved.workloads, ...resolved.tasks], byId),
    ...sitePowerFindings(plan, sites),
    ...severalSitesFindings(plan, resolved.clusters, severalSites),
    ...timelineFindings(plan, timeline),
    ...facilityFindings(resolved.clusters, facilities),
    ...redundancyFindings(resolved.clusters, facilities, sites),
    ...priceFindings(resolved.clusters, plan.costs, catalogue),
  ]
    .map(finiteFinding)
    .toSorted((first, second) => levelOrder[first.level] - levelOrder[second.level]);
  return {
    engineVersion,
    catalogueDate: catalogue.date,
    headline: headlineFigures({
      clusters,
      sites,
      workloads,
      cost,
      names: new Map(plan.workloads.map(({ id, name }) => [id, name])),
    }),
    sites,
    clusters,
    facilities,
    workloads,
    cost,
    severalSites,
    timeline,
    findings,
    notChecked: notChecked(resolved),
  };
}
