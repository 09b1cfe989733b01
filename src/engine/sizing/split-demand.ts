import type { NetworkCatalogue } from '../catalogue/network';
import type { System } from '../catalogue/types';
import type { Demand, ServiceDemand, SystemAnswer, TrainingDemand } from './demand';
import { fabricLimit } from './one-fabric';
import { withServices } from './one-service';

type ServedDemand = Exclude<Demand, TrainingDemand>;

/** One of so many equal shares of a demand in whole users, or requests of a day. */
function shareOf(demand: ServedDemand, shares: number): ServedDemand {
  const cut = (service: ServiceDemand): ServiceDemand =>
    service.kind === 'task'
      ? { ...service, requestsPerDay: Math.ceil(service.requestsPerDay / shares) }
      : { ...service, concurrentUsers: Math.ceil(service.concurrentUsers / shares) };
  return withServices(demand, cut);
}

/** Further splits that are tried where the shares of the fewest clusters do not fit, as replicas are whole. */
const furtherSplits = 8;

/**
 * The nodes that meet a demand for services: in one cluster where a fabric joins it, else in the fewest equal clusters that a
 * fabric joins each, with an equal share of the demand.
 *
 *   N = f · n(D / f),   f = min { f ≥ ⌈n(D) / m⌉ : n(D / f) ≤ m }
 *
 * N nodes [1] · n(D) nodes of one cluster that meets the demand D, see bestPart [1] · m nodes that one fabric joins, see fabricLimit
 * [1] · f clusters [1]
 *
 * Leaves out: uneven shares. Source: definition.
 */
export function splitOverFabrics(
  demand: ServedDemand,
  system: System,
  network: NetworkCatalogue,
  serve: (demand: ServedDemand) => SystemAnswer,
): SystemAnswer {
  const whole = serve(demand);
  const limit = whole.isMet ? fabricLimit(system, whole.nodes, network) : null;
  if (limit === null) return whole;
  const most = limit.acceleratorsPerFabric / system.acceleratorsPerNode.value;
  for (let further = 0; further <= furtherSplits; further += 1) {
    const clusters = limit.fabrics + further;
    const part = serve(shareOf(demand, clusters));
    if (part.isMet && part.nodes <= most) {
      const split = { clusters, sentence: limit.sentence };
      return { ...part, nodes: clusters * part.nodes, split };
    }
  }
  return { isMet: false, reason: `${limit.sentence}, and one copy of the model needs more.` };
}
