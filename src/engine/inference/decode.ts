import { cacheBytesOf, decodeAttentionSeconds } from './attention';
import { servingMemory } from './capacity';
import { adapterSeconds } from './adapters';
import { hostedCacheBytes, offloadWaitSeconds } from './offload';
import { launchSeconds, matmulPassSeconds, passOverheadSeconds } from './layers';
import { tensorParallelSeconds, type Serving } from './serving';
import { slowestRankFactor } from './slowest-rank';
import { tokensPerStep, type Speculation } from './speculation';

/** The parts of one decode step, in seconds; they add up to `total`. */
export interface DecodeStep {
  readonly matmul: number;
  readonly cache: number;
  readonly collective: number;
  readonly overhead: number;
  /** waiting for weights and caches out of the host's memory */
  readonly host: number;
  readonly total: number;
}

/**
 * What a step computes: where graphs are static, all requests and tokens that they were compiled for, as far as the memory holds
 * them, whatever is in flight.
 *
 *   B = max(b, min(B_g, ⌊ M / m(c) ⌋)),  c = max(c_b, c_g)
 *
 * b requests in flight, B_g those of the graph [1] · c_b, c_g their tokens [1] · M memory for the cache [B] · m cache of a request [B]
 *
 * Leaves out: graphs for several lengths (bucketing).
 * Source: optimum-neuron, benchmark/vllm: static batch and sequence length a replica, https://github.com/huggingface/optimum-neuron.
 */
function compiledStep(
  serving: Serving,
  batch: number,
  contextTokens: number,
): { readonly requests: number; readonly contextTokens: number } {
  const { compiledRequests, compiledTokens } = serving.constants;
  if (compiledRequests <= 0 || batch <= 0) return { requests: batch, contextTokens };
  const longest = Math.max(contextTokens, compiledTokens);
  const held = Math.floor(servingMemory(serving).cache / cacheBytesOf(serving, longest));
  const requests = Math.max(batch, Math.min(compiledRequests, held));
  return { requests, contextTokens: longest };
}

/** Rows of the largest step whose kernels are captured as one graph; 0 where none is. */
function capturedRows({ constants, attentionGroups }: Serving): number {
  const isCapturable = attentionGroups === 1 || constants.capturesGroups > 0;
  return isCapturable ? constants.capturedRows * attentionGroups : 0;
}

/** Most requests whose steps are captured, so that their kernels need not be launched one by one. */
export function largestCapturedBatch(serving: Serving, tokensPerRequest: number): number {
  return Math.floor((capturedRows(serving) / tokensPerRequest) * serving.pipelineParallel);
}

/**
 * Time of one decode step: every request in flight advances by one token.
 *
 *   t = w · (t_matmul(q · B) + t_attention(B, c)) + 2 · L · t_AR(2 · q · B · h) + t_floors + t_step + B / g · t_sequence + t_adapters + t_host
 *
 * B requests that step together, those of the graph where it is static, see compiledStep, q tokens of each: 1, or more where proposed tokens are checked [1] · c mean tokens of context per request [1] · L layers [1] · h hidden width [1] ·
 * w waiting for the slowest rank, see slowestRankFactor [1] · t_matmul, t_floors see matmulPassSeconds and passOverheadSeconds · t_attention see decodeAttentionSeconds · t_step
 * scheduling [s] · t_sequence sampling and bookkeeping per request [s], done by each of g attention groups for its own · t_adapters,
 * t_host see adapterSeconds and offloadWaitSeconds. Steps of more rows than the engine captured as one graph, or in groups where it captures none, take at least the time of
 * launching their kernels, see launchSeconds.
 *
 * Leaves out: overlap of communication with computation.
 * Source: roofline of decoding, Pope et al. 2022, Efficiently scaling transformer inference, https://arxiv.org/abs/2211.05102
 * (from memory), with the floors measured on kernels.
 */
export function decodeStep(
  serving: Serving,
  batch: number,
  contextTokens: number,
  tokensPerRequest = 1,
): DecodeStep {
  // One request crosses every stage by itself; only several keep all stages busy.
  const { requests: computed, contextTokens: read } = compiledStep(serving, batch, contextTokens);
  const requests = Math.max(Math.min(1, batch), computed / serving.pipelineParallel);
  const rows = requests * tokensPerRequest;
  const slowest = slowestRankFactor(serving);
  const matmul = slowest * matmulPassSeconds(serving, rows);
  const cache = slowest * decodeAttentionSeconds(serving, requests, read);
  const collective = tensorParallelSeconds(serving, rows);
  const { stepOverheadSeconds, sequenceOverheadSeconds } = serving.constants;
  const overhead =
    passOverheadSeconds(serving) +
    stepOverheadSeconds +
    (sequenceOverheadSeconds * batch) / serving.attentionGroups +
    adapterSeconds(serving.architecture, serving.adapters, batch, {
      tensorParallel: serving.tensorParallel,
      bytesPerSecond: serving.device.memoryBytesPerSecond * serving.constants.cacheStream,
      productFloorSeconds: serving.constants.matmulFloorSeconds,
    });
  const busy = matmul + cache + collective;
  const isCaptured = rows <= capturedRows(serving);
  const launched = isCaptured ? busy : Math.max(busy, launchSeconds(serving));
  const pass = launched + overhead;
  const host = offloadWaitSeconds(serving, pass, hostedCacheBytes(serving, batch, contextTokens));
  return {
    matmul,
    cache,
    collective,
    overhead: overhead + launched - busy,
    host,
    total: pass + host,
  };
}

/**
 * The decode step per token that a request gets, where proposed tokens are checked.
 *
 *   t = (t_decode(B, c, k + 1) + k · δ · t_decode(B, c, 1) + t_check) / E
 *
 * k tokens proposed [1] · t_check what a scheduler does between steps that it does during them otherwise [s] · δ time of proposing one over a decode step [1] · E tokens that a step yields, see tokensPerStep
 *
 * Leaves out: proposals given up at large batches, where checking costs more than it saves.
 * Source: Leviathan et al. 2023, https://arxiv.org/abs/2211.17192, section 3.3 (from memory).
 */
export function decodePerToken(
  serving: Serving,
  batch: number,
  contextTokens: number,
  speculation: Speculation | undefined,
): DecodeStep {
  const plain = decodeStep(serving, batch, contextTokens);
  if (speculation === undefined || speculation.draftTokens < 1) return plain;
  const { draftTokens, draftShare } = speculation;
  const step = decodeStep(serving, batch, contextTokens, draftTokens + 1);
  const yielded = tokensPerStep(speculation);
  const drafting =
    draftTokens * draftShare * plain.total + serving.constants.speculativeOverheadSeconds;
  return {
    matmul: step.matmul / yielded,
    cache: step.cache / yielded,
    collective: step.collective / yielded,
    overhead: (step.overhead + drafting) / yielded,
    host: step.host / yielded,
    total: (step.total + drafting) / yielded,
  };
}
