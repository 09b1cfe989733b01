import { blend } from '../hardware/matmul';
import type { Architecture } from '../catalogue/types';
import { attendedEntries, entriesPerToken, indexShare, keptEntries } from '../model/cache-entries';
import { layerKinds } from '../model/layer-kinds';
import { recurrentSize } from '../model/recurrent-mixer';
import { vectorRate } from './product';
import { recurrencePromptSeconds } from './recurrent-layers';
import type { Serving } from './serving';
import { reachedShare } from './slow-units';
import { sparsePromptSeconds } from './sparse-attention';

/**
 * Tokens that the layers attend to at a context of n tokens, summed over the layers.
 *
 *   N(n) = L_f · n + L_w · min(n, W)
 *
 * L_f layers that see the whole context, L_w those that see only the last W tokens [1]
 *
 * Leaves out: sinks kept beside a window, sparse attention. Source: definition.
 */
export function attendedTokens(architecture: Architecture, tokens: number): number {
  const { full, windowed, window } = layerKinds(architecture);
  return full * tokens + windowed * Math.min(tokens, window);
}

/** Bytes of one entry of the cache, of a token or of several that are pooled, in one layer that has attention, on one accelerator. */
function entryBytes({ architecture, cacheBytesPerTokenPerAccelerator }: Serving): number {
  const entries = entriesPerToken(architecture);
  return entries === 0 ? 0 : cacheBytesPerTokenPerAccelerator / entries;
}

/**
 * Bytes that a request of n tokens keeps in the cache of one accelerator, in whole pages of b tokens.
 *
 *   M = S_l · N(⌈n / b⌉ · b) + S_r
 *
 * S_l bytes of an entry on the accelerator in one layer with attention [B] · N see keptEntries · S_r states of layers that
 * have a recurrence instead, see stateBytesOf [B]
 *
 * Leaves out: room that engines keep apart for states. Source: definition;
 * pages: Kwon et al. 2023, https://arxiv.org/abs/2309.06180 (from memory).
 */
export function cacheBytesOf(serving: Serving, tokens: number): number {
  const { architecture, constants } = serving;
  const { cacheBlockTokens } = constants;
  const paged = Math.ceil(tokens / cacheBlockTokens) * cacheBlockTokens;
  return entryBytes(serving) * keptEntries(architecture, paged) + stateBytesOf(serving);
}

/** Engines keep recurrent states in 32 bits, as the configurations of the models ask for. */
const stateElementBytes = 4;

/** Bytes of the recurrent states of one request on one accelerator: as much as thousands of tokens of the cache. */
export function stateBytesOf({ architecture, tensorParallel, pipelineParallel }: Serving): number {
  const { recurrentMixer } = architecture;
  if (!recurrentMixer) return 0;
  const layers = layerKinds(architecture).recurrent;
  const numbers = layers * recurrentSize(recurrentMixer).state;
  return (numbers * stateElementBytes) / (tensorParallel * pipelineParallel);
}

/**
 * Time of attention over the cache in one decode step: reading it, or its arithmetic where heads share so much that this is
 * longer.
 *
 *   t = ( max(B · S_l · N(c) · r / (σ · M), t_vector)^p + (B · C / (T · a · P))^p )^(1/p) + 2 · B · S_r / (σ · M)
 *
 * B requests · c tokens of context each · S_l as in cacheBytesOf, N entries attended to, see attendedEntries, whose keys of an indexer are read as well · M memory bandwidth [B/s] · σ share reached [1] · r how often each part
 * of the cache is read: once, or once by every head that shares it, where the kernel does not put them together; more where software copies it, see cacheReads [1] · t_vector see vectorSeconds · C work of
 * one token: 4 · heads · width · N, over a latent cache 2 · heads · (2 r + d_r) · N [FLOP] · T tensor-parallel degree [1] ·
 * P 16-bit peak [FLOP/s] · a share of it reached [1]
 *
 * S_r recurrent states, which are read and written [B]
 *
 * Leaves out: splitting of short batches over the chip.
 * Source: σ, a fitted by tests/calibration/fit-serving-kernels.mjs to the decode-attention timings of
 * ai-dynamo/aiconfigurator, commit 095f58a, read 2026-11-25; latent attention: DeepSeek-V2 2024,
 * https://arxiv.org/abs/2405.04434 (from memory).
 */
export function decodeAttentionSeconds(
  serving: Serving,
  batch: number,
  contextTokens: number,
): number {
  const { device, architecture, constants, pipelineParallel, tensorParallel } = serving;
  const { latentAttention, headDim } = architecture;
  const ranks = tensorParallel / serving.attentionGroups;
  const { attended: perRequest, indexed } = attendedEntries(architecture, contextTokens);
  const attended = batch * perRequest;
  const reads = cacheReads(serving);
  const read = attended + batch * indexed * indexShare(architecture);
  const bytes = entryBytes(serving) * pipelineParallel * read;
  const width = latentAttention
    ? 2 * latentAttention.keyValueRank + latentAttention.rotaryHeadDim
    : 2 * headDim;
  const share = reachedShare(
    serving,
    latentAttention ? constants.latentShare : constants.attentionShare,
  );
  const stream = device.memoryBytesPerSecond * constants.cacheStream;
  const states = 2 * batch * stateBytesOf(serving) * pipelineParallel;
  return (
    blend(
      Math.max((bytes * reads) / stream, vectorSeconds(serving, bytes)),
      (2 * ownHeads(serving) * width * attended * ranks) /
        (tensorParallel * share * sixteenBitPeak(serving)),
      device.constants.overlapExponent,
    ) +
    states / stream
  );
}

