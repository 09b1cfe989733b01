import type { TrainingLayout } from '@engine/plan';
import { extraLabels, type ExtraKey } from './layout-extra-fields';
import type { PartKind } from './subject';

/** A degree of parallelism or another small whole number of a workload. */
export interface DegreeField {
  /** where it stands in the workload, such as 'layout.tensorParallel' */
  readonly path: string;
  readonly label: string;
  readonly help: string;
  readonly keywords: string;
}

type DegreeKey = Exclude<keyof TrainingLayout, 'recompute' | 'zeroStage' | ExtraKey>;

function layoutField(key: DegreeKey, label: string, help: string, keywords: string): DegreeField {
  return { path: `layout.${key}`, label, help, keywords };
}

export const trainingDegrees: readonly DegreeField[] = [
  layoutField(
    'tensorParallel',
    'Tensor parallel',
    'Accelerators that share each matrix. Best kept within one scale-up domain.',
    'tp layout',
  ),
  layoutField(
    'pipelineParallel',
    'Pipeline parallel',
    'Stages that the layers are split into.',
    'pp layout stages',
  ),
  layoutField(
    'virtualStages',
    'Virtual stages',
    'Interleaved pieces per pipeline stage; more of them shorten the bubble.',
    'vpp interleaved layout',
  ),
  layoutField(
    'contextParallel',
    'Context parallel',
    'Accelerators that share each sequence.',
    'cp sequence layout',
  ),
  layoutField(
    'expertParallel',
    'Expert parallel',
    'Accelerators that the experts are spread over.',
    'ep moe layout',
  ),
  layoutField(
    'microBatch',
    'Micro-batch',
    'Sequences that one replica passes through at once.',
    'mbs layout',
  ),
];

export const inferenceDegrees: readonly DegreeField[] = [
  {
    path: 'tensorParallel',
    label: 'Tensor parallel',
    help: 'Accelerators that share each matrix: one replica of the model.',
    keywords: 'tp layout replica',
  },
  {
    path: 'pipelineParallel',
    label: 'Pipeline parallel',
    help: 'Stages that the layers of a replica are split into.',
    keywords: 'pp layout replica stages',
  },
  {
    path: 'attentionDataParallel',
    label: 'Data-parallel attention',
    help: 'Groups among the tensor-parallel accelerators, each with all heads of its own requests. Best for latent attention.',
    keywords: 'dp attention layout groups mla',
  },
  {
    path: 'expertParallel',
    label: 'Expert parallel',
    help: 'Accelerators that whole experts are spread over. With data-parallel attention: all of them.',
    keywords: 'ep moe layout',
  },
];

/** Layout fields that are a choice, for the command palette and for findings that point at them. */
export const choiceLabels = {
  'layout.recompute': 'Recompute',
  'layout.zeroStage': 'Optimizer sharding (ZeRO)',
  'layout.schedule': extraLabels.schedule,
  'layout.contextExchange': extraLabels.contextExchange,
  'layout.momentPrecision': extraLabels.momentPrecision,
  'layout.optimizer': extraLabels.optimizer,
  'layout.offloadsOptimizer': extraLabels.offloadsOptimizer,
  'layout.offloadsWeights': extraLabels.offloadsWeights,
  'layout.offloadedLayers': extraLabels.offloadedLayers,
  'layout.software': extraLabels.software,
  'layout.recomputedLayers': extraLabels.recomputedLayers,
  'layout.shardGroup': extraLabels.shardGroup,
  'layout.capacityFactor': extraLabels.capacityFactor,
  precision: 'Precision',
  weightPrecision: 'Weight precision',
  keyValuePrecision: 'Key–value cache precision',
  modelId: 'Model',
  systemId: 'System',
  regionId: 'Region',
} as const;

export type ChoicePath = keyof typeof choiceLabels;

/** The choices of each kind of part, in the order of the inspector. */
export const partChoices: Readonly<Record<PartKind, readonly ChoicePath[]>> = {
  site: ['regionId'],
  cluster: ['systemId'],
  training: [
    'modelId',
    'precision',
    'layout.recompute',
    'layout.zeroStage',
    'layout.schedule',
    'layout.contextExchange',
    'layout.optimizer',
    'layout.momentPrecision',
    'layout.software',
    'layout.offloadsOptimizer',
    'layout.offloadsWeights',
    'layout.offloadedLayers',
    'layout.recomputedLayers',
    'layout.shardGroup',
    'layout.capacityFactor',
  ],
  inference: ['modelId', 'weightPrecision', 'keyValuePrecision'],
  task: ['modelId', 'precision'],
  costs: [],
  timeline: [],
};

/** Degrees of a replica that a plan holds. */
export const inferenceDegreeKeys = [
  'tensorParallel',
  'pipelineParallel',
  'attentionDataParallel',
  'expertParallel',
] as const;

export type InferenceDegreeKey = (typeof inferenceDegreeKeys)[number];

export function isInferenceDegree(path: string): path is InferenceDegreeKey {
  return inferenceDegreeKeys.some((key) => key === path);
}

export function degreeLabel(path: string): string | null {
  return [...trainingDegrees, ...inferenceDegrees].find((d) => d.path === path)?.label ?? null;
}
