import type { Catalogue } from '@engine/catalogue/types';
import type { SizedCluster, SizedTask } from '@engine/sizing/demand';
import type {
  Cluster,
  ImportedModel,
  InferenceWorkload,
  Plan,
  Quantity,
  TaskKind,
  TaskWorkload,
  Workload,
} from '@engine/plan';
import { findTaskModel } from '@engine/tasks/task-context';
import { formatValue } from '@shared/format/value';
import {
  emptyPlan,
  newCluster,
  newInference,
  newTask,
  newTraining,
} from '../../document/new-parts';
import { bringing, catalogueWith } from './brought-model';
import type { Acquisition, DemandValues, FormDemand, TaskSizeKey, VolumeKind } from './demand-form';

interface DemandChoice {
  readonly demand: FormDemand;
  /** how the volume was given; users when left out */
  readonly volume?: VolumeKind;
  readonly values: DemandValues;
  readonly chosen: SizedCluster;
  readonly regionId: string;
  readonly acquisition: Acquisition;
  /** models of other plans, of which the chosen one is brought along */
  readonly importedModels?: readonly ImportedModel[];
}

/** Clusters that a demand may be split over in one plan. */
export const mostClusters = 100;

/**
 * A plan whose cluster is the chosen one and whose workload is the demand, laid out as the search found. Where no fabric joins
 * all nodes, it has as many equal clusters as the search named, each with an equal share of the demand.
 */
export function planFromDemand(choice: DemandChoice): Plan {
  const { demand, chosen, regionId, acquisition, importedModels = [] } = choice;
  const modelName = nameOfModel(demand, catalogueWith(importedModels));
  const verb = demand.kind === 'training' ? 'Training' : 'Serving';
  const named = emptyPlan(`${verb} ${modelName}`, regionId);
  const base = bringing(named, demand.modelId, importedModels);
  const costs = { ...base.costs, acquisition };
  const shares = Math.min(chosen.fabrics ?? 1, mostClusters);
  const parts = Array.from({ length: shares });
  return parts.reduce<Plan>((plan) => withShare(plan, choice, shares), {
    ...base,
    costs,
    notes: shares === 1 ? base.notes : splitNote(shares),
  });
}

function splitNote(shares: number): string {
  return `The demand is split over ${formatValue(shares, '')} equal clusters, as no single fabric joins all the accelerators that it needs.`;
}

/** The plan with one more of the equal clusters and its share of the demand. */
function withShare(plan: Plan, choice: DemandChoice, shares: number): Plan {
  const { systemId, nodes: allNodes } = choice.chosen;
  const note =
    shares === 1
      ? 'The fewest nodes that meet the demand this plan was created from.'
      : `The fewest nodes that meet its share of the demand. ${splitNote(shares)}`;
  const nodes: Quantity = { value: allNodes / shares, origin: 'yours', note };
  const siteId = plan.sites[0]?.id ?? '';
  const cluster = { ...newCluster(plan, siteId, systemId, nodes.value), nodes };
  const withCluster = { ...plan, clusters: [...plan.clusters, cluster] };
  const workload = shareOf(workloadOf(withCluster, cluster, choice), shares);
  return { ...withCluster, workloads: [...plan.workloads, workload] };
}

/** One of so many equal shares of what a service is asked for, in whole users or requests as the search sizes it. */
function shareOf(workload: Workload, shares: number): Workload {
  if (shares === 1 || workload.kind === 'training') return workload;
  const cut = (whole: Quantity): Quantity => ({
    ...whole,
    value: Math.ceil(whole.value / shares),
    ...(whole.low === undefined ? {} : { low: Math.ceil(whole.low / shares) }),
    ...(whole.high === undefined ? {} : { high: Math.ceil(whole.high / shares) }),
    origin: 'yours',
    note: `One of ${formatValue(shares, '')} equal shares of ${formatValue(whole.value, '')}.`,
  });
  return workload.kind === 'inference'
    ? { ...workload, concurrentUsers: cut(workload.concurrentUsers) }
    : { ...workload, requestsPerDay: cut(workload.requestsPerDay) };
}

