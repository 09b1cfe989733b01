import { acceleratorPrice } from '../cost/accelerator-price';
import type { LossStage } from '../report';
import { effectiveTime } from './effective-time';
import type { EvaluatedTraining } from './evaluated-training';
import type { StepTime } from './step-time';

interface StepLoss {
  readonly key: string;
  readonly label: string;
  /** time of a modelled step that is lost here [s] */
  readonly seconds: number;
  readonly why: string;
}

/** Part of a step lost to waiting for the slowest rank [s]: it grows with the accelerators. */
function waitingSeconds({ constants, accelerators }: EvaluatedTraining, total: number): number {
  const { softwareOverhead, waitingPerDoubling, stepFixed } = constants;
  const waiting = waitingPerDoubling * Math.log2(Math.max(1, accelerators));
  return (waiting * (total - stepFixed)) / (1 + softwareOverhead + waiting);
}

/** A step from its kernels on, in the order in which its losses are told. */
function stepLosses(evaluated: EvaluatedTraining, modelled: StepTime): StepLoss[] {
  const stragglers = Math.min(modelled.software, waitingSeconds(evaluated, modelled.total));
  return [
    {
      key: 'kernels',
      label: 'Kernel efficiency',
      seconds: modelled.matmul + modelled.attention + modelled.elementwise,
      why: 'Matrix products of real shapes stay below the peak; attention and element-wise work are limited by memory.',
    },
    {
      key: 'recompute',
      label: 'Recomputation',
      seconds: modelled.recompute,
      why: 'Activations thrown away to save memory are computed again; that work does not count as useful.',
    },
    {
      key: 'communication',
      label: 'Communication',
      seconds:
        modelled.tensorParallel +
        modelled.expertParallel +
        modelled.contextParallel +
        modelled.pipelineTransfer +
        modelled.hostTransfer +
        modelled.dataParallel,
      why: 'Collectives that computation does not hide.',
    },
    {
      key: 'bubble',
      label: 'Pipeline bubble',
      seconds: modelled.pipelineBubble,
      why: 'Stages wait while the pipeline fills and empties, and for the busiest stage.',
    },
    {
      key: 'software',
      label: 'Optimizer and software',
      seconds: modelled.optimizer + modelled.software - stragglers,
      why: 'Weight update, gaps between kernels, data and logging.',
    },
    {
      key: 'stragglers',
      label: 'Stragglers',
      seconds: stragglers,
      why: 'Every step waits for its slowest rank; more accelerators, longer waits.',
    },
  ];
}

/**
 * From peak to useful work: what remains of the hardware's peak after each loss, with what the loss costs.
 *
 *   remaining = t_ideal / (time of everything up to this stage),   t_ideal = C · tokens / (G · P)
 *
 * C model FLOP per token · G accelerators · P dense peak of one [FLOP/s]. Money lost is the fall times the price of
 * the accelerators, per hour and over the whole run.
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
  const effective = effectiveTime(evaluated).value;
  const ideal = (flopPerToken * tokensPerStep) / (accelerators * evaluated.peakFlopPerSecond);
  const usdPerHour = accelerators * (acceleratorPrice(context).usdPerHour ?? 0);
  const hours = ((workload.tokens.value / tokensPerStep) * stepSeconds) / effective / 3_600;
  const stages: LossStage[] = [];
  let remaining = 1;
  const add = (key: string, label: string, next: number, why: string): void => {
    const kept = Math.min(remaining, Number.isFinite(next) ? Math.max(0, next) : 0);
    const usdLostPerHour = (remaining - kept) * usdPerHour;
    const usdLost = usdLostPerHour * hours;
    stages.push({ key, label, remaining: kept, usdLostPerHour, usdLost, why });
    remaining = kept;
  };
  add('peak', 'Peak, dense', 1, 'What the data sheet promises without sparsity.');
  let elapsed = 0;
  for (const { key, label, seconds, why } of stepLosses(evaluated, modelled)) {
    elapsed += (seconds * stepSeconds) / modelled.total;
    add(key, label, ideal / elapsed, why);
  }
  add(
    'availability',
    'Availability',
    remaining * effective,
    'Failures, restarts and checkpoints: wall-clock time that yields no kept step.',
  );
  add('useful', 'Useful', remaining, 'What ends up in the trained model.');
  return stages;
}
