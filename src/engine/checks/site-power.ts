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
  return {
    ...capFinding(site, drawn),
    level: 'problem',
    code: 'site.powerCap',
    title: `${site.name} draws more power than it may`,
    cause: `The clusters need ${againstCap(drawn, cap)}${fedSentence(fits)}`,
    advice: 'Raise the cap, move or shrink a cluster, or choose a system that draws less.',
  };
}

function overRated(site: Site, cap: number, rated: number, fits: readonly CapFit[]): Finding {
  return {
    ...capFinding(site, rated),
    level: 'note',
    code: 'site.ratedPower',
    title: `${site.name} feeds its clusters under load, not at their rated power`,
    cause: `At rated power they need ${againstCap(rated, cap)}${fedSentence(fits)}`,
    advice: 'Cap the power of the nodes, or raise the cap of the site.',
  };
}

/** The field that such a finding is about, and the cap that would do. */
function capFinding(site: Site, neededKw: number) {
  const value = Math.ceil(neededKw);
  const fix = { label: `Set to ${kilowatts.format(value)} kW`, value };
  return { subjectId: site.id, field: 'powerCapKw', fix } as const;
}

function againstCap(neededKw: number, capKw: number): string {
  return `${kilowatts.format(neededKw)} kW with switches, storage and cooling, and the cap is ${kilowatts.format(capKw)} kW.`;
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
