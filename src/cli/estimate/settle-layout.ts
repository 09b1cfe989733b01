import type { Recompute, TrainingLayout, ZeroStage } from '@engine/plan';
import { chunkChoices } from '@engine/search/chunks';
import { chooseLayout } from '@engine/search/choose-layout';
import type { TrainingConstants } from '@engine/training/constants';
import type { TrainingJob } from '@engine/training/job';
import { trainingMemory } from '@engine/training/memory';
import { stepTime } from '@engine/training/step-time';
import { CaseError, type CaseTraining } from './case';
import type { Machine } from './case-hardware';
import type { Work } from './estimate-training';
import { readRecompute, readZeroStage } from './training-fields';

type Assume = (sentence: string) => void;

/** Completes the layout of a case: what it states stays, what it leaves open is chosen as the fastest that fits, and said. */
export function settleLayout(
  work: Work,
  given: CaseTraining,
  machine: Machine,
  constants: TrainingConstants,
  assume: Assume,
): TrainingJob {
  if (!given.tp && !given.pp && !given.dp) return searched(work, machine, constants, assume);
  const tensorParallel = given.tp ?? 1;
  const pipelineParallel = given.pp ?? 1;
  const contextParallel = given.cp ?? 1;
  const perReplica = tensorParallel * pipelineParallel * contextParallel;
  const dataParallel = given.dp ?? machine.count / perReplica;
  if (!given.dp) assume(`data parallel ${dataParallel}: not given, what the layout leaves`);
  const microBatch = given.micro_batch ?? 1;
  if (!given.micro_batch) assume('micro-batch 1: not given');
  const expertParallel =
    given.ep ?? usualExpertParallel(work, tensorParallel * dataParallel, assume);
  const fixed = { tensorParallel, pipelineParallel, contextParallel, expertParallel, microBatch };
  const open = {
    virtualStages: given.vpp
      ? [given.vpp]
      : chunkChoices(
          work.architecture.layers,
          pipelineParallel,
          work.globalBatch / (dataParallel * microBatch),
        ),
    recompute: recomputeChoices(given),
    zeroStage: zeroChoices(given),
  };
  const jobs = open.virtualStages.flatMap((virtualStages) =>
    open.recompute.flatMap((recompute) =>
      open.zeroStage.map((zeroStage): TrainingJob => {
        const layout: TrainingLayout = { ...fixed, virtualStages, recompute, zeroStage };
        return { ...work, layout, dataParallel };
      }),
    ),
  );
  const chosen = fastestThatFits(jobs, machine, constants);
  if (open.virtualStages.length > 1)
    assume(`${chosen.layout.virtualStages} chunks per stage: not given`);
  if (open.recompute.length > 1) assume(`recomputation ${chosen.layout.recompute}: not given`);
  if (open.zeroStage.length > 1 || readZeroStage(given.zero_stage_or_fsdp) === null) {
    assume(`ZeRO stage ${chosen.layout.zeroStage}: not given`);
  }
  return chosen;
}

function searched(
  work: Work,
  machine: Machine,
  constants: TrainingConstants,
  assume: Assume,
): TrainingJob {
  const chosen = chooseLayout({ ...work, accelerators: machine.count }, machine.device, constants);
  if (chosen === null) {
    throw new CaseError(
      'No layout is given, and none of the usual ones fits into memory and divides the batch.',
    );
  }
  const { layout, dataParallel } = chosen;
  assume(
    `layout TP ${layout.tensorParallel}, PP ${layout.pipelineParallel}, DP ${dataParallel}: not given, the fastest that fits`,
  );
  return { ...work, layout, dataParallel };
}

function usualExpertParallel(work: Work, ranks: number, assume: Assume): number {
  const experts = work.architecture.mixtureOfExperts?.experts;
  if (experts === undefined) return 1;
  const degree = [8, 4, 2].find((count) => experts % count === 0 && ranks % count === 0) ?? 1;
  assume(`expert parallel ${degree}: not given`);
  return degree;
}

function recomputeChoices(given: CaseTraining): readonly Recompute[] {
  const stated = readRecompute(given.recompute);
  return stated === null ? ['none', 'selective', 'full'] : [stated];
}

function zeroChoices(given: CaseTraining): readonly ZeroStage[] {
  return [readZeroStage(given.zero_stage_or_fsdp) ?? 1];
}

function fastestThatFits(
  jobs: readonly TrainingJob[],
  machine: Machine,
  constants: TrainingConstants,
): TrainingJob {
  const [first] = jobs;
  if (first === undefined) throw new CaseError('The case leaves no layout to try.');
  const memory = (job: TrainingJob): number => trainingMemory(job, constants).total;
  const fitting = jobs.filter((job) => memory(job) <= machine.device.memoryBytes);
  if (fitting.length === 0) {
    return jobs.reduce((least, job) => (memory(job) < memory(least) ? job : least), first);
  }
  const seconds = (job: TrainingJob): number => stepTime(job, machine.device, constants).total;
  return fitting.reduce((best, job) => (seconds(job) < seconds(best) ? job : best));
}