/** Heads that an accelerator works on; kernels over selected entries have as many at least as they are built for. */
function ownHeads({ architecture, constants, tensorParallel, attentionGroups }: Serving): number {
  const { heads, latentAttention } = architecture;
  const own = heads / (tensorParallel / attentionGroups);
  return latentAttention?.sparse ? Math.max(own, constants.sparseHeads) : own;
}

/**
 * How often a decode step moves each part of the cache.
 *
 *   r = 1 where the heads of a group read it together, else G      copied: r = 3, and 2 · G more where G > 1
 *
 * G query heads that share a part of the cache [1]. Software without a cache of its own makes a longer tensor for each token (old ones read, new ones
 * written, then read), and writes and reads what is shared once for every head.
 *
 * Source: torch.cat of DynamicCache and repeat_kv of Transformers, src/transformers/cache_utils.py and models/llama/modeling_llama.py,
 * https://github.com/huggingface/transformers (from memory).
 */
function cacheReads({ architecture, constants }: Serving): number {
  const { latentAttention, heads, keyValueHeads } = architecture;
  const sharers = latentAttention ? 1 : heads / keyValueHeads;
  if (constants.copiesCache > 0) return 3 + (sharers > 1 ? 2 * sharers : 0);
  return 1 + (1 - constants.sharesCacheReads) * (sharers - 1);
}

/** Width of a head that kernels of few shapes are built for. */
const usualHeadDim = 128;

/**
 * Time of decode kernels whose every query head works through the cache by itself, in the vector units.
 *
 *   t = N · G · u · (2 / b) / V
 *
 * N elements of the cache that are attended to · G query heads on the accelerator per part of the cache [1] · u work on a 16-bit
 * element [FLOP]; widening narrower ones adds as much · b bytes of an element [B] · V see vectorRate [FLOP/s]
 *
 * No time where kernels put the heads of a group together in the matrix units, which may be built for groups of one size and
 * heads of one width only.
 *
 * Source: static batches of long answers with TensorRT-LLM 0.6.1 and 0.9, docs/source/performance.md of
 * https://github.com/NVIDIA/TensorRT-LLM: Llama-2-70B (G = 8), Falcon-180B (29) on H100 and H200, Mistral-7B (4) on A100 and H200.
 */
function vectorSeconds(serving: Serving, bytes: number): number {
  const { architecture, constants, elementBytes, tensorParallel, attentionGroups } = serving;
  const { latentAttention, heads, keyValueHeads, headDim } = architecture;
  const { headWork, sharedGroup } = constants;
  const rate = vectorRate(serving);
  const isTogether = headDim === usualHeadDim && heads / keyValueHeads === sharedGroup;
  if (headWork === 0 || rate === 0 || latentAttention || isTogether) return 0;
  const group = heads / Math.max(tensorParallel / attentionGroups, keyValueHeads);
  const work = headWork * (2 / elementBytes.cache);
  return ((bytes / elementBytes.cache) * group * work) / rate;
}

/**
 * Time of causal attention over prompts of s tokens.
 *
 *   t = n · ( s · 2 · a_h · (d_qk + d_v) · N(s / 2) / (a · P) + 2 · q · s · L_a · a_h · (d_qk + d_v) / (σ · M) ) / T
 *
 * n prompts · L_a layers with attention · a_h heads, d_qk, d_v widths of one [1] · N see attendedTokens: half of the prompt on average, or the window ·
 * a share of the 16-bit peak P [FLOP/s] reached · q how often queries, keys, values and results are moved [1] · M memory bandwidth
 * [B/s] · σ share reached [1] · T tensor-parallel degree [1]
 *
 * Layers with a recurrence instead add its time, see recurrencePromptSeconds.
 * Of a prompt whose first tokens are in the cache already, s are the rest, and N counts the cached ones in full. Where each token
 * attends to some that are selected, and the prompt is longer than they are, see sparsePromptSeconds.
 *
 * Leaves out: reading the cache again when a prompt is cut into chunks.
 * Source: a, q fitted by tests/calibration/fit-serving-kernels.mjs to the prompt-attention timings of
 * ai-dynamo/aiconfigurator, commit 095f58a, read 2026-11-25.
 */
export function promptAttentionSeconds(
  serving: Serving,
  prompts: number,
  promptTokens: number,
  cachedTokens = 0,
): number {
  const { device, architecture, constants, tensorParallel } = serving;
  const { latentAttention, heads, headDim } = architecture;
  const { full, windowed } = layerKinds(architecture);
  const width = latentAttention
    ? latentAttention.noPositionHeadDim +
      latentAttention.rotaryHeadDim +
      latentAttention.valueHeadDim
    : 2 * headDim;
  const isLong = cachedTokens + promptTokens > (latentAttention?.sparse?.tokens ?? Infinity);
  if (latentAttention && (isLong || latentAttention.pooled))
    return sparsePromptSeconds(serving, latentAttention, prompts, promptTokens, cachedTokens);
  const rows = prompts * promptTokens;
  const flop =
    2 * heads * width * rows * attendedTokens(architecture, cachedTokens + promptTokens / 2);
  const moved = 2 * constants.attentionTraffic * rows * (full + windowed);
  return (
    (flop / (reachedShare(serving, constants.attentionShare) * sixteenBitPeak(serving)) +
      (moved * heads * width) / (device.memoryBytesPerSecond * constants.cacheStream)) /
      tensorParallel +
    recurrencePromptSeconds(serving, prompts, promptTokens)
  );
}

function sixteenBitPeak({ device }: Serving): number {
  return (device.rates.bf16 ?? device.rates.fp16)?.peakFlopPerSecond ?? 0;
}
