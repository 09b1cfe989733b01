import type { ProcessorJob } from '@engine/processors/job';
import type { Machine } from '@engine/processors/machine';
import type { Plan } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import { emptyPlan, newCluster, newInference, newTraining } from '../../../document/new-parts';
import { createChoice } from '../choice';
import type { ChoiceRange } from '../choice-range';

/** What the reader chooses: the work, how much of it, and how many GPUs set the pace. */
export interface ProcessorsChoice {
  readonly kind: ProcessorJob['kind'];
  readonly answers: number;
  readonly sequences: number;
  readonly gpus: number;
}

const modelId = 'llama-3.1-8b';
const gpuId = 'h100-sxm';
const gpuSystemId = 'dgx-h100';
const cpuId = 'xeon-6980p';
const inputTokens = 1_000;
const outputTokens = 400;

export const modelName = bundledCatalogue.models.get(modelId)?.name ?? modelId;

/** One answer to a million, ten times as many at each step. */
export const answerSteps: readonly number[] = Array.from({ length: 7 }, (_, step) => 10 ** step);

/** 256 to 4,096 sequences of 8,192 tokens: 2 to 34 million tokens in one step of training. */
export const sequenceSteps: readonly number[] = [256, 512, 1_024, 2_048, 4_096];

export const gpuSteps: readonly number[] = [8, 16, 32, 64, 128, 256];

export const firstProcessorsChoice: ProcessorsChoice = {
  kind: 'answers',
  answers: 10_000,
  sequences: 1_024,
  gpus: 8,
};

export const processorsChoice = createChoice(firstProcessorsChoice);

const count = (value: number, locale: string) => formatValue(value, '', locale);

export const answersRange: ChoiceRange = {
  label: 'Answers asked at once',
  steps: answerSteps,
  unit: 'count',
  text: count,
  isWhole: true,
};

export const sequencesRange: ChoiceRange = {
  label: 'Sequences in the step',
  steps: sequenceSteps,
  unit: 'count',
  text: count,
  isWhole: true,
};

export const gpusRange: ChoiceRange = {
  label: 'GPUs that set the pace',
  steps: gpuSteps,
  unit: 'count',
  text: count,
  isWhole: true,
};

export function jobOf(choice: ProcessorsChoice): ProcessorJob {
  return choice.kind === 'answers'
    ? {
        kind: 'answers',
        modelId,
        weightPrecision: 'bf16',
        keyValuePrecision: 'bf16',
        answers: choice.answers,
        inputTokens,
        outputTokens,
      }
    : {
        kind: 'training step',
        modelId,
        precision: 'bf16',
        sequences: choice.sequences,
        sequenceLength: 8_192,
      };
}

/** From one core to a cluster of CPUs, one GPU, and the GPUs that set the pace. */
export function machinesOf({ gpus }: ProcessorsChoice): readonly Machine[] {
  return [
    { acceleratorId: cpuId, processors: 1, cores: 1 },
    { acceleratorId: cpuId, processors: 1 },
    { acceleratorId: cpuId, processors: 2 },
    { acceleratorId: cpuId, processors: 128 },
    { acceleratorId: gpuId, processors: 1 },
    { acceleratorId: gpuId, processors: gpus },
  ];
}

/** The same work on the GPUs that set the pace, as a plan. */
export function processorsPlan(choice: ProcessorsChoice): Plan {
  const base = emptyPlan(`${modelName} on ${choice.gpus} H100`, null);
  const perNode = bundledCatalogue.systems.get(gpuSystemId)?.acceleratorsPerNode.value ?? 8;
  const nodes = Math.ceil(choice.gpus / perNode);
  const cluster = newCluster(base, base.sites[0]?.id ?? '', gpuSystemId, nodes);
  const plan = { ...base, clusters: [cluster] };
  if (choice.kind === 'training step') {
    const job = newTraining(plan, cluster, modelId, {
      globalBatchSequences: { value: choice.sequences, origin: 'yours' },
    });
    return { ...plan, workloads: [job] };
  }
  const service = newInference(plan, cluster, modelId);
  return {
    ...plan,
    workloads: [
      {
        ...service,
        weightPrecision: 'bf16',
        keyValuePrecision: 'bf16',
        inputTokens: { value: inputTokens, origin: 'yours' },
        outputTokens: { value: outputTokens, origin: 'yours' },
      },
    ],
  };
}
