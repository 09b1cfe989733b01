import type { Accelerator, Catalogue, Precision, System } from '@engine/catalogue/types';
import { allowedTensorParallel } from '@engine/inference/findings';
import { describeDevice } from '@engine/hardware/device';
import { weightBytes } from '@engine/model/bytes';
import { countParameters } from '@engine/model/parameters';
import type {
  Cluster,
  CostAssumptions,
  InferenceWorkload,
  Plan,
  Quantity,
  Site,
  TaskKind,
  TaskWorkload,
  TrainingLayout,
  TrainingWorkload,
} from '@engine/plan';
import { chooseLayout } from '@engine/search/choose-layout';
import { readTrainingConstants } from '@engine/training/constants';
import { findTaskModel } from '@engine/tasks/task-context';
import { systemById } from '@engine/sizing/stand-in-system';
import {
  assumedQuantity,
  clusterDefaults,
  inferenceDefaults,
  siteDefaults,
  taskDefaults,
  trainingDefaults,
} from './defaults';
import { planSchemaVersion } from './schema';

/** The region that a new site stands in. */
export const defaultRegionId = 'us-va';

/** A layout that every cluster can hold, though not every model fits into it. */
const plainLayout: TrainingLayout = {
  tensorParallel: 1,
  pipelineParallel: 1,
  virtualStages: 1,
  contextParallel: 1,
  expertParallel: 1,
  microBatch: 1,
  recompute: 'selective',
  zeroStage: 1,
};

/** The 16-bit format a part computes in, else the next wider one it has. */
function trainingPrecision(accelerator: Accelerator | undefined): Precision {
  const preferred = ['bf16', 'fp16', 'tf32', 'fp32'] as const;
  return preferred.find((precision) => accelerator?.peakDense[precision]) ?? 'bf16';
}

/** A new plan: one site in the default region, no clusters or workloads yet. */
export function createPlan(catalogue: Catalogue, name: string, siteId: string): Plan {
  return {
    schemaVersion: planSchemaVersion,
    name,
    notes: '',
    sites: [createSite(catalogue, defaultRegionId, siteId)],
    clusters: [],
    workloads: [],
    costs: defaultCosts(catalogue),
  };
}

/** Cost assumptions of a new plan. */
export function defaultCosts(catalogue: Catalogue): CostAssumptions {
  return {
    acquisition: 'rent',
    horizonYears: assumedQuantity(catalogue, 'cost.horizonYears'),
    utilisationFraction: assumedQuantity(catalogue, 'cost.utilisationFraction'),
    networkAndStorageFraction: assumedQuantity(catalogue, 'cost.networkAndStorageFraction'),
    maintenanceFractionPerYear: assumedQuantity(catalogue, 'cost.maintenanceFractionPerYear'),
    colocationUsdPerKwMonth: assumedQuantity(catalogue, 'cost.colocationUsdPerKwMonth'),
    residualFraction: assumedQuantity(catalogue, 'cost.residualFraction'),
    discountRatePerYear: assumedQuantity(catalogue, 'cost.discountRatePerYear'),
  };
}

export function createSite(catalogue: Catalogue, regionId: string, id: string): Site {
  return {
    id,
    name: catalogue.regions.get(regionId)?.name ?? 'New site',
    regionId,
    powerCapKw: null,
    ...siteDefaults(catalogue, regionId),
  };
}

export function createCluster(
  catalogue: Catalogue,
  systemId: string,
  siteId: string,
  id: string,
  nodes?: Quantity,
): Cluster {
  const system = systemById(catalogue, systemId);
  const defaults = clusterDefaults(catalogue, systemId);
  return {
    id,
    name: system?.name ?? 'New cluster',
    siteId,
    systemId,
    ...defaults,
    nodes: nodes ?? defaults.nodes,
  };
}

interface Hardware {
  readonly system: System;
  readonly accelerator: Accelerator;
}

function hardwareOf(catalogue: Catalogue, cluster: Cluster): Hardware | null {
  const system = systemById(catalogue, cluster.systemId);
  const accelerator = system && catalogue.accelerators.get(system.acceleratorId);
  return system && accelerator ? { system, accelerator } : null;
}

/** Share of an accelerator's memory that a default layout plans with: the rest is for fragmentation. */
const plannedMemoryShare = 0.92;

