import type { Model } from '@engine/catalogue/types';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import { createChoice } from '../choice';
import type { ChoiceRange } from '../choice-range';
import { nearestStep } from '../steps';

/** The node that the chapter builds its clusters from. */
export const trainingSystemId = 'dgx-h100';
export const acceleratorsPerNode =
  bundledCatalogue.systems.get(trainingSystemId)?.acceleratorsPerNode.value ?? 8;

/** What the reader drags. */
export interface TrainingChoice {
  readonly modelId: string;
  readonly tokens: number;
  readonly nodes: number;
  /** tokens from which one optimizer step learns */
  readonly batchTokens: number;
}

/** Models of growing size whose run can be set beside the prediction, or that lie between them. */
const modelIds = [
  'llama-3.1-8b',
  'gemma-3-27b',
  'llama-3.1-70b',
  'gpt-3-175b',
  'llama-3.1-405b',
  'deepseek-v3',
];

export const trainingModels: readonly Model[] = modelIds.flatMap(
  (id) => bundledCatalogue.models.get(id) ?? [],
);

/** Powers of two, 8 to 65,536 accelerators: a layout can be found for every one of them. */
export const nodeSteps: readonly number[] = Array.from({ length: 14 }, (_, step) => 2 ** step);

/** 100 billion to 100 trillion tokens, ten steps to each power of ten. */
export const tokenSteps: readonly number[] = Array.from({ length: 31 }, (_, step) =>
  Number((1e11 * 10 ** (step / 10)).toPrecision(2)),
);

/** 1 to 64 million tokens per step, doubled each time, in whole sequences of 8,192. */
export const batchSteps: readonly number[] = Array.from(
  { length: 7 },
  (_, step) => 128 * 8_192 * 2 ** step,
);

const count = (value: number, locale: string) => formatValue(value, '', locale);

export const nodesRange: ChoiceRange = {
  label: 'H100 accelerators',
  steps: nodeSteps,
  unit: 'count',
  text: (nodes, locale) => count(nodes * acceleratorsPerNode, locale),
  shownPerValue: acceleratorsPerNode,
  isWhole: true,
};

export const tokensRange: ChoiceRange = {
  label: 'Tokens to learn from',
  steps: tokenSteps,
  unit: 'tokens',
  text: count,
};

export const batchRange: ChoiceRange = {
  label: 'Tokens per step',
  steps: batchSteps,
  unit: 'tokens',
  text: count,
  isWhole: true,
};

/** Llama 3 405B as it was published: where the reader starts. */
export const firstTrainingChoice: TrainingChoice = {
  modelId: 'llama-3.1-405b',
  tokens: tokenSteps[nearestStep(tokenSteps, 15.6e12)] ?? 1e13,
  nodes: 2_048,
  batchTokens: batchSteps[4] ?? 2 ** 24,
};

export const trainingChoice = createChoice(firstTrainingChoice);
