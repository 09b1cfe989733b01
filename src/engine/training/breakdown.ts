import type { Part } from '../report';
import type { TrainingMemory } from './memory';
import type { StepTime } from './step-time';

/** What an accelerator's memory holds, in GB; the parts add up to the total. */
export function memoryParts(memory: TrainingMemory): Part[] {
  const part = (key: string, label: string, value: number): Part => ({
    key,
    label,
    value: value / 1e9,
    unit: 'GB',
  });
  return [
    part('weights', 'Weights', memory.weights),
    part('gradients', 'Gradients', memory.gradients),
    part('optimizer', 'Optimizer state', memory.optimizer),
    part('activations', 'Activations', memory.activations),
    part('logits', 'Logits', memory.logits),
    part('fragmentation', 'Fragmentation', memory.fragmentation),
    part('framework', 'Driver, libraries and buffers', memory.framework),
  ];
}

const stepLabels: readonly (readonly [Exclude<keyof StepTime, 'total'>, string])[] = [
  ['matmul', 'Matrix products'],
  ['attention', 'Attention'],
  ['elementwise', 'Norms, activations and residuals'],
  ['recompute', 'Recomputation'],
  ['tensorParallel', 'Tensor-parallel communication, exposed'],
  ['expertParallel', 'Expert-parallel communication, exposed'],
  ['contextParallel', 'Context-parallel communication, exposed'],
  ['pipelineTransfer', 'Transfers between pipeline stages'],
  ['pipelineBubble', 'Pipeline bubble and uneven stages'],
  ['dataParallel', 'Data-parallel communication, exposed'],
  ['hostTransfer', 'Activations to host memory and back, exposed'],
  ['optimizer', 'Optimizer'],
  ['software', 'Gaps between kernels and waiting'],
];

/** What a step's time is spent on; scaled to the measurement where there is one, so that the parts add up to it. */
export function stepParts(modelled: StepTime, stepSeconds: number): Part[] {
  const scale = stepSeconds / modelled.total;
  return stepLabels.map(([key, label]) => ({
    key,
    label,
    value: modelled[key] * scale,
    unit: 's',
  }));
}

/** The largest part of a step, in words. */
export function boundOf(modelled: StepTime): string {
  const [, label] = stepLabels.reduce((most, part) =>
    modelled[part[0]] > modelled[most[0]] ? part : most,
  );
  return label.toLowerCase();
}
