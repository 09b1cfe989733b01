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

/** Lengths that runs ask for most, in tokens. */
const usualLengths = [
  100, 128, 200, 250, 256, 500, 512, 1000, 1024, 1500, 2000, 2048, 3000, 4000, 4096, 5000, 8000,
  8192, 10000, 16000, 16384, 20000, 30000, 32000, 32768,
];
/** Prompts from which on a length near a usual one is one that was asked for, in tokens. */
const shortestGenerated = 500;
/** How far generated prompts are off the length asked for, since their text is taken apart again. */
const retokenised = 0.012;
/** Share of the length asked for from which on most answers run to it. */
const mostlyCut = 0.75;

/**
 * Length at which a run cut its answers off, which were to be as long as that and of which some ended before; null where they ended by themselves. A
 * case may state it; else it is read from usual lengths.
 * Prompts of about a usual length were generated, and so answers of a usual length asked for. SGLang's generator lets no answer end before.
 *
 * Source: random prompts of vllm bench serve without --ignore-eos; synthetic data of guidellm, which asks for so many tokens at most.
 */
export function cutLength(
  { inputTokens, outputTokens }: Pick<RequestShape, 'inputTokens' | 'outputTokens'>,
  { engine, dataset, max_output_len: stated }: CaseServing,
): number | null {
  if (stated) return outputTokens >= mostlyCut * stated ? stated : null;
  if (/sglang/i.test(engine ?? '')) return null;
  const isGenerated =
    /random|synthetic/i.test(dataset ?? '') ||
    usualLengths.some(
      (usual) => usual >= shortestGenerated && Math.abs(inputTokens / usual - 1) < retokenised,
    );
  const asked = usualLengths.find((usual) => usual >= outputTokens);
  return isGenerated && asked !== undefined && outputTokens >= mostlyCut * asked ? asked : null;
}
