import type { Catalogue } from '../catalogue/types';
import { resolvePlan } from '../checks/resolve';
import { usdPerAcceleratorHour } from '../cost/hour-price';
import { clusterPowerKw } from '../facility/power';
import type { Plan } from '../plan';
import { evaluateTraining } from '../training/evaluated-training';
import type { LayoutConstraints } from './layout-space';
import type { ClusterSize, Objective, RunGoal } from './objective';
import type { SearchRequest } from './search-layouts';

/** What is asked of a search beside the plan. */
export interface SearchChoice {
  readonly objective: Objective;
  /** share of the memory that is to stay free, 0–1 */
  readonly memoryHeadroom: number;
  readonly mostDays: number | null;
  readonly mostUsd: number | null;
  readonly fixed: LayoutConstraints;
}

export const usualSearch: SearchChoice = {
  objective: 'fastest',
  memoryHeadroom: 0.04,
  mostDays: null,
  mostUsd: null,
  fixed: {},
};

const shares = [1, 2, 4, 8, 16];

/**
 * The search that a training job of a plan asks for: its cluster alone for the fastest run, else also a half, a quarter, an
 * eighth and a sixteenth of its nodes. Money is that of the plan: rented or owned, as it gets its accelerators. Null where an id leads nowhere or the job cannot be computed.
 */
export function planSearch(
  plan: Plan,
  workloadId: string,
  catalogue: Catalogue,
  choice: SearchChoice,
): SearchRequest | null {
  const found = resolvePlan(plan, catalogue).workloads.find(
    ({ workload }) => workload.id === workloadId,
  );
  if (found?.workload.kind !== 'training') return null;
  const { cluster, system, site } = found.on;
  const { workload } = found;
  const evaluated = evaluateTraining(workload, { catalogue, ...found.on, model: found.model });
  const { job, device, constants, tokensPerStep } = evaluated;
  const perNode = system.acceleratorsPerNode.value;
  const used = choice.objective === 'fastest' ? [1] : shares;
  const sizes = used
    .map((share) => cluster.nodes.value / share)
    .filter((nodes) => Number.isInteger(nodes) && nodes >= 1)
    .map((nodes): ClusterSize => {
      const part = {
        ...found.on,
        cluster: { ...cluster, nodes: { ...cluster.nodes, value: nodes } },
      };
      const price = usdPerAcceleratorHour(part, plan.costs, catalogue);
      return {
        accelerators: nodes * perNode,
        usdPerHour: price === null ? null : nodes * perNode * price,
        kilowatts: clusterPowerKw(system, nodes) * site.powerUsageEffectiveness.value,
      };
    });
  if (sizes.length === 0 || device.rates[workload.precision] === undefined) return null;
  const run: RunGoal = {
    steps: workload.tokens.value / tokensPerStep,
    effectiveTime: workload.effectiveTimeFraction.value,
    mostDays: choice.mostDays,
    mostUsd: choice.mostUsd,
  };
  const { architecture, parameters, precision, sequenceLength, globalBatch } = job;
  const accelerators = sizes[0]?.accelerators ?? perNode;
  return {
    question: { architecture, parameters, precision, sequenceLength, globalBatch, accelerators },
    device,
    constants,
    options: {
      objective: choice.objective,
      sizes,
      run,
      constraints: { ...choice.fixed, sequenceParallel: [true] },
      memoryTolerance: 1 - choice.memoryHeadroom,
      top: 10,
    },
  };
}
