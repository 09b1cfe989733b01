import type { SizedCluster } from '@engine/sizing/demand';
import type { ImportedModel, InferenceWorkload, Plan, Quantity, Workload } from '@engine/plan';
import { formatValue } from '@shared/format/value';
import {
  emptyPlan,
  firstSystemId,
  newCluster,
  newInference,
  newTraining,
} from '../../document/new-parts';
import { bringing, catalogueWith } from './brought-model';
import type { Acquisition, DemandValues, FormDemand, VolumeKind } from './demand-form';

/** Days that the form starts with; the user’s to change. */
const startingDeadlineDays = 90;
/** Requests of a day that the form starts with. */
const startingRequestsPerDay = 1e6;

/** The form's first numbers: what a new workload with this model would start with. */
export function demandDefaults(
  modelId: string,
  importedModels: readonly ImportedModel[] = [],
): DemandValues {
  const base = bringing(emptyPlan('Demand', null), modelId, importedModels);
  const cluster = newCluster(base, base.sites[0]?.id ?? '', firstSystemId, 1);
  const plan = { ...base, clusters: [cluster] };
  const service = newInference(plan, cluster, modelId);
  const job = newTraining(plan, cluster, modelId);
  return {
    concurrentUsers: service.concurrentUsers,
    requestsPerDay: { value: startingRequestsPerDay, origin: 'default' },
    tokensPerDay: {
      value: startingRequestsPerDay * (service.inputTokens.value + service.outputTokens.value),
      origin: 'default',
    },
    peakToMean: {
      value: Math.round(100 / service.meanLoadFraction.value) / 100,
      origin: 'default',
    },
    requestsPerUserHour: service.requestsPerUserHour,
    inputTokens: service.inputTokens,
    outputTokens: service.outputTokens,
    timeToFirstTokenTargetMs: service.timeToFirstTokenTargetMs,
    timePerOutputTokenTargetMs: service.timePerOutputTokenTargetMs,
    tokens: job.tokens,
    sequenceLength: job.sequenceLength,
    globalBatchSequences: job.globalBatchSequences,
    deadlineDays: { value: startingDeadlineDays, origin: 'default' },
  };
}

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
  const modelName =
    catalogueWith(importedModels).models.get(demand.modelId)?.name ?? demand.modelId;
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
  if (solution.kind === 'services' || demand.kind === 'training') {
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
