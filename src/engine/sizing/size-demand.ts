import type { Catalogue } from '../catalogue/types';
import type { CostAssumptions } from '../plan';
import { answerOf, candidatesFor, type PricedCandidate } from './candidates';
import type { Demand, RankedBy, SizedDemand, SystemAnswer } from './demand';
import { demandProblem } from './demand-problem';
import { comparePlaces, measured, priced, ranked, withoutPrice, type Priced } from './ranking';
import { relaxationsOf, type BestOf } from './relaxations';
import { unmetProblem } from './unmet';

type Acquisition = CostAssumptions['acquisition'];

/**
 * Which clusters meet a demand: for every system, and for a stand-in server of every other accelerator, the fewest nodes;
 * ranked, with the reason that the others lost and what relaxing each target would save.
 *
 * By cost a training run is ranked by what the whole run costs, a service by what an hour costs: owned under the catalogue's
 * assumptions, or rented at the median on-demand quote. By power or accelerators those without a price count too. A service
 * that no single fabric joins stands below those that one does; a training run that none joins is not met.
 */
export function sizeDemand(
  demand: Demand,
  catalogue: Catalogue,
  acquisition: Acquisition = 'buy',
  rankedBy: RankedBy = 'cost',
): SizedDemand {
  const problem = demandProblem(demand, catalogue);
  if (problem !== null) return { ranked: [], rejected: [], problem, relaxations: [] };
  const { candidates, rejected } = candidatesFor(demand, catalogue);
  const answers = candidates.map(
    (candidate) => [candidate, answerOf(demand, candidate, catalogue)] as const,
  );
  const met: Priced[] = [];
  for (const [candidate, answer] of answers) {
    const { id: systemId, name: systemName } = candidate.system;
    const reject = (reason: string): unknown => rejected.push({ systemId, systemName, reason });
    if (!answer.isMet) {
      reject(answer.reason);
      continue;
    }
    const cluster = priced(candidate, answer, acquisition);
    if (measured(cluster, rankedBy) === null) reject(withoutPrice(cluster, acquisition));
    else met.push(cluster);
  }
  const comparable = candidates.filter(({ hourly }) => {
    const price = acquisition === 'buy' ? hourly.ownUsdPerHour : hourly.rentUsdPerHour;
    return rankedBy !== 'cost' || price !== null;
  });
  const isUnmet = answers.every(([, answer]) => !answer.isMet);
  return {
    ranked: ranked(met, rankedBy),
    rejected,
    problem: isUnmet ? unmetProblem(demand, candidates, catalogue) : null,
    relaxations: relaxationsOf(demand, comparable, catalogue, bestIn(acquisition, rankedBy)),
  };
}

function bestIn(acquisition: Acquisition, rankedBy: RankedBy): BestOf {
  return (answers: readonly (readonly [PricedCandidate, SystemAnswer])[]) => {
    let best: Priced | null = null;
    for (const [candidate, answer] of answers) {
      if (!answer.isMet) continue;
      const cluster = priced(candidate, answer, acquisition);
      if (measured(cluster, rankedBy) === null) continue;
      if (best === null || comparePlaces(cluster, best, rankedBy) < 0) best = cluster;
    }
    const value = best && measured(best, rankedBy);
    return best === null || value === null
      ? null
      : { value, systemName: best.systemName, accelerators: best.accelerators };
  };
}
