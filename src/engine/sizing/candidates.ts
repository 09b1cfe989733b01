import type { Catalogue } from '../catalogue/types';
import { auxiliaryShare, clusterPowerKw } from '../facility/power';
import { hourlyCost, type HourlyCost } from './cluster-cost';
import type { Demand, RejectedSystem, SizedPart, SystemAnswer, TrainingDemand } from './demand';
import { fabricLimit } from './one-fabric';
import {
  bestPart,
  partAccelerators,
  serviceOptions,
  serviceRefusal,
  servicesOf,
  type ServiceOptions,
} from './one-service';
import { constantsByPart, type Candidate } from './replica-options';
import { sizeTraining } from './size-training';
import { splitOverFabrics } from './split-demand';
import { everySystem, isStandIn } from './stand-in-system';

/** A system with what one of its nodes costs and draws, its part of switches and storage included. */
export interface PricedCandidate extends Candidate {
  readonly hourly: HourlyCost;
  readonly nodePowerKw: number;
  /** what each service of the demand may look like on it */
  readonly options: readonly ServiceOptions[];
}

/** Every system and stand-in with its layouts; systems whose accelerator is unknown are rejected. */
export function candidatesFor(
  demand: Demand,
  catalogue: Catalogue,
): { candidates: PricedCandidate[]; rejected: RejectedSystem[] } {
  const candidates: PricedCandidate[] = [];
  const rejected: RejectedSystem[] = [];
  const constantsOf = constantsByPart(catalogue.assumptions);
  for (const system of everySystem(catalogue)) {
    const accelerator = catalogue.accelerators.get(system.acceleratorId);
    if (accelerator === undefined) {
      const reason = 'The catalogue has no data on its accelerator.';
      rejected.push({ systemId: system.id, systemName: system.name, reason });
      continue;
    }
    const candidate = { system, accelerator };
    const options = servicesOf(demand).map((service) =>
      serviceOptions(service, candidate, catalogue, constantsOf),
    );
    candidates.push({
      ...candidate,
      hourly: hourlyCost(catalogue, system, 1),
      nodePowerKw: clusterPowerKw(system, 1, auxiliaryShare(catalogue.assumptions).value),
      options,
    });
  }
  return { candidates, rejected };
}

/** The fewest nodes of one candidate that meet the demand. */
export function answerOf(
  demand: Demand,
  candidate: PricedCandidate,
  catalogue: Catalogue,
): SystemAnswer {
  const { system, accelerator } = candidate;
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
  return splitOverFabrics(demand, system, catalogue.network, (part) =>
    servedTogether(part, candidate),
  );
}

/** The fewest nodes of one cluster that serve a demand, whatever fabric they need. */
function servedTogether(
  demand: Exclude<Demand, TrainingDemand>,
  { system, accelerator, options }: PricedCandidate,
): SystemAnswer {
  const perNode = system.acceleratorsPerNode.value;
  const services = servicesOf(demand);
  const partsPerUnit = services.length === 1 ? perNode : 1;
  const met: SizedPart[] = [];
  for (const [index, service] of services.entries()) {
    const sized = bestPart(service, options[index], partsPerUnit);
    if (sized === null) {
      return { isMet: false, reason: serviceRefusal(service, options[index], accelerator) };
    }
    met.push(sized);
  }
  const parts = met.reduce((sum, one) => sum + partAccelerators(one), 0);
  const [only] = met;
  return {
    isMet: true,
    nodes: Math.ceil(parts / perNode),
    solution: met.length === 1 && only ? only : { kind: 'services', services: met },
  };
}
