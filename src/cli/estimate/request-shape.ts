import type { Assumptions, ServingBenchmark } from '@engine/catalogue/types';
import type { RequestShape } from '@engine/inference/operating-point';
import { findSoftware, isSingleUserSoftware } from '@engine/inference/software';
import type { CaseServing } from './case';
import { inferencexShape, type InferencexLane } from './inferencex';
import type { Load } from './load';
import { isServer } from './serving-software';
import { cutLength, statedLengths } from './stated-lengths';

/** Tokens of an answer where nothing is said. */
const usualAnswer = 256;
/** Tokens that the benchmarks of single-user engines generate where they print no length. */
const benchAnswer = 128;
/**
 * Lengths of a request: what the case states, else the mean lengths of the benchmark that goes with the model, else those
 * of the engine's own benchmark (generation from an empty cache), else as many input as output tokens.
 */
export function requestShape(
  given: CaseServing,
  benchmark: ServingBenchmark | null,
  lane: InferencexLane,
  assumptions: Assumptions,
  assume: (sentence: string) => void,
): RequestShape {
  const software = findSoftware(given.engine);
  const isSingleUser = isSingleUserSoftware(software);
  const hasInput = given.input_len !== null && given.input_len !== undefined;
  const isBenchmark = benchmark !== null && !hasInput && !isSingleUser && given.mode !== 'latency';
  if (isBenchmark) {
    assume(`${benchmark.inputTokens.value} input tokens: mean of ${benchmark.name}`);
    if (!given.output_len)
      assume(`${benchmark.outputTokens.value} output tokens: mean of ${benchmark.name}`);
    return {
      inputTokens: benchmark.inputTokens.value,
      outputTokens: given.output_len ?? benchmark.outputTokens.value,
    };
  }
  const outputTokens = given.output_len ?? (isSingleUser ? benchAnswer : usualAnswer);
  if (!given.output_len) assume(`${outputTokens} output tokens: not given`);
  const context = given.mean_kv_len;
  if (context) return { inputTokens: Math.max(1, context - outputTokens / 2), outputTokens };
  const inputTokens = given.input_len ?? (isSingleUser ? 1 : outputTokens);
  if (!hasInput) assume(`${inputTokens} input tokens: not given`);
  const length = { inputTokens: Math.max(1, inputTokens), outputTokens };
  const run = benchmarkRun(given);
  if (run !== null) return { ...length, ...run };
  const stated = statedLengths(given);
  const isExact = stated?.answerSpread === 0;
  const drawn = isExact ? null : inferencexShape(length, given, lane, assumptions, assume);
  if (drawn !== null) return drawn;
  if (stated !== null) return { ...length, ...stated, ...longestOf(stated, given) };
  const isUnround = isMean(outputTokens) || isMean(inputTokens);
  const isDrawn =
    isHalfOfUsual(length, given) || (isUnround && isDrawnUpTo(length, given, lane.load));
  if (!isMean(outputTokens) && !isDrawn) return length;
  if (isDrawn) {
    assume(
      'lengths drawn evenly up to twice the mean, as the load generator of SGLang does by default',
    );
    return { ...length, answerSpread: 2 };
  }
  const longestAnswer = cutLength(length, given);
  if (longestAnswer !== null) {
    assume(`answers cut off at ${longestAnswer} tokens, which most of them reach`);
    return { ...length, longestAnswer };
  }
  assume(`answers of varied length around ${outputTokens} tokens: no round number`);
  return { ...length, hasVariedAnswers: true, ...longestOf({ hasVariedAnswers: true }, given) };
}

/** The longest answer where answers end by themselves and a case says how long they may become. */
function longestOf(
  { hasVariedAnswers }: Partial<RequestShape>,
  { max_output_len: longestAnswer }: CaseServing,
): Partial<RequestShape> {
  return hasVariedAnswers && longestAnswer ? { longestAnswer } : {};
}

/**
 * How a load generator is known to send: a batch that is processed offline is sent once; NVIDIA's counts only after three
 * windows in a row agree, and ends every answer at the length asked for (Perf Analyzer, "stability percentage",
 * https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/perf_analyzer/docs/cli.html, read 2026-11-29).
 */
function benchmarkRun({ engine, mode }: CaseServing): Partial<RequestShape> | null {
  if (/\bnim\b|gen-?ai-?perf|aiperf/i.test(engine ?? ''))
    return { isSettled: true, answerSpread: 0 };
  if (mode !== 'offline') return null;
  return isServer(engine) ? { rounds: 1, isInProcess: true } : { rounds: 1, isStaticBatch: true };
}

const draws = [1000, 1024];
/** How far a mean of very many lengths may be off, as a share. */
const meansOff = 0.03;

/** Lengths that runs ask the load generator of SGLang for most, of input and output in units of about a thousand tokens. */
const usualDraws = [
  [1, 1],
  [8, 1],
  [1, 8],
] as const;

/**
 * Whether both lengths are exactly half of those that runs ask for most: written for the means of lengths that were drawn up to them. Times
 * at a number of users, as tools for planning collect them, are of exact lengths.
 *
 * Source: pages of SGLang's cookbook whose commands draw up to 1000 and 1000, 1024 and 1024, 8192 and 1024 tokens.
 */
function isHalfOfUsual(
  { inputTokens, outputTokens }: RequestShape,
  { engine, mode }: CaseServing,
): boolean {
  if (!/sglang/i.test(engine ?? '') || mode !== 'server') return false;
  return draws.some((unit) =>
    usualDraws.some(
      ([input, output]) =>
        inputTokens === (unit * input) / 2 && outputTokens === (unit * output) / 2,
    ),
  );
}

/**
 * Whether both lengths are what SGLang's load generator draws of a round one: evenly from one token up to it (random_range_ratio 0), so
 * that means are half of it.
 *
 * Of n lengths that are drawn so, the mean is off by up to two of its standard deviations, 2 / √(3 · n) of it.
 *
 * Source: sample_random_requests in sglang/bench_serving.py, https://github.com/sgl-project/sglang (from memory).
 */
function isDrawnUpTo(
  { inputTokens, outputTokens }: RequestShape,
  { engine }: CaseServing,
  load: Load,
): boolean {
  const prompts = load.kind === 'requests in flight' ? (load.prompts ?? Infinity) : Infinity;
  const off = Math.max(meansOff, 2 / Math.sqrt(3 * prompts));
  const isHalf = (tokens: number): boolean =>
    draws.some((unit) =>
      [1, 2, 4, 8].some((times) => Math.abs(tokens / ((unit * times) / 2) - 1) < off),
    );
  return /sglang/i.test(engine ?? '') && isHalf(inputTokens) && isHalf(outputTokens);
}

/** Lengths that a load generator is told are round; any other is the mean of answers that ended by themselves. */
function isMean(tokens: number): boolean {
  return tokens % 32 !== 0 && tokens % 25 !== 0 && !(tokens <= 80 && /0$/.test(String(tokens)));
}
