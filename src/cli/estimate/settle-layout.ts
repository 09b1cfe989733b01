import type { LayoutQuestion, RankedLayout } from '@engine/search/layout-question';
import type { LayoutConstraints } from '@engine/search/layout-space';
import { nearestLayout, type NearestLayout } from '@engine/search/nearest-layout';
import { searchLayouts } from '@engine/search/search-layouts';
import type { Recompute, ZeroStage } from '@engine/plan';
import type { TrainingConstants } from '@engine/training/constants';
import type { TrainingJob } from '@engine/training/job';
import { CaseError, type CaseTraining } from './case';
import type { Machine } from './case-hardware';
import { expertDegrees, expertRanks } from './expert-degrees';
import {
  habitualMicroBatches,
  habitualRecompute,
  runsBatchWhole,
  runsStagesWhole,
} from './framework-habits';
import { withUsualSchedule } from './usual-schedule';
import { unsaidDegrees } from './stated-degrees';
import { settingText } from './setting';
import { sliceGroup, wholeBatchOf } from './slices';
import { readLayoutExtras, readRecompute, readZeroStage } from './training-fields';

type Assume = (sentence: string) => void;

/** A layout that ran fitted into memory: what ours counts too high must not rule it out. */
const ownError = 1.15;
/**
 * Where nothing fits even so, states were narrower than usual (8 bytes per parameter instead of 16) or elsewhere: nothing says
 * that all was recomputed to make room.
 */
const narrowStates = 1.6;
/** A rounded batch is taken for the one that a faster layout divides where that is faster by more than this. */
const worthRounding = 1.05;
const usualMicroBatches = [1, 2, 4, 8];
/** Tokens that a micro-batch seldom exceeds where nobody says otherwise. */
const usualMicroBatchTokens = 8192;

/**
 * Micro-batches worth trying where a case leaves them open. Models with experts nearly always run one sequence at a time on
 * GPUs: what their experts keep for the backward pass leaves no room, and routing may load one rank with more.
 */
function openMicroBatches(
  { architecture, sequenceLength }: LayoutQuestion,
  { device }: Machine,
): readonly number[] {
  if (architecture.mixtureOfExperts !== null && device.unit !== 'systolic') return [1];
  return usualMicroBatches.filter(
    (size) => size === 1 || size * sequenceLength <= usualMicroBatchTokens,
  );
}

/** Completes the layout of a case: what it states stays, what it leaves open is the fastest that fits, and said. */
export function settleLayout(
  question: LayoutQuestion,
  given: CaseTraining,
  machine: Machine,
  constants: TrainingConstants,
  assume: Assume,
): TrainingJob {
  const stated = statedConstraints(question, given, machine);
  const attempts = [
    ...wholeBatches(stated, question, given, machine, constants),
    stated,
    relaxed(stated),
    { ...relaxed(stated), microBatch: [1] },
  ];
  for (const constraints of attempts) {
    const found = foundWith(constraints, question, given, machine, constants);
    const fastest = leastOf(found, ({ best }) => best?.stepSeconds);
    const smallest = leastOf(found, ({ leastMemory }) => leastMemory?.memoryBytes);
    const chosen = fastest?.best ?? smallest?.leastMemory;
    if (!chosen) continue;
    const near =
      fastest && nearIfRounded(question, fastest.best, given, machine, constants, stated);
    if (near) return settleNear(question, near, given, machine, assume);
    return settled((fastest ?? smallest)?.asked ?? question, chosen, given, machine, assume);
  }
  const near = nearestLayout(question, machine.device, constants, stated);
  if (near === null) throw new CaseError('No layout of these accelerators divides the batch.');
  return settleNear(question, near, given, machine, assume);
}

/**
 * With the batch of a replica in as few micro-batches as fit, for software that compiles a step over the whole of it and cuts it
 * only when told to; none for other software, where the case states the micro-batch, or where nothing fits.
 */
function wholeBatches(
  constraints: LayoutConstraints,
  question: LayoutQuestion,
  given: CaseTraining,
  machine: Machine,
  constants: TrainingConstants,
): readonly LayoutConstraints[] {
  const replicas = constraints.dataParallel?.[0];
  if (!runsBatchWhole(given) || given.micro_batch || given.grad_accum || !replicas) return [];
  const whole = question.globalBatch / replicas;
  for (let pieces = 1; pieces <= whole; pieces *= 2) {
    const cut = { ...constraints, microBatch: [whole / pieces] };
    const options = { constraints: cut, top: 1, memoryTolerance: ownError };
    if (searchLayouts(question, machine.device, constants, options).best.length > 0) return [cut];
  }
  return [];
}

interface FoundLayout {
  readonly asked: LayoutQuestion;
  readonly best: RankedLayout | null;
  readonly leastMemory: RankedLayout | null;
}

