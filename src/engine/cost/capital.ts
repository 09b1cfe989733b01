import type { System } from '../catalogue/types';
import type { BillLine } from '../facility/bill';
import type { Cluster, CostAssumptions, Site } from '../plan';
import type { PriceEnd } from './price-range';

/** A cluster with the system it is made of and the site it stands on. */
export interface CostedCluster {
  readonly cluster: Cluster;
  readonly system: System;
  readonly site: Site;
  /** bill of materials; absent where none was made, such as in a search */
  readonly bill?: readonly BillLine[] | undefined;
  /** end of the bill's price ranges; the middle when left out */
  readonly capitalEnd?: PriceEnd;
}

/** What a category of equipment costs. */
export interface CapitalPart {
  readonly key: string;
  readonly label: string;
  readonly usd: number;
  /** from a flat share because the bill has no price for it */
  readonly isShare: boolean;
}

const categoryLabels: Readonly<Record<string, string>> = {
  nodes: 'Servers',
  switches: 'Switches',
  optics: 'Transceivers and cables',
  racks: 'Racks',
  support: 'Storage network',
  storage: 'Storage',
};

const networkCategories: readonly string[] = ['switches', 'optics'];

/** The parts of a cluster and the assumptions they were computed with: every way to own it asks for them again. */
const computed = new WeakMap<
  CostedCluster,
  { readonly costs: CostAssumptions; readonly parts: readonly CapitalPart[] }
>();

/**
 * Capital of a cluster by category, from its bill of materials.
 *
 *   C = (1 + i) · Σ_categories Σ_lines q · p
 *
 * q quantity without spares [1] · p price of one [USD] · i installation as a share of the hardware [1]. Spares are a category of their own.
 * Where the bill has no price for the network, or where there is no bill, a flat share of the price of the nodes stands in for it.
 *
 * Leaves out: lines of the bill without a price; taxes and duties.
 * Source: definition.
 */
export function capitalOf(entry: CostedCluster, costs: CostAssumptions): readonly CapitalPart[] {
  const known = computed.get(entry);
  if (known?.costs === costs) return known.parts;
  const parts = computeCapital(entry, costs);
  computed.set(entry, { costs, parts });
  return parts;
}

function computeCapital(entry: CostedCluster, costs: CostAssumptions): CapitalPart[] {
  const { cluster, bill = [], capitalEnd = 'value' } = entry;
  const parts = new Map<string, CapitalPart>();
  const add = (key: string, label: string, usd: number, isShare = false): void => {
    parts.set(key, { key, label, usd: (parts.get(key)?.usd ?? 0) + usd, isShare });
  };
  for (const { category, quantity, spares, unitUsd, totalUsd } of bill) {
    if (unitUsd === null || totalUsd === null) continue;
    add(category, categoryLabels[category] ?? category, quantity * unitUsd[capitalEnd]);
    if (spares > 0) add('spares', 'Spares', totalUsd[capitalEnd] - quantity * unitUsd[capitalEnd]);
  }
  const nodesUsd = cluster.nodes.value * cluster.purchaseUsdPerNode.value;
  if (!parts.has('nodes')) add('nodes', 'Servers', nodesUsd);
  if (!networkCategories.some((category) => (parts.get(category)?.usd ?? 0) > 0)) {
    const share = costs.networkAndStorageFraction.value;
    const servers = parts.get('nodes')?.usd ?? nodesUsd;
    add('network', 'Network and storage, flat share', share * servers, true);
  }
  const installation = costs.installationFraction?.value ?? 0;
  if (installation > 0) {
    const hardware = [...parts.values()].reduce((sum, part) => sum + part.usd, 0);
    add('installation', 'Installation', installation * hardware);
  }
  return [...parts.values()].filter(({ usd, key }) => usd > 0 || key === 'nodes');
}

/** Accelerators of a cluster. */
export function acceleratorsOf({ cluster, system }: CostedCluster): number {
  return cluster.nodes.value * system.acceleratorsPerNode.value;
}
