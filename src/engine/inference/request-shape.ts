import type { Intake } from './intake';
import type { Speculation } from './speculation';

/** Length of a request, in tokens. */
export interface RequestShape {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** answers end by themselves: their lengths vary about exponentially around the mean */
  readonly hasVariedAnswers?: boolean;
  /** longest minus shortest answer over the mean, where a load generator draws them evenly; absent: all end at the same length */
  readonly answerSpread?: number;
  /** length at which answers are cut off, which most of them reach unless they vary; absent: none is cut off, or all end there */
  readonly longestAnswer?: number;
  /** requests of each user of a closed loop; absent: what is usual */
  readonly rounds?: number;
  /** counted only once the load of a closed loop has settled: its first requests, which come all at once, are not */
  readonly isSettled?: boolean;
  /** times to first token are medians over the requests, not means: of many rounds the first, which comes all at once, does not show */
  readonly countsMedian?: boolean;
  /** handed to the engine within its own process: no client sends them and no front end takes them in */
  readonly isInProcess?: boolean;
  /** how a scheduler that was told so keeps new requests waiting; absent: it takes them with the next step */
  readonly intake?: Intake;
  /** a batch of software without a scheduler: all prompts are processed, then all answers decoded step by step */
  readonly isStaticBatch?: boolean;
  /** answers that are decoded side by side, of which one is kept (beam search); absent: one */
  readonly beams?: number;
  /** share of the prompt whose cache is kept from earlier requests, 0–1; absent: none */
  readonly cachedShare?: number;
  readonly speculation?: Speculation;
}

/** Tokens of the prompt that are found in the cache, and those that are left to process: at least one. */
export function promptParts({ inputTokens, cachedShare = 0 }: RequestShape): {
  readonly cached: number;
  readonly fresh: number;
} {
  const fresh = Math.max(Math.min(1, inputTokens), inputTokens * (1 - cachedShare));
  return { cached: inputTokens - fresh, fresh };
}

/** Context held on average per request: the prompt and half the answer, of every beam. */
export function meanContextTokens(shape: RequestShape): number {
  return shape.inputTokens + ((shape.beams ?? 1) * shape.outputTokens) / 2;
}
