import { factInput, figure, figureInput } from '../explain';
import type { Assumptions, System } from '../catalogue/types';
import { assumptionOf } from '../catalogue/assumption';
import { auxiliaryShare, clusterPowerKw, nodePowerInputs } from '../facility/power';
import type { Figure } from '../report';

/** A fleet spread over datacentres. */
export interface SiteFleet {
  /** in one datacentre, whole nodes */
  readonly perSite: Figure;
  /** in all of them */
  readonly total: Figure;
  readonly powerKw: Figure;
  readonly nodesPerSite: number;
}

/**
 * Accelerators in each of several datacentres of equal size, so that the others carry the load of one that fails.
 *
 *   a = k · ⌈ A / ((s − 1) · k) ⌉   for s ≥ 2,   a = k · ⌈ A / k ⌉   for one
 *
 * A accelerators that the load needs [1] · s datacentres [1] · k accelerators of a node [1]
 *
 * Leaves out: that busy hours differ between continents, which lets one datacentre help another; time on the way to a farther one.
 * Source: definition of N − 1 redundancy.
 */
export function siteFleet(
  needed: Figure,
  sites: number,
  system: System,
  assumptions: Assumptions,
): SiteFleet {
  const perNode = system.acceleratorsPerNode;
  const carrying = Math.max(1, sites - 1);
  const nodes = Math.ceil((needed.value ?? Number.NaN) / carrying / perNode.value);
  const count = {
    symbol: 's',
    label: 'Datacentres',
    value: sites,
    unit: '1',
    sources: [],
    from: 'reader',
  };
  const node = factInput('k', 'GPUs of a node', perNode);
  const leavesOut =
    'That busy hours differ between continents; the time on the way to a farther datacentre.';
  const perSite = figure({
    key: 'users.sites.each',
    label: sites === 1 ? 'GPUs in the datacentre' : 'GPUs in each datacentre',
    value: nodes * perNode.value,
    unit: 'GPUs',
    formula: sites === 1 ? 'a = k · ⌈A / k⌉' : 'a = k · ⌈A / ((s − 1) · k)⌉',
    inputs: [figureInput('A', needed), count, node],
    leavesOut,
  });
  const total = figure({
    key: 'users.sites.total',
    label: sites === 1 ? 'GPUs in all' : 'GPUs in all, one datacentre may fail',
    value: nodes * perNode.value * sites,
    unit: 'GPUs',
    formula: 'G = s · a',
    inputs: [count, figureInput('a', perSite)],
    leavesOut,
  });
  const effectiveness = assumptionOf(assumptions, 'pue.global');
  return {
    perSite,
    total,
    nodesPerSite: nodes,
    powerKw: figure({
      key: 'users.sites.power',
      label: 'Power of all',
      value:
        clusterPowerKw(system, nodes * sites, auxiliaryShare(assumptions).value) *
        effectiveness.value,
      unit: 'kW',
      formula: 'P = G / k · (p + α · r) · PUE',
      inputs: [
        figureInput('G', total),
        node,
        ...nodePowerInputs(system, assumptions),
        factInput('PUE', effectiveness.label, effectiveness),
      ],
      leavesOut: 'Hours in which less is asked.',
    }),
  };
}
