import { decodeStep } from '../inference/decode';
import { prefillSeconds } from '../inference/prefill';
import type { Serving } from '../inference/serving';
import type { StepTimes } from './types';

/** What one step of a replica works on. */
export interface StepWork {
  /** requests that get their next token */
  readonly batch: number;
  /** tokens that each of them attends to, on average */
  readonly context: number;
  readonly prompts: number;
  /** tokens of all prompts together */
  readonly promptTokens: number;
}

/**
 * Time of one step: the only question that the simulation asks of the physics.
 *
 *   decode: t_decode(B, c) · prompts alone: t_prefill(n, s / n) / P · both: t_prefill(1, s + B) + t_cache(B, c) + B · t_sequence
 *
 * B requests that decode [1] · c mean context [tokens] · n prompts of together s tokens · P pipeline stages, each busy with
 * another prompt. In a mixed step the weights are read once for prompts and answers alike; the caches of the answers are read on top.
 *
 * Leaves out: earlier pieces of a prompt that a later piece attends to.
 * Source: decodeStep and prefillSeconds; mixed steps: Agrawal et al. 2024, Sarathi-Serve, https://arxiv.org/abs/2403.02310
 * (from memory).
 */
export function stepSeconds(serving: Serving, work: StepWork): number {
  const { batch, context, prompts, promptTokens } = work;
  if (promptTokens === 0) return decodeStep(serving, batch, context).total;
  if (batch === 0) {
    return prefillSeconds(serving, prompts, promptTokens / prompts) / serving.pipelineParallel;
  }
  return prefillSeconds(serving, 1, promptTokens + batch) + besidePrompt(serving, batch, context);
}

/** What answers add to a step that processes prompts anyway: reading their caches, and their bookkeeping. */
function besidePrompt(serving: Serving, batch: number, context: number): number {
  const perSequence = (serving.constants.sequenceOverheadSeconds * batch) / serving.attentionGroups;
  return decodeStep(serving, batch, context).cache + perSequence;
}

/** Contexts are told apart in so many steps per doubling, prompts in twice as many. */
const stepsPerDoubling = 8;
const columns = 8 * 24;
const mostPrompts = 32;

type Row = Float64Array<ArrayBuffer>;

function column(tokens: number): number {
  return Math.min(columns - 2, Math.max(0, Math.log2(Math.max(1, tokens)) * stepsPerDoubling));
}

/**
 * The step times of a replica as tables that fill as they are asked: by batch and context, and by prompts and tokens, straight between
 * neighbouring entries. A million requests ask a few thousand different questions.
 */
export function tabulated(serving: Serving): StepTimes {
  const tables = { decode: [] as Row[], beside: [] as Row[], prefill: [] as Row[] };
  const between = (
    table: Row[],
    key: number,
    tokens: number,
    ask: (tokens: number) => number,
  ): number => {
    const row = (table[key] ??= new Float64Array(columns).fill(Number.NaN));
    const place = column(tokens);
    const at = Math.floor(place);
    const read = (index: number): number => {
      const known = row[index] as number;
      if (!Number.isNaN(known)) return known;
      return (row[index] = ask(2 ** (index / stepsPerDoubling)));
    };
    const low = 2 ** (at / stepsPerDoubling);
    const high = 2 ** ((at + 1) / stepsPerDoubling);
    const share = (Math.max(low, tokens) - low) / (high - low);
    const first = read(at);
    return first + (read(at + 1) - first) * share;
  };
  const decode = (batch: number, context: number): number =>
    between(tables.decode, batch, context, (tokens) =>
      stepSeconds(serving, { batch, context: tokens, prompts: 0, promptTokens: 0 }),
    );
  const prefill = (asked: number, tokens: number): number => {
    const prompts = Math.min(mostPrompts, asked);
    return between(tables.prefill, prompts, tokens, (all) =>
      stepSeconds(serving, { batch: 0, context: 0, prompts, promptTokens: all }),
    );
  };
  return {
    decode,
    prefill,
    mixed: (batch, context, tokens) =>
      prefill(1, tokens + batch) +
      between(tables.beside, batch, context, (held) => besidePrompt(serving, batch, held)),
  };
}
