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

/** Tokens at the columns of a table. */
const tokensAt = Float64Array.from({ length: columns }, (_, at) => 2 ** (at / stepsPerDoubling));

/** Times by a whole number and by tokens, asked for when they are first needed, straight between neighbouring columns. */
class StepTable {
  private readonly rows: Float64Array[] = [];

  constructor(private readonly ask: (key: number, tokens: number) => number) {}

  at(key: number, tokens: number): number {
    const row = (this.rows[key] ??= new Float64Array(columns).fill(Number.NaN));
    const place = Math.log2(Math.max(1, tokens)) * stepsPerDoubling;
    const column = Math.floor(Math.min(columns - 2, Math.max(0, place)));
    const low = tokensAt[column] as number;
    const high = tokensAt[column + 1] as number;
    const share = (Math.max(low, tokens) - low) / (high - low);
    const first = this.read(row, key, column);
    return first + (this.read(row, key, column + 1) - first) * share;
  }

  private read(row: Float64Array, key: number, column: number): number {
    const known = row[column] as number;
    if (!Number.isNaN(known)) return known;
    return (row[column] = this.ask(key, tokensAt[column] as number));
  }
}

/**
 * The step times of a replica as tables that fill as they are asked: by batch and context, and by prompts and tokens, straight between
 * neighbouring entries. A million requests ask a few thousand different questions.
 */
export function tabulated(serving: Serving): StepTimes {
  const answers = new StepTable((batch, context) =>
    stepSeconds(serving, { batch, context, prompts: 0, promptTokens: 0 }),
  );
  const alone = new StepTable((prompts, promptTokens) =>
    stepSeconds(serving, { batch: 0, context: 0, prompts, promptTokens }),
  );
  const beside = new StepTable((batch, context) => besidePrompt(serving, batch, context));
  const prefill = (prompts: number, tokens: number): number =>
    alone.at(Math.min(mostPrompts, prompts), tokens);
  return {
    decode: (batch, context) => answers.at(batch, context),
    prefill,
    mixed: (batch, context, tokens) => prefill(1, tokens + batch) + beside.at(batch, context),
  };
}
