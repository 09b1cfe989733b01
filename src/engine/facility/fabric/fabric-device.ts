import type { NetworkCatalogue } from '../../catalogue/network';
import type { Accelerator, Assumptions, System } from '../../catalogue/types';
import {
  describeDevice,
  withElasticAdapter,
  withScaleOut,
  type Device,
  type NetworkCut,
} from '../../hardware/device';
import type { Cluster } from '../../plan';
import { clusterFabric, type BuiltFabric } from './cluster-fabric';
import { buildFabric } from './fat-tree';

/** The catalogue rows that an accelerator in a cluster is described from. */
interface ClusterParts {
  readonly cluster: Cluster;
  readonly system: System;
  readonly accelerator: Accelerator;
  readonly catalogue: { readonly assumptions: Assumptions; readonly network: NetworkCatalogue };
}

/**
 * The borders of a cluster's fabric, counted in accelerators. Copies of the fabric carry their share of the traffic each, so that
 * shares do not change; separate rails hold one accelerator of each node, so that a unit is as many times larger. A unit never
 * divides a scale-up domain: what leaves one goes over the domain's own links first.
 */
export function acceleratorCuts(found: BuiltFabric, domain: number): NetworkCut[] {
  const perEndpoint = found.rules.planes / found.planesPerAccelerator;
  return found.fabric.cuts
    .map((border) => ({
      ...border,
      accelerators: Math.max(domain, border.accelerators * perEndpoint),
    }))
    .filter(({ accelerators }) => accelerators < found.accelerators);
}

/**
 * Latency that a step has beyond a non-blocking fat tree of the same switches and size, in which the constants were fitted.
 *
 *   α′ = max(0, h − h_tree) · t_switch
 *
 * h switches on the path · h_tree those of the fat tree · t_switch latency of a switch [s]
 *
 * Leaves out: time in cables; paths shorter than a fat tree's, which are not credited.
 * Source: definition.
 */
export function extraStepSeconds(found: BuiltFabric, switchSeconds: number): number {
  const tree = buildFabric({ ...found.rules, oversubscription: 1, spineOversubscription: 1 });
  const usual = tree?.switchesOnPath ?? 5;
  return Math.max(0, found.fabric.switchesOnPath - usual) * switchSeconds;
}

/**
 * One accelerator of a cluster on the cluster's own network: what its training jobs and services are computed with. A fat tree
 * that blocks nowhere leaves the accelerator as it is by itself; every other fabric, and Amazon's adapter, can only slow it down.
 */
export function clusterDevice({ cluster, system, accelerator, catalogue }: ClusterParts): Device {
  const connected = withScaleOut(
    describeDevice(accelerator, system, catalogue.assumptions),
    cluster.scaleOutGbpsPerAccelerator.value,
  );
  const device = cluster.networkAdapter === 'elastic' ? withElasticAdapter(connected) : connected;
  const found = clusterFabric(cluster, system, catalogue.network);
  if (found.kind !== 'built') return device;
  const cuts = acceleratorCuts(found, device.scaleUp.domain);
  const latency = catalogue.assumptions['facility.switchLatency']?.value ?? 0;
  const extra = extraStepSeconds(found, latency * 1e-9);
  if (cuts.length === 0 && extra === 0) return device;
  return { ...device, scaleOut: { ...device.scaleOut, cuts, extraStepSeconds: extra } };
}
