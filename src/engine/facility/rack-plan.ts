import type { System } from '../catalogue/types';
import type { Cluster } from '../plan';
import type { ClusterFabric } from './fabric/cluster-fabric';

/** A device at its height in a rack, counted in units from the floor. */
export interface RackDevice {
  readonly key: string;
  readonly label: string;
  readonly kind: 'node' | 'switch' | 'management';
  /** lowest unit that it fills, from 1 */
  readonly from: number;
  readonly height: number;
  /** rated; null where nobody published it */
  readonly powerKw: number | null;
}

/** Racks that are filled alike. */
export interface RackKind {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  readonly height: number;
  readonly devices: readonly RackDevice[];
  /** rated power of the devices whose power is known */
  readonly powerKw: number;
  /** devices whose power is not known */
  readonly unknownPower: number;
}

/** What a rack plan is made from. */
export interface RackPlanInputs {
  readonly cluster: Cluster;
  readonly system: System;
  readonly fabric: ClusterFabric;
  /** null where no node fits */
  readonly nodesPerRack: number | null;
  readonly rackUnits: number;
  readonly management: number;
}

function kindOf(
  key: string,
  name: string,
  count: number,
  height: number,
  devices: readonly RackDevice[],
): RackKind {
  const known = devices.flatMap(({ powerKw }) => (powerKw === null ? [] : [powerKw]));
  return {
    key,
    name,
    count,
    height,
    devices,
    powerKw: known.reduce((sum, power) => sum + power, 0),
    unknownPower: devices.length - known.length,
  };
}

/** Devices of one height stacked from the floor up. */
function stacked(
  count: number,
  height: number,
  device: (index: number) => Pick<RackDevice, 'label' | 'kind' | 'powerKw'>,
): RackDevice[] {
  return Array.from({ length: count }, (_, index) => ({
    ...device(index),
    key: `${device(index).kind}-${index + 1}`,
    from: 1 + index * height,
    height,
  }));
}

/**
 * The racks of a cluster by how they are filled: full racks of nodes and the last one, racks of switches, and one for management.
 * Nodes stand from the floor up because they are the heaviest.
 *
 * Leaves out: blank panels, patch panels and power distribution within the rack; storage.
 * Source: own arrangement of the counts that the bill of materials has.
 */
export function rackPlan(inputs: RackPlanInputs): RackKind[] {
  const { cluster, system, fabric, nodesPerRack, rackUnits, management } = inputs;
  const nodes = Math.ceil(cluster.nodes.value);
  if (nodesPerRack === null || nodesPerRack < 1) return [];
  const height = system.rackUnits?.value ?? rackUnits;
  const ofNodes = (key: string, name: string, count: number, racks: number): RackKind =>
    kindOf(
      key,
      name,
      racks,
      rackUnits,
      stacked(count, height, (index) => ({
        label: `${system.name}, node ${index + 1}`,
        kind: 'node',
        powerKw: system.maxPower.value,
      })),
    );
  const full = Math.floor(nodes / nodesPerRack);
  const left = nodes - full * nodesPerRack;
  return [
    ...(full > 0 ? [ofNodes('nodes', 'Rack of nodes', nodesPerRack, full)] : []),
    ...(left > 0 ? [ofNodes('last', 'Last rack of nodes', left, 1)] : []),
    ...switchRacks(fabric, rackUnits),
    ...(management > 0
      ? [
          kindOf(
            'management',
            'Rack for management',
            Math.ceil(management / (rackUnits / 2)),
            rackUnits,
            stacked(Math.min(management, Math.floor(rackUnits / 2)), 2, (index) => ({
              label: `Management node ${index + 1}`,
              kind: 'management',
              powerKw: null,
            })),
          ),
        ]
      : []),
  ];
}

/** Switches of the compute fabric in racks of their own, every second unit left for cables. */
function switchRacks(fabric: ClusterFabric, rackUnits: number): RackKind[] {
  if (fabric.kind !== 'built') return [];
  const { leaves, spines, cores } = fabric.fabric;
  const total = leaves + spines + cores;
  const height = fabric.device.rackUnits?.value ?? 1;
  const perRack = Math.max(1, Math.floor(rackUnits / (2 * height)));
  const shown = Math.min(total, perRack);
  const power = fabric.device.power;
  const devices = stacked(shown, 2 * height, (index) => ({
    label: `${fabric.device.name}, switch ${index + 1}`,
    kind: 'switch',
    powerKw: power === null ? null : power.value / 1e3,
  })).map((device) => ({ ...device, height }));
  return [kindOf('switches', 'Rack of switches', Math.ceil(total / perRack), rackUnits, devices)];
}
