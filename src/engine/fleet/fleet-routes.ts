import type { Catalogue } from '../catalogue/types';
import type { ResolvedCluster, ResolvedPlan, ResolvedTask } from '../checks/resolve';
import { clusterDevice } from '../facility/fabric/fabric-device';
import { auxiliaryShare, clusterPowerKw } from '../facility/power';
import { servingConstantsOn } from '../inference/device-constants';
import { loadShareOf } from '../inference/staffing';
import { replicaAccelerators, workloadLayout } from '../inference/workload-layout';
import { workloadShape } from '../inference/workload-shape';
import { prepareServing } from '../inference/serving';
import type { Fleet, InferenceWorkload } from '../plan';
import { acceleratorPrice } from '../cost/accelerator-price';
import { TimedReplica } from '../sizing/timed-replica';
import { evaluateTask } from '../tasks/evaluated-task';
import {
  demandOf,
  tenantsOf,
  type RegionDemand,
  type ResolvedService,
  type Tenant,
} from './fleet-demand';
import { roundTripSeconds } from './round-trip';

/** Accelerators that one cluster offers to every service. */
export interface Pool {
  readonly clusterId: string;
  readonly clusterName: string;
  readonly siteId: string;
  readonly accelerators: number;
  readonly acceleratorsPerNode: number;
}

/** One way for a region's requests of a service: to a cluster that meets the targets in spite of the distance. */
export interface Route {
  readonly workloadId: string;
  readonly regionId: string;
  readonly clusterId: string;
  readonly roundTripMs: number;
  /** accelerators that a request per second keeps busy */
  readonly acceleratorsPerRequestRate: number;
  /** null where no price of an accelerator-hour is known */
  readonly usdPerThousandRequests: number | null;
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

/**
 * Every route of every service that meets its targets: the round trip is taken off the target of the time to first token, or of
 * the whole answer where it comes in one piece.
 *
 *   a = T / (X · share)   or   a = n(λ) / λ      c = p · a / 3.6      g = P / n · PUE · a · γ / 3.6
 *
 * a accelerators per request per second · T tensor-parallel degree [1] · X requests per second of a replica, share of it that is
 * given [1] · c USD and g g CO₂e per thousand requests · p price, see acceleratorPrice [USD per accelerator-hour] · P power of a node [kW] of n
 * accelerators · γ intensity of the grid [g/kWh]
 *
 * n(λ) accelerators that a service which answers in one piece takes for its whole peak λ
 *
 * Leaves out: idle accelerators; the traffic itself; that a share of such a service waits a little longer on fewer accelerators.
 * Source: definition.
 */
export function routesOf(resolved: ResolvedPlan, fleet: Fleet, catalogue: Catalogue): Route[] {
  const replicas = new Map<string, TimedReplica>();
  const tenants = new Map(tenantsOf(resolved).map((tenant) => [tenant.workload.id, tenant]));
  const rateOn = (tenant: Tenant, on: ResolvedCluster, roundTrip: number): number | null => {
    if (isTask(tenant)) return taskAccelerators(tenant, on, catalogue, roundTrip);
    const key = `${tenant.workload.id} ${on.cluster.id}`;
    const replica = replicas.get(key) ?? replicaOn(tenant, on, catalogue);
    replicas.set(key, replica);
    return replicaShare(tenant.workload, replica, roundTrip);
  };
  return demandOf(resolved, fleet).flatMap((demand) => {
    const tenant = tenants.get(demand.workloadId);
    if (tenant === undefined) return [];
    return resolved.clusters.flatMap((on) => {
      const roundTrip = roundTripSeconds(catalogue, demand.regionId, on.site.regionId);
      const perRate = roundTrip === null ? null : rateOn(tenant, on, roundTrip);
      return roundTrip === null || perRate === null || !Number.isFinite(perRate)
        ? []
        : [routeTo(demand, on, roundTrip, perRate, catalogue)];
    });
  });
}

function isTask(tenant: Tenant): tenant is ResolvedTask {
  return tenant.workload.kind === 'task';
}

function taskAccelerators(
  { workload, model }: ResolvedTask,
  on: ResolvedCluster,
  catalogue: Catalogue,
  roundTrip: number,
): number | null {
  const targetSeconds = {
    ...workload.targetSeconds,
    value: workload.targetSeconds.value - roundTrip,
  };
  if (targetSeconds.value <= 0) return null;
  const { sizing, peakRequestsPerSecond } = evaluateTask(
    { ...workload, targetSeconds },
    { ...on, catalogue, model },
  );
  return sizing.accelerators === null ? null : sizing.accelerators / peakRequestsPerSecond;
}

function replicaOn(
  { workload, model }: ResolvedService,
  on: ResolvedCluster,
  catalogue: Catalogue,
): TimedReplica {
  const device = clusterDevice({ ...on, catalogue });
  const layout = workloadLayout(workload, catalogue.assumptions);
  const constants = servingConstantsOn(device, 'current', catalogue.assumptions);
  return new TimedReplica(
    prepareServing({ device, architecture: model.architecture, ...layout }, constants),
    workloadShape(workload, catalogue.assumptions),
  );
}

function replicaShare(
  workload: InferenceWorkload,
  replica: TimedReplica,
  roundTrip: number,
): number | null {
  const { serving } = replica;
  if (serving.device.rates[serving.weightPrecision] === undefined) return null;
  const { batch } = replica.within({
    timeToFirstTokenSeconds: workload.timeToFirstTokenTargetMs.value / 1e3 - roundTrip,
    timePerOutputTokenSeconds: workload.timePerOutputTokenTargetMs.value / 1e3,
  });
  if (batch < 1) return null;
  const share = loadShareOf(batch, serving.constants.burstDeviations);
  return replicaAccelerators(workload) / (replica.at(batch).requestsPerSecond * share);
}

function routeTo(
  demand: RegionDemand,
  on: ResolvedCluster,
  roundTrip: number,
  perRate: number,
  catalogue: Catalogue,
): Route {
  const { cluster, site, system } = on;
  const { usdPerHour } = acceleratorPrice(on);
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
    usdPerThousandRequests: usdPerHour === null ? null : (usdPerHour * perRate) / 3.6,
    gramsCo2PerThousandRequests: (kilowatts * site.gridGramsCo2PerKwh.value * perRate) / 3.6,
  };
}
