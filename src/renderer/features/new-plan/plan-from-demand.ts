import type { Catalogue } from '@engine/catalogue/types';
import type { SizedCluster, SizedTask } from '@engine/sizing/demand';
import type {
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
import type { Acquisition, DemandValues, FormDemand, VolumeKind } from './demand-form';

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

/** A plan whose cluster is the chosen one and whose workload is the demand, laid out as the search found. */
export function planFromDemand(choice: DemandChoice): Plan {
  const { demand, chosen, regionId, acquisition, importedModels = [] } = choice;
  const modelName = nameOfModel(demand, catalogueWith(importedModels));
  const verb = demand.kind === 'training' ? 'Training' : 'Serving';
  const named = emptyPlan(`${verb} ${modelName}`, regionId);
  const base = bringing(named, demand.modelId, importedModels);
  const nodes: Quantity = {
    value: chosen.nodes,
    origin: 'yours',
    note: 'The fewest nodes that meet the demand this plan was created from.',
  };
  const siteId = base.sites[0]?.id ?? '';
  const cluster = { ...newCluster(base, siteId, chosen.systemId, chosen.nodes), nodes };
  const costs = { ...base.costs, acquisition };
  const plan = { ...base, costs, clusters: [cluster] };
  return { ...plan, workloads: [workloadOf(plan, choice)] };
}

function nameOfModel(demand: FormDemand, catalogue: Catalogue): string {
  const row =
    demand.kind === 'task'
      ? findTaskModel(catalogue, demand.task, demand.modelId)?.row
      : catalogue.models.get(demand.modelId);
  return row?.name ?? demand.modelId;
}

function workloadOf(plan: Plan, choice: DemandChoice): Workload {
  const { demand, values, chosen } = choice;
  const [cluster] = plan.clusters;
  if (!cluster) throw new Error('A demand becomes a plan with one cluster.');
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

type TaskSizeKey = 'imageSteps' | 'imageEdge' | 'textTokens' | 'audioSeconds';
const sizeKeys: Readonly<Record<TaskKind, readonly TaskSizeKey[]>> = {
  image: ['imageSteps', 'imageEdge'],
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
