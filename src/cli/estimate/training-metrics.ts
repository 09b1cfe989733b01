import { peakFlopPerSecond, type Device } from '@engine/hardware/device';
import {
  attentionFlopPerToken,
  forwardFlopPerToken,
  predictionFlopPerToken,
} from '@engine/model/flop';
import type { TrainingConstants } from '@engine/training/constants';
import type { TrainingJob } from '@engine/training/job';
import { trainingMemory } from '@engine/training/memory';
import { stepTime, type StepTime } from '@engine/training/step-time';
import type { FlopConvention } from './case';

type Convention = Partial<FlopConvention> | null | undefined;

/** What is predicted of one settled training job. */
export interface PredictedTraining {
  readonly predicted: Readonly<Record<string, number>>;
  readonly step: StepTime;
}

export function acceleratorsOf({ layout, dataParallel }: TrainingJob): number {
  return layout.tensorParallel * layout.pipelineParallel * layout.contextParallel * dataParallel;
}

/** Predicts every metric of a case from its settled job. */
export function predictTraining(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  convention: Convention,
  run: { readonly tokens: number | null; readonly count: number },
): PredictedTraining {
  const step = stepTime(job, device, constants);
  const accelerators = acceleratorsOf(job);
  const tokensPerSecond = (job.globalBatch * job.sequenceLength) / step.total / accelerators;
  const peak = statedPeak(convention) ?? peakFlopPerSecond(device, job.precision);
  const predicted: Record<string, number> = {
    tokens_per_s_per_gpu: tokensPerSecond,
    tflops_per_gpu: (tokensPerSecond * flopPerToken(job, convention)) / 1e12,
    mfu: (tokensPerSecond * modelFlopPerToken(job, convention)) / peak,
    hfu: (tokensPerSecond * hardwareFlopPerToken(job, convention)) / peak,
    iteration_s: step.total,
    memory_gb_per_gpu: trainingMemory(job, constants).total / 1e9,
  };
  if (run.tokens !== null) {
    const hours = run.tokens / tokensPerSecond / 3600 / constants.campaignShare;
    predicted['gpu_hours'] = hours;
    predicted['days'] = hours / accelerators / 24;
  }
  return { predicted, step };
}

/** Work per token as the case's source counts it; without a word, model FLOP with full attention as in the PaLM paper. */
function flopPerToken(job: TrainingJob, convention: Convention): number {
  return convention?.numerator?.startsWith('hardware')
    ? hardwareFlopPerToken(job, convention)
    : modelFlopPerToken(job, convention);
}

function hardwareFlopPerToken(job: TrainingJob, convention: Convention): number {
  const model = modelFlopPerToken(job, convention);
  const attended = attendedTokens(job, convention);
  if (job.layout.recompute === 'full') return (model * 4) / 3;
  return job.layout.recompute === 'selective' && job.software?.generation === 'early'
    ? model + attentionFlopPerToken(job.architecture, attended)
    : model;
}

function attendedTokens(job: TrainingJob, convention: Convention): number {
  return convention?.attention === 'causal' ? job.sequenceLength / 2 : job.sequenceLength;
}

function modelFlopPerToken(job: TrainingJob, convention: Convention): number {
  const attended = attendedTokens(job, convention);
  const ahead = job.trainsAdaptersOnly ? 0 : predictionFlopPerToken(job.architecture, attended);
  return 3 * (forwardFlopPerToken(job.architecture, attended) + ahead);
}

/** A peak that the source divides by, when it is one plain number of TFLOP/s. */
function statedPeak(convention: Convention): number | null {
  const peak = Number(convention?.peak_tflops ?? Number.NaN);
  return Number.isFinite(peak) && peak > 0 ? peak * 1e12 : null;
}
