import { assumptionValue } from '../catalogue/assumption';
import type { NetworkCatalogue } from '../catalogue/network';
import type { Assumptions, System } from '../catalogue/types';
import { derivedInput, figure } from '../explain';
import type { Cluster } from '../plan';
import type { Figure } from '../report';
import {
  billByCategory,
  billOfCluster,
  billTotal,
  type BillLine,
  type CategoryTotal,
} from './bill';
import { longestCable, mediumFor, type CableRun } from './fabric/cable-reach';
import { clusterFabric, type ClusterFabric } from './fabric/cluster-fabric';
import { reportFabric, type FabricReport } from './fabric/report-fabric';
import type { FabricLayer } from './fabric/types';
import { rackPlan, type RackKind } from './rack-plan';
import { reportRacks, type RackReport } from './racks';

/** What a cluster is built of: fabric, racks and the bill of materials. */
export interface FacilityReport extends FabricReport, RackReport {
  readonly clusterId: string;
  readonly fabric: ClusterFabric;
  readonly bill: readonly BillLine[];
  /** the bill by category, with the range of its prices */
  readonly categories: readonly CategoryTotal[];
  readonly billUsd: Figure;
  /** the racks by how they are filled */
  readonly rackPlan: readonly RackKind[];
  /** the longest cable of every layer of the fabric */
  readonly cableRuns: Readonly<Partial<Record<FabricLayer['key'], CableRun>>>;
}

/** The rows of the catalogue that a facility is computed from. */
export interface FacilityCatalogue {
  readonly network: NetworkCatalogue;
  readonly assumptions: Assumptions;
}

/** Wires, racks and prices one cluster. */
export function reportFacility(
  cluster: Cluster,
  system: System,
  { network, assumptions }: FacilityCatalogue,
): FacilityReport {
  const fabric = clusterFabric(cluster, system, network);
  const racks = reportRacks(cluster, system, network.designs.get(system.id), assumptions);
  const cableRuns = runsOf(fabric, racks, system, assumptions);
  const bill = billOfCluster(cluster, system, fabric, racks.racks.value, assumptions, cableRuns);
  const total = billTotal(bill);
  const priced = bill.filter((line) => line.totalUsd !== null);
  return {
    clusterId: cluster.id,
    fabric,
    ...reportFabric(cluster.id, fabric),
    ...racks,
    rackPlan: rackPlan({
      cluster,
      system,
      fabric,
      nodesPerRack: racks.nodesPerRack.value,
      rackUnits: assumptionValue(assumptions, 'facility.rackUnits'),
      management: bill.find(({ key }) => key.endsWith('.managementNodes'))?.quantity ?? 0,
    }),
    cableRuns,
    bill,
    categories: billByCategory(bill),
    billUsd: figure({
      key: `${cluster.id}.billUsd`,
      label: 'Bill of materials, priced lines',
      value: priced.length > 0 ? total.value : null,
      low: total.low,
      high: total.high,
      unit: 'USD',
      formula: 'Σ tᵢ',
      inputs: priced.map((line, index) =>
        derivedInput(
          `t${String(index + 1)}`,
          line.item,
          line.totalUsd?.value ?? 0,
          'USD',
          'the bill of materials',
          line.sources,
        ),
      ),
      leavesOut: `lines without a price (${String(total.unpriced)}); storage, power, cooling, installation, taxes`,
      unavailable: 'No line of the bill has a price.',
    }),
  };
}

/** The longest cable of each layer, on a floor whose racks stand in a square. */
function runsOf(
  fabric: ClusterFabric,
  { racks, nodesPerRack }: RackReport,
  system: System,
  assumptions: Assumptions,
): FacilityReport['cableRuns'] {
  if (fabric.kind !== 'built' || racks.value === null || nodesPerRack.value === null) return {};
  const { rules, fabric: built, planesPerAccelerator } = fabric;
  const endpointsOfUnit = (rules.rails * built.leafDownlinks * rules.planes) / planesPerAccelerator;
  const acceleratorsOfRack = nodesPerRack.value * system.acceleratorsPerNode.value;
  const floor = {
    racks: racks.value,
    racksOfUnit: Math.max(1, Math.ceil(endpointsOfUnit / acceleratorsOfRack)),
  };
  return Object.fromEntries(
    built.layers.map(({ key }) => {
      const metres = longestCable(key, floor, assumptions);
      return [key, { metres, medium: mediumFor(metres, rules.linkGbps, assumptions) }];
    }),
  );
}