function fittingLayout(
  catalogue: Catalogue,
  hardware: Hardware,
  cluster: Cluster,
  workload: Omit<TrainingWorkload, 'layout'>,
): TrainingLayout | null {
  const model = catalogue.models.get(workload.modelId);
  if (!model) return null;
  const { system, accelerator } = hardware;
  const device = describeDevice(accelerator, system, catalogue.assumptions);
  const chosen = chooseLayout(
    {
      architecture: model.architecture,
      parameters: countParameters(model.architecture),
      precision: workload.precision,
      sequenceLength: workload.sequenceLength.value,
      globalBatch: workload.globalBatchSequences.value,
      accelerators: cluster.nodes.value * system.acceleratorsPerNode.value,
    },
    { ...device, memoryBytes: plannedMemoryShare * device.memoryBytes },
    readTrainingConstants(catalogue.assumptions),
  );
  return chosen?.layout ?? null;
}

/** A training job with the model's published tokens, and the given layout, else one that fits the cluster where one does. */
export function createTraining(
  catalogue: Catalogue,
  modelId: string,
  cluster: Cluster,
  id: string,
  chosen: Partial<Pick<TrainingWorkload, 'tokens' | 'globalBatchSequences' | 'layout'>> = {},
): TrainingWorkload {
  const hardware = hardwareOf(catalogue, cluster);
  const workload = {
    kind: 'training' as const,
    id,
    name: `Train ${catalogue.models.get(modelId)?.name ?? 'a model'}`,
    clusterId: cluster.id,
    modelId,
    precision: trainingPrecision(hardware?.accelerator),
    ...trainingDefaults(catalogue, modelId),
    ...chosen,
    measuredStepSeconds: null,
  };
  const layout =
    chosen.layout ?? (hardware && fittingLayout(catalogue, hardware, cluster, workload));
  return { ...workload, layout: layout ?? plainLayout };
}

/** Share of the memory that weights may take by default, so that there is room for a cache worth having. */
const weightShare = 0.6;

function fittingTensorParallel(
  catalogue: Catalogue,
  modelId: string,
  hardware: Hardware,
  precision: Precision,
): number {
  const architecture = catalogue.models.get(modelId)?.architecture;
  if (!architecture) return 1;
  const { accelerator } = hardware;
  const degrees = allowedTensorParallel(architecture.heads, accelerator.scaleUpDomain.value);
  const room = weightShare * accelerator.memoryCapacity.value * 1e9;
  const bytes = weightBytes(architecture, precision);
  return degrees.find((degree) => bytes / degree <= room) ?? degrees.at(-1) ?? 1;
}

/** An inference service in 8 bits where the part has them, with as many tensor-parallel ranks as the weights need. */
export function createInference(
  catalogue: Catalogue,
  modelId: string,
  cluster: Cluster,
  id: string,
): InferenceWorkload {
  const hardware = hardwareOf(catalogue, cluster);
  const hasEightBit = hardware?.accelerator.peakDense.fp8 !== undefined;
  const precision: Precision = hasEightBit ? 'fp8' : trainingPrecision(hardware?.accelerator);
  return {
    kind: 'inference',
    id,
    name: `Serve ${catalogue.models.get(modelId)?.name ?? 'a model'}`,
    clusterId: cluster.id,
    modelId,
    weightPrecision: precision,
    keyValuePrecision: precision,
    tensorParallel: hardware ? fittingTensorParallel(catalogue, modelId, hardware, precision) : 1,
    ...inferenceDefaults(catalogue),
  };
}

const taskVerbs: Readonly<Record<TaskKind, string>> = {
  image: 'Images of',
  video: 'Videos of',
  embedding: 'Embeddings of',
  speech: 'Transcripts of',
};

/** A service that answers in one piece, in the 16-bit format that the part computes in. */
export function createTask(
  catalogue: Catalogue,
  task: TaskKind,
  modelId: string,
  cluster: Cluster,
  id: string,
): TaskWorkload {
  return {
    kind: 'task',
    task,
    id,
    name: `${taskVerbs[task]} ${findTaskModel(catalogue, task, modelId)?.row.name ?? 'a model'}`,
    clusterId: cluster.id,
    modelId,
    precision: trainingPrecision(hardwareOf(catalogue, cluster)?.accelerator),
    ...taskDefaults(catalogue, task),
  };
}
