import { assumptionValue } from '@engine/catalogue/assumption';
import type { Architecture, Assumptions, Catalogue } from '@engine/catalogue/types';
import type { AcceleratorFamily } from '@engine/hardware/family';
import type { Intake } from '@engine/inference/intake';
import type { RequestShape } from '@engine/inference/operating-point';
import { findSoftware, generationLine } from '@engine/inference/software';
import { countParameters } from '@engine/model/parameters';
import type { CaseServing } from './case';
import type { Machine } from './case-hardware';
import type { Load } from './load';
import { readPrecision } from './precision';

type Length = Pick<RequestShape, 'inputTokens' | 'outputTokens'>;

/**
 * Lengths that InferenceX asks for, of input and output: 1k/1k, 1k/8k and 8k/1k in its own words. They define its runs, by which a
 * case is known to be one of them.
 */
const askedLengths: readonly Length[] = [
  { inputTokens: 1024, outputTokens: 1024 },
  { inputTokens: 1024, outputTokens: 8192 },
  { inputTokens: 8192, outputTokens: 1024 },
];

/** Prompts that InferenceX sends per user. */
const promptsPerUser = 10;

/** What decides whether, and how, InferenceX would run a case. */
export interface InferencexLane {
  readonly isLargeOnGpus: boolean;
  readonly hasExperts: boolean;
  readonly hasSparseAttention: boolean;
  readonly hasPooledCache: boolean;
  readonly family: AcceleratorFamily | null;
  readonly load: Load;
}

/** InferenceX measures large models on GPUs. */
export function inferencexLane(
  architecture: Architecture,
  { accelerator, device }: Machine,
  load: Load,
  { assumptions }: Catalogue,
): InferencexLane {
  const smallest = assumptionValue(assumptions, 'serving.inferencexSmallest') * 1e9;
  return {
    isLargeOnGpus: accelerator.kind === 'gpu' && countParameters(architecture).total >= smallest,
    hasExperts: architecture.mixtureOfExperts !== null,
    hasSparseAttention: architecture.latentAttention?.sparse !== undefined,
    hasPooledCache: architecture.latentAttention?.pooled !== undefined,
    family: device.family,
    load,
  };
}

/**
 * The requests of a run of InferenceX, which draws lengths evenly between the shortest and the one asked for; null when a case is
 * not one. Round lengths are its own in collections of times at a number of users and where lengths are said to be random; other pages that say how
 * their server was loaded print what they asked for and got. Its tables give the mean lengths drawn and print the median of the times to first token, which is not one of the first
 * tenth, who come all at once; its dumps of means state the lengths asked for or those drawn, and no number of prompts.
 */
export function inferencexShape(
  length: Length,
  given: CaseServing,
  lane: InferencexLane,
  assumptions: Assumptions,
  assume: (sentence: string) => void,
): RequestShape | null {
  const shortestPercent = assumptionValue(assumptions, 'serving.inferencexShortest');
  const drawnMean = (100 + shortestPercent) / 200;
  const answerSpread = (100 - shortestPercent) / 100 / drawnMean;
  const askedFor = {
    inputTokens: length.inputTokens / drawnMean,
    outputTokens: length.outputTokens / drawnMean,
  };
  if (isMultipleOf512(askedFor.outputTokens)) {
    const intake = intakeOf(askedFor, given, lane, assumptions);
    return { ...length, answerSpread, isSettled: printsMedians(given, lane.load), ...intake };
  }
  const isExact = given.mode === 'server' && !isSaidToVary(given);
  if (isExact || !lane.isLargeOnGpus || !isAsked(length) || !sendsAsInferencex(lane.load))
    return null;
  assume(`lengths drawn between ${shortestPercent} and 100 % of those stated, as InferenceX does`);
  return {
    inputTokens: length.inputTokens * drawnMean,
    outputTokens: length.outputTokens * drawnMean,
    answerSpread,
    ...intakeOf(length, given, lane, assumptions),
  };
}

/**
 * What the launch scripts of InferenceX tell a scheduler: SGLang on Blackwell looks for requests once in so many steps, of models
 * with sparse attention (GLM-5) in 4 bits as often as for few users, in 8 bits and of DeepSeek-V4 at once; TensorRT-LLM
 * with a dense model on fewer than eight parts gathers prompts of 1k/1k, and with experts in 8 bits on Blackwell those of 64 to 255 users.
 *
 * Source: benchmarks/dsr1_fp8_b200.sh, dsr1_fp4_b200.sh, single_node/qwen3.5_fp8_b200.sh, single_node/fixed_seq_len/glm5_fp4_b200.sh, glm5_fp8_b200.sh, dsv4_fp4_b200.sh, 70b_fp8_h200_trt_slurm.sh,
 * 70b_fp4_b200_trt_slurm.sh and dsr1_fp8_b200_trt.sh of https://github.com/SemiAnalysisAI/InferenceX, read 2026-11-30; those for H200 and AMD set neither.
 */
