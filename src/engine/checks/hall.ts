import type { FacilityReport } from '../facility/report-facility';
import type { Finding } from '../report';
import type { ResolvedCluster } from './resolve';

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

/** Racks that are too heavy or do not fit the floor, and cables that do not reach. */
export function hallFindings(
  { cluster, site }: ResolvedCluster,
  { rackWeightKg, floorSquareMetres, racks, cableRuns }: FacilityReport,
): Finding[] {
  const found: Finding[] = [];
  const [weight, limit] = [rackWeightKg.value, site.rackWeightKg?.value];
  if (limit !== undefined && weight !== null && weight > limit) {
    found.push({
      level: 'problem',
      code: 'rack.weight',
      subjectId: cluster.id,
      field: 'rackPowerKw',
      title: `A full rack of ${cluster.name} is too heavy for ${site.name}`,
      cause: `It weighs ${number.format(weight)} kg, and a rack may weigh ${number.format(limit)} kg.`,
      advice: 'Put fewer nodes into a rack by a lower power per rack, or strengthen the floor.',
      fix: null,
    });
  }
  if (limit !== undefined && weight === null) {
    found.push({
      level: 'note',
      code: 'rack.weightUnknown',
      subjectId: cluster.id,
      field: 'systemId',
      title: `The weight of a rack of ${cluster.name} is not known`,
      cause: `${site.name} states a limit, and the catalogue has no weight for this system.`,
      advice: 'Ask its maker.',
      fix: null,
    });
  }
  const [area, hall] = [floorSquareMetres.value, site.floorSquareMetres?.value];
  if (hall !== undefined && area !== null && area > hall) {
    const needed = Math.ceil(area);
    found.push({
      level: 'problem',
      code: 'site.floor',
      subjectId: site.id,
      field: 'floorSquareMetres',
      title: `${cluster.name} does not fit the floor of ${site.name}`,
      cause: `${number.format(racks.value ?? 0)} racks take ${number.format(area)} m² with aisles, and there are ${number.format(hall)} m².`,
      advice: 'Put more power into a rack, or choose a larger hall.',
      fix: { label: `Set to ${number.format(needed)} m²`, value: needed },
    });
  }
  const short = Object.values(cableRuns).filter(({ medium }) => medium === null);
  if (short.length > 0) {
    const longest = Math.max(...short.map(({ metres }) => metres));
    found.push({
      level: 'warning',
      code: 'fabric.cableReach',
      subjectId: cluster.id,
      field: 'rackPowerKw',
      title: `Some cables of ${cluster.name} do not reach`,
      cause: `On a square floor the longest is ${number.format(longest)} m, more than single-mode fibre of the catalogue reaches.`,
      advice:
        'Put the switches into the middle, split the cluster over halls, or use coherent optics.',
      fix: null,
    });
  }
  return found;
}
