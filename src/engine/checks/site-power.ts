import type { CapFit } from '../facility/cap-fit';
import type { Plan, Site } from '../plan';
import type { Finding, SiteReport } from '../report';

const kilowatts = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
const count = new Intl.NumberFormat('en');

/** Sites that draw more than they may, or would at the rated power of their nodes. */
export function sitePowerFindings(plan: Plan, reports: readonly SiteReport[]): Finding[] {
  const byId = new Map(reports.map((report) => [report.siteId, report]));
  return plan.sites.flatMap((site) => {
    const report = byId.get(site.id);
    const cap = site.powerCapKw?.value;
    if (report === undefined || cap === undefined) return [];
    const drawn = report.facilityPowerKw.value;
    if (drawn === null) return [];
    const rated = (report.powerChain.provisionedKw.value ?? 0) * site.powerUsageEffectiveness.value;
    if (drawn > cap) return [overLoad(site, cap, drawn, report.capFits)];
    return rated > cap * (1 + 1e-9) ? [overRated(site, cap, rated, report.capFits)] : [];
  });
}

function overLoad(site: Site, cap: number, drawn: number, fits: readonly CapFit[]): Finding {
  const needed = Math.ceil(drawn);
  return {
    level: 'problem',
    code: 'site.powerCap',
    subjectId: site.id,
    field: 'powerCapKw',
    title: `${site.name} draws more power than it may`,
    cause: `The clusters need ${kilowatts.format(drawn)} kW with switches, storage and cooling, and the cap is ${kilowatts.format(cap)} kW.${fedSentence(fits)}`,
    advice: 'Raise the cap, move or shrink a cluster, or choose a system that draws less.',
    fix: { label: `Set to ${kilowatts.format(needed)} kW`, value: needed },
  };
}

function overRated(site: Site, cap: number, rated: number, fits: readonly CapFit[]): Finding {
  const needed = Math.ceil(rated);
  return {
    level: 'note',
    code: 'site.ratedPower',
    subjectId: site.id,
    field: 'powerCapKw',
    title: `${site.name} feeds its clusters under load, not at their rated power`,
    cause: `At rated power they need ${kilowatts.format(rated)} kW with switches, storage and cooling, and the cap is ${kilowatts.format(cap)} kW.${fedSentence(fits)}`,
    advice: 'Cap the power of the nodes, or raise the cap of the site.',
    fix: { label: `Set to ${kilowatts.format(needed)} kW`, value: needed },
  };
}

/** " At rated power the cap feeds 3 such clusters, and the plan has 4." Of clusters of several kinds nothing is said. */
function fedSentence(fits: readonly CapFit[]): string {
  const [fit, another] = fits;
  if (fit === undefined || another !== undefined) return '';
  const [clusters, nodes] = [fit.clustersFit.value, fit.nodesFit.value];
  if (clusters === null || nodes === null) return '';
  const stand = fit.clusterIds.length;
  return clusters > 0
    ? ` At rated power the cap feeds ${counted(clusters, 'such cluster')}, and the plan has ${count.format(stand)}.`
    : ` At rated power the cap feeds ${counted(nodes, 'such node')}, and the plan has ${count.format(stand * fit.nodes)}.`;
}

function counted(value: number, noun: string): string {
  return `${value === 0 ? 'no' : count.format(value)} ${noun}${value === 1 ? '' : 's'}`;
}
