import type { Architecture } from '@engine/catalogue/types';
import { cacheBytesOf } from '@engine/inference/attention';
import { servingMemory } from '@engine/inference/capacity';
import type { Serving } from '@engine/inference/serving';
import type { TrainingJob } from '@engine/training/job';
import { CaseError, caseMisstatements, type CaseServing, type CaseTraining } from './case';
import type { Misstatement } from './case-fields';

type Assume = (sentence: string) => void;

/** What was run fitted: by so much the count of its memory may be too high without a word. */
const countsHigh = 1.15;

const count = new Intl.NumberFormat('en');
const three = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

function gigabytes(bytes: number): string {
  return `${three.format(bytes / 1e9)} GB`;
}

/** A field that holds no usable number, in a sentence. */
export function misstatementText({ field, value, expected }: Misstatement): string {
  const shown = typeof value === 'number' ? String(value) : JSON.stringify(value);
  return `${field} is ${shown}: ${expected} is expected.`;
}

/**
 * Refuses a case whose fields hold numbers that no run has: negative, zero, broken or beyond all bounds. Words where a number belongs are
 * said and left out: sources write more than can be foreseen.
 */
export function refuseMisstatements(raw: unknown, assume: Assume): void {
  const found = caseMisstatements(raw);
  for (const { field, value } of found.filter(({ isNumber }) => !isNumber)) {
    assume(`${field} taken as not given: ${JSON.stringify(value)} is no number`);
  }
  const refused = found.filter(({ isNumber }) => isNumber);
  if (refused.length > 0) {
    const sentences = refused.map(misstatementText).join(' ');
    throw new CaseError(`${sentences} Correct the case, or leave the field out.`);
  }
}

/** Refuses degrees of a training run that its accelerators, layers or experts cannot hold. */
export function refuseImpossibleDegrees(
  { tp, pp, cp, ep }: CaseTraining,
  { layers, mixtureOfExperts }: Architecture,
  accelerators: number | null,
): void {
  const ranks = (tp ?? 1) * (pp ?? 1) * (cp ?? 1);
  if (accelerators !== null && ranks > accelerators) {
    throw new CaseError(
      `TP ${tp ?? 1} × PP ${pp ?? 1} × CP ${cp ?? 1} is ${count.format(ranks)} ranks, and hardware.count is ${count.format(accelerators)}. Lower a degree or raise the count.`,
    );
  }
  if ((pp ?? 1) > layers) {
    throw new CaseError(
      `training.pp is ${pp}, and the model has ${layers} layers. A stage holds at least one.`,
    );
  }
  const experts = mixtureOfExperts?.experts ?? Infinity;
  if ((ep ?? 1) > experts) {
    throw new CaseError(
      `training.ep is ${ep}, and the model has ${experts} experts. A rank holds at least one.`,
    );
  }
}

/** Says what of a settled training run a framework would refuse although a number comes out. */
export function sayUnevenTraining(
  job: TrainingJob,
  { ep }: CaseTraining,
  accelerators: number | null,
  assume: Assume,
): void {
  const { architecture, layout, dataParallel, globalBatch, sequenceLength } = job;
  const { tensorParallel: tp, pipelineParallel: pp, contextParallel: cp } = layout;
  const ranks = tp * pp * cp * dataParallel;
  if (accelerators !== null && ranks !== accelerators) {
    assume(
      `TP ${tp} × PP ${pp} × CP ${cp} × DP ${dataParallel} is ${count.format(ranks)} ranks, hardware.count ${count.format(accelerators)}: the layout counts`,
    );
  }
  sayUnevenHeads(architecture, layout.tensorParallel, assume);
  const share = dataParallel * layout.microBatch;
  if (globalBatch % share !== 0) {
    assume(
      `a global batch of ${count.format(globalBatch)} sequences counted in parts: DP ${dataParallel} × micro-batch ${layout.microBatch} does not divide it`,
    );
  }
  if ((ep ?? 1) > 1 && architecture.mixtureOfExperts === null) {
    assume(`EP ${ep} left out: the model has no experts`);
  }
  sayLongContext(architecture, sequenceLength, assume);
}

/** Says that what was run needs more memory than an accelerator has, as the engine counts it [B]. */
export function sayFullMemory(needed: number, available: number, assume: Assume): void {
  if (needed <= countsHigh * available) return;
  assume(
    `the layout needs ${gigabytes(needed)} of the ${gigabytes(available)} of an accelerator by our count: more than there is`,
  );
}

/** Says that not one request of so many tokens has room beside the weights. */
export function sayFullCache(serving: Serving, tokens: number, assume: Assume): void {
  const [needed, left] = [cacheBytesOf(serving, tokens), servingMemory(serving).cache];
  if (needed <= countsHigh * left) return;
  assume(
    `the cache of one request needs ${gigabytes(needed)}, and the weights leave ${gigabytes(Math.max(0, left))}: counted as if it fitted`,
  );
}

/** Says what of a service an engine would refuse although a number comes out: its heads in uneven parts, requests of too many tokens. */
export function sayUnevenServing(
  { tp }: CaseServing,
  architecture: Architecture,
  tokens: number,
  assume: Assume,
): void {
  if (tp) sayUnevenHeads(architecture, tp, assume);
  sayLongContext(architecture, tokens, assume);
}

function sayUnevenHeads({ heads }: Architecture, ranks: number, assume: Assume): void {
  if (heads % ranks !== 0)
    assume(`TP ${ranks} does not divide ${heads} attention heads: shared in parts`);
}

function sayLongContext({ contextLength }: Architecture, tokens: number, assume: Assume): void {
  if (contextLength > 0 && tokens > contextLength) {
    assume(
      `${count.format(tokens)} tokens, and the model reads ${count.format(contextLength)}: counted as if it could read them all`,
    );
  }
}