function intakeOf(
  asked: Length,
  given: CaseServing,
  lane: InferencexLane,
  assumptions: Assumptions,
): { intake?: Intake } {
  const known = (name: string): number => assumptionValue(assumptions, `serving.inferencex${name}`);
  const software = findSoftware(given.engine);
  const isMeasured = lane.isLargeOnGpus && isAsked(asked);
  if (!isMeasured || lane.load.kind !== 'requests in flight') return {};
  if (lane.family === 'blackwell' && generationLine(software).includes('sglang')) {
    const isNarrow = readPrecision(given.weights_precision) === 'fp4';
    if (lane.hasPooledCache || (lane.hasSparseAttention && !isNarrow)) return {};
    const isFew = lane.load.requests < known('ManyUsers') || lane.hasSparseAttention;
    return { intake: { kind: 'polled', steps: known(isFew ? 'PolledFew' : 'Polled') } };
  }
  const isShort = isNear(asked, { inputTokens: 1024, outputTokens: 1024 });
  const isOnFew = (given.tp ?? 1) < 8;
  const isWide = readPrecision(given.weights_precision) === 'fp8';
  const { requests } = lane.load;
  const isMany = requests >= known('GatheredFrom') && requests < known('GatheredTo');
  const isDelayed = lane.hasExperts && lane.family === 'blackwell' && isWide && isMany;
  if (software === 'trtllm-2025' && isDelayed && isShort) {
    return {
      intake: {
        kind: 'gathered',
        steps: known('GatheredExperts'),
        fullShare: known('GatheredShare') / 100,
      },
    };
  }
  if (software === 'trtllm-2025' && !lane.hasExperts && isShort && isOnFew) {
    return {
      intake: {
        kind: 'gathered',
        steps: known('Gathered'),
        fullShare: known('GatheredShare') / 100,
      },
    };
  }
  return {};
}

/**
 * The case with the cache that the launch scripts of InferenceX tell vLLM to keep, where it states none: FP8 for narrow weights of dense
 * models, and of FP8 checkpoints on AMD's parts; models with experts keep 16 bits on others, gpt-oss everywhere.
 *
 * Source: benchmarks/70b_fp8_h100_slurm.sh, 70b_fp8_mi300x_slurm.sh, 70b_fp4_mi355x_slurm.sh, gptoss_fp4_mi300x.sh,
 * single_node/fixed_seq_len/minimaxm2.5_fp8_mi355x.sh and minimaxm2.5_fp8_h200.sh of https://github.com/SemiAnalysisAI/InferenceX, read
 * 2026-11-30.
 */
export function withInferencexCache(
  given: CaseServing,
  lane: InferencexLane,
  { assumptions }: Catalogue,
): CaseServing {
  const { input_len: input, output_len: output, kv_precision: stated } = given;
  if (stated || !input || !output || !/vllm/i.test(given.engine ?? '')) return given;
  const length = { inputTokens: input, outputTokens: output };
  if (inferencexShape(length, given, lane, assumptions, () => undefined) === null) return given;
  const weights = readPrecision(given.weights_precision);
  const isNarrow = weights === 'fp8' || weights === 'fp4';
  const isOnAmd = (lane.family === 'cdna' || lane.family === 'cdna-4') && weights === 'fp8';
  return isNarrow && (!lane.hasExperts || isOnAmd) ? { ...given, kv_precision: 'FP8' } : given;
}

/** Whether a case says that its lengths were drawn, but not between which, or names InferenceX, which was InferenceMAX until 2026. */
function isSaidToVary({ engine, lengths, dataset }: CaseServing): boolean {
  const isNamed = /inference-?(?:x|max)\b/i;
  return /random|drawn|rang|var/i.test(lengths ?? '') || isNamed.test(`${engine} ${dataset}`);
}

/** Of a round length, such as 1,024, the stated mean, 922, is a whole number of tokens. */
function isMultipleOf512(tokens: number): boolean {
  return Math.abs(tokens - 512 * Math.round(tokens / 512)) < 1;
}

function isNear(one: Length, other: Length): boolean {
  return (
    Math.abs(one.inputTokens - other.inputTokens) < 1 &&
    Math.abs(one.outputTokens - other.outputTokens) < 1
  );
}

function isAsked(length: Length): boolean {
  return askedLengths.some((one) => isNear(one, length));
}

/** Whether the times of a case are those of InferenceX's tables: only they say how many prompts a run sent. */
function printsMedians({ latency_statistic: stated }: CaseServing, load: Load): boolean {
  if (stated) return /median/i.test(stated);
  return load.kind !== 'requests in flight' || load.prompts !== undefined;
}

/** Whether the prompts of a run, where they are stated, are as many as InferenceX sends. */
function sendsAsInferencex(load: Load): boolean {
  if (load.kind !== 'requests in flight') return true;
  return load.prompts === undefined || load.prompts === promptsPerUser * load.requests;
}
