import type { Plan } from '../plan';
import type { Finding, SiteReport } from '../report';

const kilowatts = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

/** Sites that draw more than they may. */
export function sitePowerFindings(plan: Plan, reports: readonly SiteReport[]): Finding[] {
  return plan.sites.flatMap((site) => {
    const cap = site.powerCapKw?.value;
    const drawn = reports.find((report) => report.siteId === site.id)?.facilityPowerKw.value;
    if (cap === undefined || drawn === undefined || drawn === null || drawn <= cap) return [];
    const needed = Math.ceil(drawn);
    return [
      {
        level: 'problem' as const,
        code: 'site.powerCap',
        subjectId: site.id,
        field: 'powerCapKw',
        title: `${site.name} draws more power than it may`,
        cause: `The clusters need ${kilowatts.format(drawn)} kW with switches, storage and cooling, and the cap is ${kilowatts.format(cap)} kW.`,
        advice: 'Raise the cap, move or shrink a cluster, or choose a system that draws less.',
        fix: { label: `Set to ${kilowatts.format(needed)} kW`, value: needed },
      },
    ];
  });
}