/** The fastest layout for each way of sharing experts, and the smallest where none fits. */
function foundWith(
  constraints: LayoutConstraints,
  question: LayoutQuestion,
  given: CaseTraining,
  machine: Machine,
  constants: TrainingConstants,
): readonly FoundLayout[] {
  const foundAt = (memoryTolerance: number, held = constraints): readonly FoundLayout[] =>
    expertRanks(question, given).map((ranks) => {
      const asked = ranks > 1 ? { ...question, expertTensorParallel: ranks } : question;
      const options = { constraints: held, top: 1, memoryTolerance };
      const { best, leastMemory } = searchLayouts(asked, machine.device, constants, options);
      return { asked, best: best[0] ?? null, leastMemory };
    });
  const isGiven = Boolean(given.tp || given.pp || given.dp);
  const found = foundAt(isGiven ? ownError : 1);
  const fits = (layouts: readonly FoundLayout[]) => layouts.some(({ best }) => best !== null);
  if (fits(found) || found.every(({ leastMemory }) => leastMemory === null)) return found;
  const narrow = isGiven ? foundAt(narrowStates) : found;
  const unsaid = unsaidDegrees(given);
  if (isGiven && !fits(narrow) && unsaid.length > 1) {
    const opened = foundAt(1, withoutDegrees(constraints, unsaid));
    if (fits(opened)) return opened;
  }
  return narrow;
}

/**
 * A batch stated in tokens is a rounded one: 4 million tokens are 2,048 sequences of 2,048 where 2,048 accelerators share them.
 * Null where the layout is not open, or the batch as written loses little.
 */
function nearIfRounded(
  question: LayoutQuestion,
  exact: RankedLayout | null,
  given: CaseTraining,
  machine: Machine,
  constants: TrainingConstants,
  constraints: LayoutConstraints,
): NearestLayout | null {
  const isOpen = !given.tp && !given.pp && !given.dp && !given.global_batch_seqs;
  if (exact === null || !isOpen || !given.global_batch_tokens) return null;
  const near = nearestLayout(question, machine.device, constants, constraints);
  if (near === null) return null;
  const gain =
    (near.question.globalBatch / near.chosen.stepSeconds) *
    (exact.stepSeconds / question.globalBatch);
  return gain > worthRounding ? near : null;
}

function settleNear(
  asked: LayoutQuestion,
  { question, chosen }: NearestLayout,
  given: CaseTraining,
  machine: Machine,
  assume: Assume,
): TrainingJob {
  sayNear(asked, question, assume);
  return settled(question, chosen, given, machine, assume);
}

/** The job of a chosen layout, with what of it was open said. */
function settled(
  question: LayoutQuestion,
  chosen: RankedLayout,
  given: CaseTraining,
  machine: Machine,
  assume: Assume,
): TrainingJob {
  sayOpen(chosen, given, assume);
  const { acceleratorsPerNode } = machine.device;
  const extras = readLayoutExtras(given, acceleratorsPerNode, question.architecture.layers);
  const layout = { ...chosen.layout, ...sliceGroup(chosen, given, machine.device), ...extras };
  const job = { ...question, layout, dataParallel: chosen.dataParallel };
  return withUsualSchedule(job, machine.device, assume, !given.vpp);
}

/** Says which accelerators stand idle, and to what the batch was rounded. */
function sayNear(asked: LayoutQuestion, near: LayoutQuestion, assume: Assume): void {
  const idle = asked.accelerators - near.accelerators;
  if (idle > 0)
    assume(`${idle} of ${asked.accelerators} accelerators idle: no layout divides them all`);
  if (near.globalBatch !== asked.globalBatch) {
    assume(
      `global batch of ${near.globalBatch} sequences instead of ${asked.globalBatch}: no layout divides it`,
    );
  }
}

/** The one with the least of a number that some have; null where none has it. */
function leastOf<Item>(
  items: readonly Item[],
  numberOf: (item: Item) => number | undefined,
): Item | null {
  let least: Item | null = null;
  for (const item of items) {
    const value = numberOf(item);
    if (value === undefined) continue;
    if (least === null || value < (numberOf(least) ?? Number.POSITIVE_INFINITY)) least = item;
  }
  return least;
}

function withoutDegrees(
  constraints: LayoutConstraints,
  degrees: readonly (keyof LayoutConstraints)[],
): LayoutConstraints {
  return Object.fromEntries(
    Object.entries(constraints).filter(([axis]) => !degrees.some((degree) => degree === axis)),
  );
}

/** Without a data-parallel degree the batch need not divide: sources print rounded batches. */
function relaxed(constraints: LayoutConstraints): LayoutConstraints {
  const { tensorParallel, pipelineParallel, contextParallel, expertParallel } = constraints;
  const kept = { tensorParallel, pipelineParallel, contextParallel, expertParallel };
  const named = Object.fromEntries(
    Object.entries(kept).filter(([, values]) => values !== undefined),
  );
  return { ...constraints, ...named, microBatch: [1, 2, 4] };
}

