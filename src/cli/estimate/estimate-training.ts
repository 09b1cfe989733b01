import type { Architecture, Catalogue, Precision } from '@engine/catalogue/types';
import { assumptionValue } from '@engine/hardware/constants';
import { peakFlopPerSecond } from '@engine/hardware/device';
import { forwardFlopPerToken, attentionFlopPerToken } from '@engine/model/flop';
import { countParameters } from '@engine/model/parameters';
import type { TrainingJob } from '@engine/training/job';
import { readTrainingConstants } from '@engine/training/constants';
import { trainingMemory } from '@engine/training/memory';
import { stepTime, type StepTime } from '@engine/training/step-time';
import { intervalOf, type CaseTraining, type FlopConvention, type Prediction } from './case';
import type { Machine } from './case-hardware';
import { readPrecision } from './precision';
import { settleLayout } from './settle-layout';

type Assume = (sentence: string) => void;

/** Key of the relative error within which four of five published step times lie. */
const stepTimeErrorKey = 'training.stepTimeError';

/** Predicts one training case. */
export function estimateTraining(
  given: CaseTraining,
  architecture: Architecture,
  machine: Machine,
  catalogue: Catalogue,
  convention: FlopConvention | null | undefined,
  assume: Assume,
): Omit<Prediction, 'id' | 'assumptions'> {
  const constants = readTrainingConstants(catalogue.assumptions);
  const job = settleLayout(
    workOf(given, architecture, machine.count, assume),
    given,
    machine,
    constants,
    assume,
  );
  const step = stepTime(job, machine.device, constants);
  const memory = trainingMemory(job, constants);
  const accelerators = acceleratorsOf(job);
  const tokensPerSecond = (job.globalBatch * job.sequenceLength) / step.total / accelerators;
  const counted = flopPerToken(job, convention);
  const peak = statedPeak(convention) ?? peakFlopPerSecond(machine.device, job.precision);
  const effective = assumptionValue(catalogue.assumptions, 'training.effectiveTimeFraction');
  const hardwareShare = flopPerToken(job, { numerator: 'hardware', attention: 'full' });
  const predicted: Record<string, number> = {
    tokens_per_s_per_gpu: tokensPerSecond,
    tflops_per_gpu: (tokensPerSecond * counted) / 1e12,
    mfu: (tokensPerSecond * modelFlopPerToken(job, convention)) / peak,
    hfu: (tokensPerSecond * hardwareShare) / peak,
    iteration_s: step.total,
    memory_gb_per_gpu: memory.total / 1e9,
  };
  if (given.tokens_total) {
    const hours = given.tokens_total / (tokensPerSecond * accelerators) / 3600 / effective;
    predicted['gpu_hours'] = hours * accelerators;
    predicted['days'] = hours / 24;
    assume(
      `effective time ${Math.round(effective * 100)} % of wall-clock time, for days and hours`,
    );
  }
  const relative = assumptionValue(catalogue.assumptions, stepTimeErrorKey);
  return {
    predicted,
    interval: Object.fromEntries(
      Object.entries(predicted)
        .filter(([metric]) => metric !== 'memory_gb_per_gpu')
        .map(([metric, value]) => [metric, intervalOf(value, relative)]),
    ),
    breakdown: breakdown(step),
    layout: layoutText(job),
    bound: boundOf(step),
  };
}

export type Work = Omit<TrainingJob, 'layout' | 'dataParallel'>;

function workOf(
  given: CaseTraining,
  architecture: Architecture,
  accelerators: number,
  assume: Assume,
): Work {
  const precision: Precision = readPrecision(given.precision) ?? 'bf16';
  if (!readPrecision(given.precision)) assume('BF16: precision not given');
  const sequenceLength = given.seq_len ?? 4096;
  if (!given.seq_len) assume(`sequence length ${sequenceLength}: not given`);
  const stated =
    given.global_batch_seqs ??
    (given.global_batch_tokens ? given.global_batch_tokens / sequenceLength : null);
  const usualTokens = Math.max(4_194_304, 1_024 * accelerators);
  const globalBatch = stated ?? Math.max(1, Math.round(usualTokens / sequenceLength));
  if (stated === null) {
    assume(
      `global batch of ${globalBatch} sequences: not given, 4 Mi tokens or 1,024 per accelerator`,
    );
  }
  return {
    architecture,
    parameters: countParameters(architecture),
    precision,
    sequenceLength,
    globalBatch,
  };
}

function acceleratorsOf({ layout, dataParallel }: TrainingJob): number {
  return layout.tensorParallel * layout.pipelineParallel * layout.contextParallel * dataParallel;
}

function isHardwareCount(convention: FlopConvention | null | undefined): boolean {
  return convention?.numerator?.startsWith('hardware') ?? false;
}

/** Work per token as the case's source counts it; without a word, model FLOP with full attention as in the PaLM paper. */
function flopPerToken(
  job: TrainingJob,
  convention: Partial<FlopConvention> | null | undefined,
): number {
  const model = modelFlopPerToken(job, convention);
  if (!(convention?.numerator?.startsWith('hardware') ?? false)) return model;
  const attended = attendedTokens(job, convention);
  if (job.layout.recompute === 'full') return (model * 4) / 3;
  return job.layout.recompute === 'selective'
    ? model + attentionFlopPerToken(job.architecture, attended)
    : model;
}

function attendedTokens(
  job: TrainingJob,
  convention: Partial<FlopConvention> | null | undefined,
): number {
  return convention?.attention === 'causal' ? job.sequenceLength / 2 : job.sequenceLength;
}

function modelFlopPerToken(
  job: TrainingJob,
  convention: Partial<FlopConvention> | null | undefined,
): number {
  return 3 * forwardFlopPerToken(job.architecture, attendedTokens(job, convention));
}

/** A peak that the source divides by, when it is one plain number of TFLOP/s. */
function statedPeak(convention: FlopConvention | null | undefined): number | null {
  const peak = Number(convention?.peak_tflops ?? Number.NaN);
  return Number.isFinite(peak) && peak > 0 && !isHardwareCount(convention) ? peak * 1e12 : null;
}

function breakdown(step: StepTime): Record<string, number> {
  return {
    compute_s: step.matmul + step.attention + step.elementwise,
    recompute_s: step.recompute,
    tensor_parallel_s: step.tensorParallel,
    expert_parallel_s: step.expertParallel,
    context_parallel_s: step.contextParallel,
    pipeline_transfer_s: step.pipelineTransfer,
    pipeline_bubble_s: step.pipelineBubble,
    data_parallel_s: step.dataParallel,
    optimizer_s: step.optimizer,
    software_s: step.software,
  };
}

function layoutText({ layout, dataParallel }: TrainingJob): Record<string, number | string> {
  return {
    tp: layout.tensorParallel,
    pp: layout.pipelineParallel,
    vpp: layout.virtualStages,
    cp: layout.contextParallel,
    ep: layout.expertParallel,
    dp: dataParallel,
    micro_batch: layout.microBatch,
    recompute: layout.recompute,
    zero_stage: layout.zeroStage,
  };
}

function boundOf(step: StepTime): string {
  const parts = Object.entries(breakdown(step));
  const [name] = parts.reduce((most, part) => (part[1] > most[1] ? part : most));
  return name.replace(/_s$/, '').replaceAll('_', ' ');
}
