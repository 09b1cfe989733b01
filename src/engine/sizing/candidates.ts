import { replicaAccelerators } from '../inference/workload-layout';
import type { Catalogue } from '../catalogue/types';
import { auxiliaryShare, clusterPowerKw } from '../facility/power';
import type { LatencyTargets } from '../inference/operating-point';
import { hourlyCost, type HourlyCost } from './cluster-cost';
import type { Demand, InferenceDemand, RejectedSystem, SystemAnswer } from './demand';
import { fabricLimit } from './one-fabric';
import {
  replicaOptions,
  usualPrecision,
  type Candidate,
  type ReplicaOption,
} from './replica-options';
import { bestService, refusal } from './size-inference';
import { sizeTraining } from './size-training';
import { everySystem, isStandIn } from './stand-in-system';

/** A system with what one of its nodes costs and draws, its part of switches and storage included. */
export interface PricedCandidate extends Candidate {
  readonly hourly: HourlyCost;
  readonly nodePowerKw: number;
  /** layouts of each service of the demand, timed as they are asked for */
  readonly options: readonly (readonly ReplicaOption[])[];
}

/** The services of a demand; none for a training run. */
export function servicesOf(demand: Demand): readonly InferenceDemand[] {
  if (demand.kind === 'services') return demand.services;
  return demand.kind === 'inference' ? [demand] : [];
}

/** Every system and stand-in with its layouts; systems whose accelerator is unknown are rejected. */
export function candidatesFor(
  demand: Demand,
  catalogue: Catalogue,
): { candidates: PricedCandidate[]; rejected: RejectedSystem[] } {
  const candidates: PricedCandidate[] = [];
  const rejected: RejectedSystem[] = [];
  for (const system of everySystem(catalogue)) {
    const accelerator = catalogue.accelerators.get(system.acceleratorId);
    if (accelerator === undefined) {
      const reason = 'The catalogue has no data on its accelerator.';
      rejected.push({ systemId: system.id, systemName: system.name, reason });
      continue;
    }
    const candidate = { system, accelerator };
    const options = servicesOf(demand).map((service) => {
      const model = catalogue.models.get(service.modelId);
      const precision = service.weightPrecision ?? usualPrecision(accelerator);
      return model === undefined
        ? []
        : replicaOptions(candidate, model, service, precision, catalogue.assumptions);
    });
    candidates.push({
      ...candidate,
      hourly: hourlyCost(catalogue, system, 1),
      nodePowerKw: clusterPowerKw(system, 1, auxiliaryShare(catalogue.assumptions).value),
      options,
    });
  }
  return { candidates, rejected };
}

/** The fewest nodes of one candidate that meet the demand, under the targets of each service. */
export function answerOf(
  demand: Demand,
  candidate: PricedCandidate,
  catalogue: Catalogue,
  targets: readonly LatencyTargets[],
): SystemAnswer {
  const { system, accelerator, options } = candidate;
  if (demand.kind === 'training') {
    if (isStandIn(system) && accelerator.scaleUpBandwidth === null) {
      return {
        isMet: false,
        reason:
          'Its accelerators have no link of their own: training over the host bus is not sized.',
      };
    }
    const model = catalogue.models.get(demand.modelId);
    if (model === undefined) return { isMet: false, reason: 'The catalogue has no such model.' };
    const answer = sizeTraining(demand, system, accelerator, model, catalogue.assumptions);
    const limit = answer.isMet ? fabricLimit(system, answer.nodes, catalogue.network) : null;
    return limit === null ? answer : { isMet: false, reason: `${limit.sentence}.` };
  }
  const perNode = system.acceleratorsPerNode.value;
  const services = servicesOf(demand);
  const sized = services.map((service, index) => {
    const target = targets[index];
    const partsPerUnit = services.length === 1 ? perNode : 1;
    return target && bestService(options[index] ?? [], service, target, partsPerUnit);
  });
  const missing = sized.findIndex((service) => !service);
  const failed = services[missing];
  if (failed !== undefined) {
    const precision = failed.weightPrecision ?? usualPrecision(accelerator);
    return { isMet: false, reason: refusal(options[missing] ?? [], failed, precision) };
  }
  const met = sized.filter((service) => service !== null && service !== undefined);
  const parts = met.reduce((sum, one) => sum + one.replicas * replicaAccelerators(one), 0);
  const [only] = met;
  return {
    isMet: true,
    nodes: Math.ceil(parts / perNode),
    solution: met.length === 1 && only ? only : { kind: 'services', services: met },
  };
}