function statedConstraints(
  question: LayoutQuestion,
  given: CaseTraining,
  machine: Machine,
): LayoutConstraints {
  const isSharded = isFullySharded(question, given, machine);
  const isPartlyGiven = Boolean(given.tp || given.pp || given.dp) || isSharded;
  const one = (value: number | null | undefined): readonly number[] | undefined =>
    value ? [value] : isPartlyGiven ? [1] : undefined;
  const tensorParallel = one(given.tp);
  const pipelineParallel = one(given.pp);
  const contextParallel = given.cp ? [given.cp] : [1];
  const replica = (given.tp ?? 1) * (given.pp ?? 1) * (given.cp ?? 1);
  const dataParallel = isPartlyGiven
    ? [given.dp ?? Math.max(1, Math.round(question.accelerators / replica))]
    : undefined;
  const accumulated =
    given.grad_accum && dataParallel?.[0]
      ? question.globalBatch / (given.grad_accum * dataParallel[0])
      : null;
  const pieces = habitualMicroBatches(given);
  const cut =
    pieces && dataParallel?.[0] ? Math.floor(question.globalBatch / (pieces * dataParallel[0])) : 0;
  const whole = wholeBatchOf(question, given, machine.device, dataParallel?.[0]);
  const microBatch =
    whole ??
    given.micro_batch ??
    (accumulated && accumulated >= 1 ? accumulated : cut >= 1 ? cut : null);
  const recompute = readRecompute(given.recompute);
  const zeroStage = readZeroStage(given);
  const sharded = zeroStage ?? (question.trainsAdaptersOnly ? 0 : null);
  const sequenceParallel = [question.software?.hasSequenceParallel ?? true];
  const named = {
    tensorParallel,
    pipelineParallel,
    dataParallel,
    contextParallel,
    virtualStages: given.vpp ? [given.vpp] : runsStagesWhole(given) ? [1] : undefined,
    expertParallel: expertDegrees(given),
    microBatch: microBatch ? [microBatch] : openMicroBatches(question, machine),
    recompute: recompute ? recomputations(given, recompute) : openRecomputations(question, given),
    zeroStage: sharded === null ? zeroOf(isSharded, isPartlyGiven) : [sharded],
    sequenceParallel,
    // What a case does not say of these is the usual, not the fastest.
    schedule: ['1f1b'] as const,
    contextExchange: ['all-gather'] as const,
  };
  return Object.fromEntries(Object.entries(named).filter(([, values]) => values !== undefined));
}

/** A policy of one's own may recompute much or little: the least that fits. */
function recomputations(given: CaseTraining, stated: Recompute): readonly Recompute[] {
  return /custom|offload/.test(settingText(given.recompute)) && stated === 'selective'
    ? ['selective', 'full']
    : [stated];
}

/** What may be recomputed where a case leaves it open: what its framework does by itself, else the software of 2021, which trained in FP16, everything or nothing. */
function openRecomputations(
  { software, precision }: LayoutQuestion,
  given: CaseTraining,
): readonly Recompute[] | undefined {
  const habit = habitualRecompute(given);
  if (habit) return habit;
  return software?.generation === 'early' && precision === 'fp16' ? ['none', 'full'] : undefined;
}

function zeroOf(isSharded: boolean, isPartlyGiven: boolean): readonly ZeroStage[] | undefined {
  if (isSharded) return [3];
  return isPartlyGiven ? [1] : undefined;
}

/**
 * Sharding of weights or gradients without degrees, or replicas alone, mean data parallelism alone, where the batch reaches that far; on TPUs, which shard by
 * compiler, it is what people do when they do not say.
 */
function isFullySharded(question: LayoutQuestion, given: CaseTraining, machine: Machine): boolean {
  if (given.tp || given.pp || given.dp) return false;
  const text = settingText(given.zero_stage_or_fsdp);
  const saysSo = /fsdp(?!=0)|\bddp\b(?!\/)|(?:zero|stage)[-_ ]?(?:stage[-_ ]?)?[23]/.test(text);
  const isUsual = machine.device.unit === 'systolic' && machine.accelerator.kind === 'tpu';
  return (saysSo || isUsual) && question.globalBatch >= question.accelerators;
}

function sayOpen(
  { layout, dataParallel }: RankedLayout,
  given: CaseTraining,
  assume: Assume,
): void {
  const open: string[] = [];
  const say = (stated: unknown, text: string): void => {
    if (!stated) open.push(text);
  };
  say(given.tp, `TP ${layout.tensorParallel}`);
  say(given.pp, `PP ${layout.pipelineParallel}`);
  say(given.dp, `DP ${dataParallel}`);
  say(given.micro_batch, `micro-batch ${layout.microBatch}`);
  if (layout.pipelineParallel > 1) say(given.vpp, `${layout.virtualStages} chunks per stage`);
  if (layout.expertParallel > 1) say(given.ep, `EP ${layout.expertParallel}`);
  say(readRecompute(given.recompute), `recomputation ${layout.recompute}`);
  say(readZeroStage(given) !== null, `ZeRO stage ${layout.zeroStage}`);
  if (open.length > 0) assume(`${open.join(', ')}: not given, the fastest that fits`);
}
