import type { LossStage, Part } from '../report';
import type { EvaluatedTraining } from './evaluated-training';
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

/**
 * From peak to useful work: what remains of the hardware's peak after each loss.
 *
 *   remaining = t_ideal / (time of everything up to this stage),   t_ideal = C · tokens / (G · P)
 *
 * C model FLOP per token · G accelerators · P dense peak of one [FLOP/s]. Money lost is the fall times the rent of the cluster.
 *
 * Leaves out: that C counts attention without the causal mask, so that the first stage may look better than it is.
 * Source: definition of model FLOPs utilisation, Chowdhery et al. 2022, https://arxiv.org/abs/2204.02311, from memory.
 */
export function trainingLossStages(
  evaluated: EvaluatedTraining,
  modelled: StepTime,
  stepSeconds: number,
): LossStage[] {
  const { flopPerToken, tokensPerStep, accelerators, workload, context } = evaluated;
  const scale = stepSeconds / modelled.total;
  const ideal = (flopPerToken * tokensPerStep) / (accelerators * evaluated.peakFlopPerSecond);
  const rentPerHour = accelerators * context.cluster.rentUsdPerAcceleratorHour.value;
  const stages: LossStage[] = [
    {
      key: 'peak',
      label: 'Peak, dense',
      remaining: 1,
      usdLostPerHour: 0,
      why: 'What the data sheet promises without sparsity.',
    },
  ];
  let remaining = 1;
  const add = (key: string, label: string, next: number, why: string): void => {
    const kept = Math.min(remaining, Number.isFinite(next) ? Math.max(0, next) : 0);
    stages.push({
      key,
      label,
      remaining: kept,
      usdLostPerHour: (remaining - kept) * rentPerHour,
      why,
    });
    remaining = kept;
  };
  let elapsed = 0;
  const after = (key: string, label: string, partSeconds: number, why: string): void => {
    elapsed += partSeconds * scale;
    add(key, label, ideal / elapsed, why);
  };
  after(
    'kernels',
    'Dense achievable',
    modelled.matmul + modelled.attention + modelled.elementwise,
    'Matrix products of real shapes stay below the peak; attention and element-wise work are limited by memory.',
  );
  after(
    'recompute',
    'Recomputation',
    modelled.recompute,
    'Activations thrown away to save memory are computed again; that work does not count as useful.',
  );
  after(
    'communication',
    'Communication',
    modelled.tensorParallel +
      modelled.expertParallel +
      modelled.contextParallel +
      modelled.pipelineTransfer +
      modelled.dataParallel,
    'Collectives that computation does not hide.',
  );
  after(
    'bubble',
    'Pipeline bubble',
    modelled.pipelineBubble,
    'Stages wait while the pipeline fills and empties, and for the busiest stage.',
  );
  after(
    'software',
    'Optimizer and software',
    modelled.optimizer + modelled.software,
    'Weight update, gaps between kernels, waiting for the slowest rank.',
  );
  add(
    'availability',
    'Availability',
    remaining * workload.effectiveTimeFraction.value,
    'Failures, restarts and checkpoints: wall-clock time that yields no kept step.',
  );
  add('useful', 'Useful', remaining, 'What ends up in the trained model.');
  return stages;
}
