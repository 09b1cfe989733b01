import type { FacilityReport } from '../facility/report-facility';
import type { Cluster } from '../plan';
import type { Finding } from '../report';
import { hallFindings } from './hall';
import type { ResolvedCluster } from './resolve';

const kilowatts = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

/** Fabrics that cannot be built, racks that cannot hold a node, and rooms that need liquid. */
export function facilityFindings(
  clusters: readonly ResolvedCluster[],
  facilities: readonly FacilityReport[],
): Finding[] {
  return clusters.flatMap((entry) => {
    const { cluster, system } = entry;
    const facility = facilities.find(({ clusterId }) => clusterId === cluster.id);
    if (!facility) return [];
    const found: Finding[] = [];
    const { fabric } = facility;
    if (fabric.kind === 'tooLarge') {
      found.push({
        level: 'problem',
        code: 'fabric.radix',
        subjectId: cluster.id,
        field: 'oversubscription',
        title: `${cluster.name} is larger than its fabric can be`,
        cause: `${fabric.reason} A switch has ${kilowatts.format(fabric.rules.radix)} ports of ${kilowatts.format(fabric.rules.linkGbps)} Gb/s, and ${kilowatts.format(fabric.rules.endpoints)} are to be joined in each plane.`,
        advice:
          'Split the cluster, use more nodes behind one switch port, or allow oversubscription.',
        fix: null,
      });
    }
    if (fabric.kind === 'none' && cluster.switchId) {
      found.push(...switchFinding(cluster, fabric.reason));
    }
    const limit = cluster.rackPowerKw?.value;
    if (limit !== undefined && limit < system.maxPower.value) {
      const needed = Math.ceil(system.maxPower.value);
      found.push({
        level: 'problem',
        code: 'rack.power',
        subjectId: cluster.id,
        field: 'rackPowerKw',
        title: `A rack of ${cluster.name} cannot feed one node`,
        cause: `A ${system.name} is rated at ${kilowatts.format(system.maxPower.value)} kW, and a rack may draw ${kilowatts.format(limit)} kW.`,
        advice: 'Raise the power of a rack or choose a system that draws less.',
        fix: { label: `Set to ${String(needed)} kW`, value: needed },
      });
    }
    found.push(...hallFindings(entry, facility));
    if (system.cooling === 'liquid') {
      found.push({
        level: 'note',
        code: 'rack.liquid',
        subjectId: cluster.id,
        field: 'systemId',
        title: `${cluster.name} needs liquid cooling`,
        cause: `A ${system.name} is liquid-cooled and rated at ${kilowatts.format(system.maxPower.value)} kW.`,
        advice: 'Make sure that the hall has a liquid loop with that capacity.',
        fix: null,
      });
    }
    if (fabric.kind === 'built' && fabric.fabric.tiers > 1 && fabric.rules.oversubscription > 1) {
      found.push({
        level: 'warning',
        code: 'fabric.oversubscribed',
        subjectId: cluster.id,
        field: 'oversubscription',
        title: `The fabric of ${cluster.name} is oversubscribed`,
        cause: `Half of it reaches the other half at ${kilowatts.format(fabric.fabric.bisectionTbps)} Tb/s, less than its accelerators can send. Training and serving are computed with what it lets through.`,
        advice: 'Plan jobs within a scalable unit, or make the fabric non-blocking.',
        fix: { label: 'Set to 1', value: 1 },
      });
    }
    return found;
  });
}

/** A switch that was chosen and cannot be used: never exchanged in silence. */
function switchFinding(cluster: Cluster, reason: string): Finding[] {
  if (cluster.nodes.value < 2 || cluster.scaleOutGbpsPerAccelerator.value <= 0) return [];
  return [
    {
      level: 'problem',
      code: 'fabric.switch',
      subjectId: cluster.id,
      field: 'switchId',
      title: `${cluster.name} has no usable switch`,
      cause: reason,
      advice: 'Choose another switch. No fabric is computed until then.',
      fix: null,
    },
  ];
}
