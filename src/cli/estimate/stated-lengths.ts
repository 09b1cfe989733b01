import type { RequestShape } from '@engine/inference/operating-point';
import type { CaseServing } from './case';

/** How a case says that the lengths of its requests vary; lengths that it states are means. */
export type StatedLengths = Pick<RequestShape, 'answerSpread' | 'hasVariedAnswers'>;

/** The words of a case for how lengths are drawn, as spread over the mean: 'exact', 'uniform 0.8 to 1 times the nominal', 'uniform 1 to twice the mean'. */
function spreadIn(text: string): number | null {
  if (/\b(?:exact|fixed|constant)\b/.test(text)) return 0;
  if (/uniform.*(?:to|up to) (?:twice|2 times|2x) the mean/.test(text)) return 2;
  const range = /uniform(?: from)? (\d+(?:\.\d+)?) to (\d+(?:\.\d+)?)/.exec(text);
  if (range === null) return null;
  const [low, high] = [Number(range[1]), Number(range[2])];
  return high > low ? (high - low) / ((high + low) / 2) : null;
}

/** Data sets of conversations, whose answers end by themselves. */
const conversations = /sharegpt|conversation|chat|lmsys|wildchat|ultrachat/i;

/**
 * The lengths of a case that says how they were drawn; null where it does not say.
 *
 * Source: random_range_ratio of vLLM's and SGLang's load generators, which draws evenly between a share of a length and all of it (0: from one token up, so
 * that the longest are twice the mean; 1: always that length).
 */
export function statedLengths({ lengths, dataset }: CaseServing): StatedLengths | null {
  const spread = lengths ? spreadIn(lengths.toLowerCase()) : null;
  if (spread !== null) return { answerSpread: spread };
  return dataset && conversations.test(dataset) ? { hasVariedAnswers: true } : null;
}
