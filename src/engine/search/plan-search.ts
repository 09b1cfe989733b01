import type { Catalogue } from '../catalogue/types';
import { resolvePlan } from '../checks/resolve';
import { acceleratorPrice } from '../cost/accelerator-price';
import { pricedPlan } from '../cost/priced-plan';
import { auxiliaryShare, clusterPowerKw } from '../facility/power';
import type { LayoutExtras, Plan, TrainingLayout, Workload } from '../plan';
import { effectiveTime } from '../training/effective-time';
import { evaluateTraining } from '../training/evaluated-training';
import { softwareOf } from '../training/software';
import type { LayoutConstraints } from './layout-space';
import type { SpaceSwitches } from './saving-space';
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
  /** further ways to save memory that are tried; else the layout's own are kept */
  readonly tries: SpaceSwitches;
}

export const usualSearch: SearchChoice = {
  objective: 'fastest',
  memoryHeadroom: 0.04,
  mostDays: null,
  mostUsd: null,
  fixed: {},
  tries: {},
};

/** What a layout has beyond its degrees, as it stays unless the search chooses otherwise; schedule and exchange are always chosen. */
function keptExtras(layout: TrainingLayout): LayoutExtras {
  const { recomputedLayers, shardGroup, capacityFactor } = layout;
  const { optimizer, momentPrecision, software } = layout;
  const { offloadsOptimizer, offloadsWeights, offloadedLayers } = layout;
  return {
    recomputedLayers,
    shardGroup,
    capacityFactor,
    optimizer,
    offloadsOptimizer,
    offloadsWeights,
    offloadedLayers,
    momentPrecision,
    software,
  };
}

/** What of a layout a search takes as it is: an answer holds for layouts that agree in it. */
export function searchedAside(layout: TrainingLayout, { tries }: SearchChoice): LayoutExtras {
  const { recomputedLayers, shardGroup, ...rest } = keptExtras(layout);
  const { offloadsOptimizer, offloadedLayers, ...always } = rest;
  return {
    ...always,
    recomputedLayers: tries.recomputedLayers ? undefined : recomputedLayers,
    shardGroup: tries.hybridSharding ? undefined : shardGroup,
    offloadsOptimizer: tries.offload ? undefined : offloadsOptimizer,
    offloadedLayers: tries.offload ? undefined : offloadedLayers,
  };
}

const shares = [1, 2, 4, 8, 16];

/** What an accelerator-hour of a run costs the plan, were its cluster of so many nodes; null where no price is known. */
function priceOnNodes(
  plan: Plan,
  { id, clusterId }: Workload,
  nodes: number,
  catalogue: Catalogue,
): number | null {
  const sized = plan.clusters.map((cluster) =>
    cluster.id === clusterId ? { ...cluster, nodes: { ...cluster.nodes, value: nodes } } : cluster,
  );
  const { workloads } = pricedPlan({ ...plan, clusters: sized }, catalogue);
  const on = workloads.find(({ workload }) => workload.id === id)?.on;
  return on === undefined ? null : acceleratorPrice(on).usdPerHour;
}

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
      const price = priceOnNodes(plan, workload, nodes, catalogue);
      return {
        accelerators: nodes * perNode,
        usdPerHour: price === null ? null : nodes * perNode * price,
        kilowatts:
          clusterPowerKw(system, nodes, auxiliaryShare(catalogue.assumptions).value) *
          site.powerUsageEffectiveness.value,
      };
    });
  if (sizes.length === 0 || device.rates[workload.precision] === undefined) return null;
  const run: RunGoal = {
    steps: workload.tokens.value / tokensPerStep,
    effectiveTime: effectiveTime(evaluated).value,
    mostDays: choice.mostDays,
    mostUsd: choice.mostUsd,
  };
  const { architecture, parameters, precision, sequenceLength, globalBatch } = job;
  const accelerators = sizes[0]?.accelerators ?? perNode;
  const { hasSequenceParallel } = softwareOf(job, device);
  return {
    question: {
      architecture,
      parameters,
      precision,
      sequenceLength,
      globalBatch,
      accelerators,
      extras: keptExtras(workload.layout),
    },
    device,
    constants,
    options: {
      objective: choice.objective,
      sizes,
      run,
      constraints: { ...choice.fixed, sequenceParallel: [hasSequenceParallel] },
      switches: choice.tries,
      memoryTolerance: 1 - choice.memoryHeadroom,
      top: 10,
      isDistinct: true,
    },
  };
}
