import type { Architecture, Catalogue } from '@engine/catalogue/types';
import { readTrainingConstants, type TrainingConstants } from '@engine/training/constants';
import type { TrainingJob } from '@engine/training/job';
import { trainingMemory } from '@engine/training/memory';
import type { StepTime } from '@engine/training/step-time';
import { type CaseTraining, type FlopConvention, type Prediction } from './case';
import type { Machine } from './case-hardware';
import { refuseImpossibleDegrees, sayFullMemory, sayUnevenTraining } from './case-problems';
import { settleLayout } from './settle-layout';
import { withImpliedDegrees } from './stated-degrees';
import { acceleratorsOf, predictTraining } from './training-metrics';
import { trainingInterval } from './training-interval';
import { trainingQuestion } from './training-question';

type Assume = (sentence: string) => void;

/** A training case with everything settled that does not depend on time: what calibration varies constants on. */
export interface SettledTraining {
  readonly job: TrainingJob;
  readonly machine: Machine;
  readonly convention: FlopConvention | null | undefined;
  readonly tokens: number | null;
  readonly openFields: number;
}

/** Settles one training case: what is trained, by which software, in which layout. */
export function settleTraining(
  asked: CaseTraining,
  architecture: Architecture,
  publishedTokens: number | null,
  machine: Machine,
  constants: TrainingConstants,
  convention: FlopConvention | null | undefined,
  assume: Assume,
): SettledTraining {
  const { count, device } = machine;
  const stated = machine.isCountGiven ? count : null;
  refuseImpossibleDegrees(asked, architecture, stated);
  const given = withImpliedDegrees(asked, count, device.acceleratorsPerNode, assume);
  const question = trainingQuestion(given, architecture, machine, assume);
  const job = settleLayout(question, given, machine, constants, assume);
  sayUnevenTraining(job, given, stated, assume);
  sayFullMemory(trainingMemory(job, constants).total, device.memoryBytes, assume);
  const tokens = given.tokens_total ?? publishedTokens;
  if (!given.tokens_total && publishedTokens) {
    assume(`${publishedTokens.toExponential(3)} training tokens: of the published run`);
  }
  const open = [given.tp, given.pp, given.dp, given.micro_batch, given.recompute, given.precision];
  return {
    job,
    machine,
    convention,
    tokens,
    openFields: open.filter((field) => !field).length,
  };
}

/** Predicts one training case. */
export function estimateTraining(
  given: CaseTraining,
  architecture: Architecture,
  publishedTokens: number | null,
  machine: Machine,
  catalogue: Catalogue,
  convention: FlopConvention | null | undefined,
  assume: Assume,
): Omit<Prediction, 'id' | 'assumptions'> {
  const constants = readTrainingConstants(catalogue.assumptions);
  const settled = settleTraining(
    given,
    architecture,
    publishedTokens,
    machine,
    constants,
    convention,
    assume,
  );
  const { job } = settled;
  const { predicted, step } = predictTraining(job, machine.device, constants, convention, {
    ...settled,
    count: acceleratorsOf(job),
  });
  if (settled.tokens !== null) {
    const percent = Math.round(constants.campaignShare * 100);
    assume(
      `${percent} % of the hours of a whole run are steps at the steady rate, for days and hours`,
    );
  }
  return {
    predicted,
    interval: Object.fromEntries(
      Object.entries(predicted)
        .filter(([metric]) => metric !== 'memory_gb_per_gpu')
        .map(([metric, value]) => [metric, trainingInterval(metric, value, settled, catalogue)]),
    ),
    breakdown: breakdown(step),
    layout: layoutText(job),
    bound: boundOf(step),
  };
}

export function breakdown(step: StepTime): Record<string, number> {
  return {
    compute_s: step.matmul + step.attention + step.elementwise,
    recompute_s: step.recompute,
    tensor_parallel_s: step.tensorParallel,
    expert_parallel_s: step.expertParallel,
    context_parallel_s: step.contextParallel,
    pipeline_transfer_s: step.pipelineTransfer,
    pipeline_bubble_s: step.pipelineBubble,
    data_parallel_s: step.dataParallel,
    host_transfer_s: step.hostTransfer,
    optimizer_s: step.optimizer,
    software_s: step.software,
  };
}

export function layoutText({
  layout,
  dataParallel,
  software,
}: TrainingJob): Record<string, number | string> {
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
    ...(layout.schedule ? { schedule: layout.schedule } : {}),
    ...(layout.contextExchange ? { cp_type: layout.contextExchange } : {}),
    ...(layout.recomputedLayers ? { recomputed_layers: layout.recomputedLayers } : {}),
    ...(layout.shardGroup ? { shard_group: layout.shardGroup } : {}),
    ...(layout.optimizer ? { optimizer: layout.optimizer } : {}),
    ...(layout.offloadsOptimizer ? { optimizer_offload: 'host' } : {}),
    ...(layout.offloadsWeights ? { param_offload: 'host' } : {}),
    ...(layout.offloadedLayers ? { offloaded_layers: layout.offloadedLayers } : {}),
    ...(software ? { software: software.generation } : {}),
  };
}

function boundOf(step: StepTime): string {
  const parts = Object.entries(breakdown(step));
  const [name] = parts.reduce((most, part) => (part[1] > most[1] ? part : most));
  return name.replace(/_s$/, '').replaceAll('_', ' ');
}