function nameOfModel(demand: FormDemand, catalogue: Catalogue): string {
  const row =
    demand.kind === 'task'
      ? findTaskModel(catalogue, demand.task, demand.modelId)?.row
      : catalogue.models.get(demand.modelId);
  return row?.name ?? demand.modelId;
}

function workloadOf(plan: Plan, cluster: Cluster, choice: DemandChoice): Workload {
  const { demand, values, chosen } = choice;
  const { solution } = chosen;
  if (solution.kind === 'training') {
    return {
      ...newTraining(plan, cluster, demand.modelId),
      precision: demand.kind === 'training' ? demand.precision : 'bf16',
      tokens: values.tokens,
      sequenceLength: values.sequenceLength,
      globalBatchSequences: values.globalBatchSequences,
      layout: solution.layout,
    };
  }
  if (solution.kind === 'task' && demand.kind === 'task') {
    return taskOf(newTask(plan, cluster, demand.task, demand.modelId), solution, values);
  }
  if (solution.kind !== 'inference' || demand.kind !== 'inference') {
    throw new Error('The form asks for one service or one training job.');
  }
  return {
    ...newInference(plan, cluster, demand.modelId),
    tensorParallel: solution.tensorParallel,
    ...(solution.pipelineParallel === undefined
      ? {}
      : { pipelineParallel: solution.pipelineParallel }),
    ...(solution.attentionDataParallel === undefined
      ? {}
      : { attentionDataParallel: solution.attentionDataParallel }),
    weightPrecision: solution.weightPrecision,
    keyValuePrecision: solution.keyValuePrecision,
    inputTokens: values.inputTokens,
    outputTokens: values.outputTokens,
    ...volumeOf(choice, demand.concurrentUsers),
    requestsPerUserHour: values.requestsPerUserHour,
    timeToFirstTokenTargetMs: values.timeToFirstTokenTargetMs,
    timePerOutputTokenTargetMs: values.timePerOutputTokenTargetMs,
  };
}

/** The service in the format that the search found; what a request asks for stays the model's where nobody changed it. */
function taskOf(
  service: TaskWorkload,
  { precision }: SizedTask,
  values: DemandValues,
): TaskWorkload {
  const peak = values.peakToMean;
  const told = `The peak is ${formatValue(peak.value, '')} times the mean.`;
  const changed = sizeKeys[service.task].filter((key) => values[key].origin === 'yours');
  return changed.reduce<TaskWorkload>((part, key) => ({ ...part, [key]: values[key] }), {
    ...service,
    precision,
    requestsPerDay: values.requestsPerDay,
    targetSeconds: values.targetSeconds,
    meanLoadFraction:
      peak.origin === 'yours'
        ? { value: 1 / peak.value, origin: 'yours', note: told }
        : service.meanLoadFraction,
  });
}

const sizeKeys: Readonly<Record<TaskKind, readonly TaskSizeKey[]>> = {
  image: ['imageSteps', 'imageEdge'],
  video: ['videoSeconds', 'videoLines', 'videoSteps'],
  embedding: ['textTokens'],
  speech: ['audioSeconds'],
};

/** Users at the busiest moment; where a day's volume was given, the mean load that its peak implies. */
function volumeOf(
  { values, volume = 'users' }: DemandChoice,
  concurrentUsers: number,
): Pick<InferenceWorkload, 'concurrentUsers'> & Partial<InferenceWorkload> {
  if (volume === 'users') return { concurrentUsers: values.concurrentUsers };
  const daily = volume === 'requests' ? values.requestsPerDay : values.tokensPerDay;
  const told = `${formatValue(daily.value, '')} ${volume} a day, peak ${formatValue(values.peakToMean.value, '')} times the mean.`;
  return {
    concurrentUsers: { value: concurrentUsers, origin: 'yours', note: told },
    meanLoadFraction: { value: 1 / values.peakToMean.value, origin: 'yours', note: told },
  };
}
