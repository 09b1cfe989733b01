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
import { clusterFabric, type ClusterFabric } from './fabric/cluster-fabric';
import { reportFabric, type FabricReport } from './fabric/report-fabric';
import { reportRacks, type RackReport } from './racks';

/** What a cluster is built of: fabric, racks and the bill of materials. */
export interface FacilityReport extends FabricReport, RackReport {
  readonly clusterId: string;
  readonly fabric: ClusterFabric;
  readonly bill: readonly BillLine[];
  /** the bill by category, with the range of its prices */
  readonly categories: readonly CategoryTotal[];
  readonly billUsd: Figure;
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
  const bill = billOfCluster(cluster, system, fabric, racks.racks.value, assumptions);
  const total = billTotal(bill);
  const priced = bill.filter((line) => line.totalUsd !== null);
  return {
    clusterId: cluster.id,
    fabric,
    ...reportFabric(cluster.id, fabric),
    ...racks,
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
      leavesOut: `lines without a price (${String(total.unpriced)}); storage, management network, power, cooling, installation, taxes`,
      unavailable: 'No line of the bill has a price.',
    }),
  };
}
