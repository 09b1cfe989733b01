import type { Accelerator, Catalogue, Model, System } from '../catalogue/types';
import { clusterPowerKw } from '../facility/power';
import type { CostAssumptions } from '../plan';
import { hourlyCost } from './cluster-cost';
import type { Demand, RejectedSystem, SizedCluster, SizedDemand, SystemAnswer } from './demand';
import { sizeInference } from './size-inference';
import { sizeTraining } from './size-training';

type Acquisition = CostAssumptions['acquisition'];
type Priced = Omit<SizedCluster, 'reason'>;

/**
 * Which clusters meet a demand: for every system with a price the fewest nodes, ranked by cost, and why the others lost.
 *
 * A training run is ranked by what the whole run costs, a service by what an hour costs: owned under the catalogue's
 * assumptions, or rented at the median on-demand quote.
 */
export function sizeDemand(
  demand: Demand,
  catalogue: Catalogue,
  acquisition: Acquisition = 'buy',
): SizedDemand {
  const model = catalogue.models.get(demand.modelId);
  if (model === undefined) return { ranked: [], rejected: [] };
  const met: Priced[] = [];
  const rejected: RejectedSystem[] = [];
  for (const system of catalogue.systems.values()) {
    const reject = (reason: string): void => {
      rejected.push({ systemId: system.id, systemName: system.name, reason });
    };
    const accelerator = catalogue.accelerators.get(system.acceleratorId);
    if (accelerator === undefined) {
      reject('The catalogue has no data on its accelerator.');
      continue;
    }
    const answer = sizeOn(demand, catalogue, system, accelerator, model);
    if (!answer.isMet) {
      reject(answer.reason);
      continue;
    }
    const priced = withPrice(catalogue, system, answer, acquisition);
    if (priced === null) {
      reject(
        acquisition === 'buy' ? 'No purchase price is published.' : 'No on-demand rent is quoted.',
      );
    }
    if (priced !== null) met.push(priced);
  }
  return { ranked: rank(met), rejected };
}

function sizeOn(
  demand: Demand,
  catalogue: Catalogue,
  system: System,
  accelerator: Accelerator,
  model: Model,
): SystemAnswer {
  const { assumptions } = catalogue;
  return demand.kind === 'inference'
    ? sizeInference(demand, system, accelerator, model, assumptions)
    : sizeTraining(demand, system, accelerator, model, assumptions);
}

function withPrice(
  catalogue: Catalogue,
  system: System,
  { nodes, solution }: Extract<SystemAnswer, { isMet: true }>,
  acquisition: Acquisition,
): Priced | null {
  const { rentUsdPerHour, ownUsdPerHour } = hourlyCost(catalogue, system, nodes);
  const usdPerHour = acquisition === 'buy' ? ownUsdPerHour : rentUsdPerHour;
  if (usdPerHour === null) return null;
  return {
    systemId: system.id,
    systemName: system.name,
    nodes,
    accelerators: nodes * system.acceleratorsPerNode.value,
    solution,
    usdPerHour,
    rentUsdPerHour,
    ownUsdPerHour,
    usdTotal: solution.kind === 'training' ? usdPerHour * 24 * solution.days : null,
    itPowerKw: clusterPowerKw(system, nodes),
  };
}

const words = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

function rank(met: readonly Priced[]): SizedCluster[] {
  const cost = (cluster: Priced): number => cluster.usdTotal ?? cluster.usdPerHour;
  const sorted = met.toSorted(
    (first, second) => cost(first) - cost(second) || first.nodes - second.nodes,
  );
  const cheapest = sorted[0];
  return sorted.map((cluster) => ({
    ...cluster,
    reason:
      cheapest === undefined || cluster === cheapest
        ? 'Lowest cost of all that meet the demand.'
        : `${words.format(cost(cluster) / cost(cheapest))} times the cost of ${cheapest.systemName}.`,
  }));
}
