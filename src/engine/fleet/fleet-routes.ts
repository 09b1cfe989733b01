import type { Catalogue } from '../catalogue/types';
import type { ResolvedCluster, ResolvedPlan, ResolvedWorkload } from '../checks/resolve';
import { clusterDevice } from '../facility/fabric/fabric-device';
import { auxiliaryShare, clusterPowerKw } from '../facility/power';
import { readServingConstants } from '../inference/constants';
import { loadShareOf } from '../inference/service';
import { replicaAccelerators, workloadLayout } from '../inference/workload-layout';
import { workloadShape } from '../inference/workload-shape';
import { prepareServing } from '../inference/serving';
import type { InferenceWorkload, Fleet } from '../plan';
import { TimedReplica } from '../sizing/timed-replica';
import { roundTripSeconds } from './round-trip';

/** Accelerators that one cluster offers to every service. */
export interface Pool {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly siteId: string;
  readonly accelerators: number;
  readonly acceleratorsPerNode: number;
}

/** Requests of one service from one region at the peak. */
export interface RegionDemand {
  readonly workloadId: string;
  readonly regionId: string;
  readonly requestsPerSecond: number;
}

/** One way for a region's requests of a service: to a cluster that meets the targets in spite of the distance. */
export interface Route {
  readonly workloadId: string;
  readonly regionId: string;
  readonly clusterId: string;
  readonly roundTripMs: number;
  /** accelerators that a request per second keeps busy */
  readonly acceleratorsPerRequestRate: number;
  readonly usdPerThousandRequests: number;
  readonly gramsCo2PerThousandRequests: number;
}

/** The clusters of a plan as pools. */
export function poolsOf({ clusters }: ResolvedPlan): Pool[] {
  return clusters.map(({ cluster, system }) => ({
    clusterId: cluster.id,
    clusterName: cluster.name,
    siteId: cluster.siteId,
    accelerators: cluster.nodes.value * system.acceleratorsPerNode.value,
    acceleratorsPerNode: system.acceleratorsPerNode.value,
  }));
}

/** Demand of every service by region, with the headroom on top; all at the service's own site where no region is named. */
export function demandOf(resolved: ResolvedPlan, fleet: Fleet): RegionDemand[] {
  const whole = fleet.demand.reduce((sum, { share }) => sum + share.value, 0);
  const above = 1 + (fleet.headroomFraction?.value ?? 0);
  return servicesOf(resolved).flatMap(({ workload, on }) => {
    const peak = (workload.concurrentUsers.value * workload.requestsPerUserHour.value) / 3600;
    const from =
      whole > 0
        ? fleet.demand.map(({ regionId, share }) => ({ regionId, part: share.value / whole }))
        : [{ regionId: on.site.regionId, part: 1 }];
    return from.map(({ regionId, part }) => ({
      workloadId: workload.id,
      regionId,
      requestsPerSecond: peak * part * above,
    }));
  });
}

type ResolvedService = ResolvedWorkload & { readonly workload: InferenceWorkload };

export function servicesOf({ workloads }: ResolvedPlan): ResolvedService[] {
  return workloads.filter((entry): entry is ResolvedService => entry.workload.kind === 'inference');
}

/**
 * Every route of every service that meets its targets: the round trip is taken off the target of the time to first token.
 *
 *   a = T / (X · share)      c = p · a / 3.6      g = P / n · PUE · a · γ / 3.6
 *
 * a accelerators per request per second · T tensor-parallel degree [1] · X requests per second of a replica, share of it that is
 * given [1] · c USD and g g CO₂e per thousand requests · p rent [USD per accelerator-hour] · P power of a node [kW] of n
 * accelerators · γ intensity of the grid [g/kWh]
 *
 * Leaves out: idle accelerators; the traffic itself. Source: definition.
 */
export function routesOf(resolved: ResolvedPlan, fleet: Fleet, catalogue: Catalogue): Route[] {
  const replicas = new Map<string, TimedReplica>();
  return demandOf(resolved, fleet).flatMap((demand) => {
    const service = servicesOf(resolved).find(({ workload }) => workload.id === demand.workloadId);
    if (service === undefined) return [];
    return resolved.clusters.flatMap((on) => {
      const key = `${demand.workloadId} ${on.cluster.id}`;
      const replica = replicas.get(key) ?? replicaOn(service, on, catalogue);
      replicas.set(key, replica);
      const route = routeTo(demand, service.workload, on, replica, catalogue);
      return route === null ? [] : [route];
    });
  });
}

function replicaOn(
  { workload, model }: ResolvedService,
  on: ResolvedCluster,
  catalogue: Catalogue,
): TimedReplica {
  const device = clusterDevice({ ...on, catalogue });
  const layout = workloadLayout(workload, catalogue.assumptions);
  const constants = readServingConstants(catalogue.assumptions, 'current', device.family);
  return new TimedReplica(
    prepareServing({ device, architecture: model.architecture, ...layout }, constants),
    workloadShape(workload, catalogue.assumptions),
  );
}

function routeTo(
  demand: RegionDemand,
  workload: InferenceWorkload,
  { cluster, site, system }: ResolvedCluster,
  replica: TimedReplica,
  catalogue: Catalogue,
): Route | null {
  const { serving } = replica;
  const roundTrip = roundTripSeconds(catalogue, demand.regionId, site.regionId);
  if (roundTrip === null || serving.device.rates[serving.weightPrecision] === undefined)
    return null;
  const { batch } = replica.within({
    timeToFirstTokenSeconds: workload.timeToFirstTokenTargetMs.value / 1e3 - roundTrip,
    timePerOutputTokenSeconds: workload.timePerOutputTokenTargetMs.value / 1e3,
  });
  if (batch < 1) return null;
  const share = loadShareOf(batch, serving.constants.burstDeviations);
  const perRate = replicaAccelerators(workload) / (replica.at(batch).requestsPerSecond * share);
  if (!Number.isFinite(perRate)) return null;
  const kilowatts =
    clusterPowerKw(
      system,
      1 / system.acceleratorsPerNode.value,
      auxiliaryShare(catalogue.assumptions).value,
    ) * site.powerUsageEffectiveness.value;
  return {
    workloadId: demand.workloadId,
    regionId: demand.regionId,
    clusterId: cluster.id,
    roundTripMs: roundTrip * 1e3,
    acceleratorsPerRequestRate: perRate,
    usdPerThousandRequests: (cluster.rentUsdPerAcceleratorHour.value * perRate) / 3.6,
    gramsCo2PerThousandRequests: (kilowatts * site.gridGramsCo2PerKwh.value * perRate) / 3.6,
  };
}
