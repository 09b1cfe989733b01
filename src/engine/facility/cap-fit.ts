import { assumptionOf } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';
import { factInput, figure, figureInput, planInput } from '../explain';
import type { Site } from '../plan';
import type { Figure } from '../report';
import type { InstalledCluster } from './installed-cluster';
import { auxiliaryShareInput } from './power';

/** How many clusters of one kind the power cap of a site feeds: of the same system and as many nodes. */
export interface CapFit {
  readonly systemName: string;
  readonly nodes: number;
  /** the clusters of this kind that stand on the site */
  readonly clusterIds: readonly string[];
  readonly clusterKw: Figure;
  readonly clustersFit: Figure;
  readonly clustersMore: Figure;
  readonly nodesFit: Figure;
}

/**
 * Power that a facility must be able to bring to a cluster, cooling included, whatever the cluster does.
 *
 *   K = n · r · (1 + α) · PUE
 *
 * K power [kW] · n nodes · r rated maximum of one node [kW] · α power of switches, optics, storage and management over the rated power
 * of the nodes [1] · PUE power usage effectiveness [1]
 *
 * Leaves out: losses of the power chain beyond the PUE; caps set on the nodes themselves.
 * Source: definition; α is facility.auxiliaryPowerShare of the catalogue.
 */
export function ratedFacilityKw(
  nodes: number,
  ratedKw: number,
  auxiliaryShare: number,
  powerUsageEffectiveness: number,
): number {
  return nodes * ratedKw * (1 + auxiliaryShare) * powerUsageEffectiveness;
}

/**
 * How many like loads a power cap feeds.
 *
 *   N = ⌊C / K⌋
 *
 * C power cap [kW] · K power of one load [kW]
 *
 * A share of 10⁻⁹ is rounding, not a missing part of a load. A load that draws nothing has no number: NaN.
 * Leaves out: floor, cooling and weight limits, which may be reached first.
 * Source: definition.
 */
export function loadsFed(capKw: number, loadKw: number): number {
  if (!(loadKw > 0)) return Number.NaN;
  return Math.floor(Math.max(0, capKw) / loadKw + 1e-9);
}

/** The clusters of a site by kind, in the order in which the kinds first appear. */
function kindsOf(clusters: readonly InstalledCluster[]): InstalledCluster[][] {
  const kinds = new Map<string, InstalledCluster[]>();
  for (const entry of clusters) {
    const key = `${entry.system.id} ${entry.cluster.nodes.value}`;
    const same = kinds.get(key);
    if (same === undefined) kinds.set(key, [entry]);
    else same.push(entry);
  }
  return [...kinds.values()];
}

/** What the power cap of a site feeds, kind by kind of the clusters that stand there; empty where no cap is stated. */
export function reportCapFits(
  site: Site,
  here: readonly InstalledCluster[],
  provisionedKw: Figure,
  assumptions: Assumptions,
): CapFit[] {
  const cap = site.powerCapKw;
  if (cap === null) return [];
  const share = assumptionOf(assumptions, 'facility.auxiliaryPowerShare').value;
  const effectiveness = site.powerUsageEffectiveness;
  const capInput = planInput('C', 'Power cap of the site', cap, 'kW');
  const perNode = [
    auxiliaryShareInput(assumptions),
    planInput('PUE', 'Power usage effectiveness', effectiveness, '1'),
  ];
  const unavailable = 'One of them draws no power, or its power is not known.';
  const leavesOut = 'limits of floor, cooling and weight; power caps set on the nodes';
  return kindsOf(here).map((kind) => {
    const [first] = kind as [InstalledCluster];
    const { cluster, system } = first;
    const key = (name: string): string =>
      `${site.id}.capFit.${system.id}-${cluster.nodes.value}.${name}`;
    const rated = factInput('r', `Rated power of a ${system.name}`, system.maxPower);
    const power = (nodes: number): number =>
      ratedFacilityKw(nodes, system.maxPower.value, share, effectiveness.value);
    const clusterPower = power(cluster.nodes.value);
    const clusterKw = figure({
      key: key('clusterKw'),
      label: 'Facility power of one cluster, rated',
      value: clusterPower,
      unit: 'kW',
      formula: 'K = n · r · (1 + α) · PUE',
      inputs: [planInput('n', 'Nodes of one cluster', cluster.nodes, 'nodes'), rated, ...perNode],
      leavesOut: 'hours in which less is drawn',
    });
    return {
      systemName: system.name,
      nodes: cluster.nodes.value,
      clusterIds: kind.map((entry) => entry.cluster.id),
      clusterKw,
      clustersFit: figure({
        key: key('clustersFit'),
        label: 'Such clusters that the power cap feeds',
        value: loadsFed(cap.value, clusterPower),
        unit: 'clusters',
        formula: '⌊C / K⌋',
        inputs: [capInput, figureInput('K', clusterKw)],
        leavesOut: `${leavesOut}; other clusters of the site`,
        unavailable,
      }),
      clustersMore: figure({
        key: key('clustersMore'),
        label: 'Further such clusters beside those of the plan',
        value: loadsFed(cap.value - (provisionedKw.value ?? 0) * effectiveness.value, clusterPower),
        unit: 'clusters',
        formula: '⌊max(0, C − R · PUE) / K⌋',
        inputs: [
          capInput,
          figureInput('R', provisionedKw),
          planInput('PUE', 'Power usage effectiveness', effectiveness, '1'),
          figureInput('K', clusterKw),
        ],
        leavesOut,
        unavailable,
      }),
      nodesFit: figure({
        key: key('nodesFit'),
        label: 'Such nodes that the power cap feeds',
        value: loadsFed(cap.value, power(1)),
        unit: 'nodes',
        formula: '⌊C / (r · (1 + α) · PUE)⌋',
        inputs: [capInput, rated, ...perNode],
        leavesOut: `${leavesOut}; other clusters of the site`,
        unavailable,
      }),
    };
  });
}
