import { blend } from '../hardware/matmul';
import { streamSeconds } from '../hardware/memory';
import { attentionFlopPerToken } from '../model/flop';
import { matmulPassSeconds, passOverheadSeconds } from './layers';
import { tensorParallelSeconds, type Serving } from './serving';

/** The parts of one decode step, in seconds; they add up to `total`. */
export interface DecodeStep {
  readonly matmul: number;
  readonly cache: number;
  readonly collective: number;
  readonly overhead: number;
  readonly total: number;
}

/**
 * Time of one decode step: every request in flight advances by one token.
 *
 *   t = t_matmul(B) + t_attention(B · c) + 2 · L · t_AR(2 · B · h) + L · t_layer + t_step + B / g · t_sequence
 *
 * B requests that step together [1] · c mean tokens of context per request [1] · L layers [1] · h hidden width [1] ·
 * t_matmul the weights touched, read once, or the arithmetic where that is longer · t_attention the key–value cache read
 * once · t_layer kernel floors and gaps [s] · t_step scheduling [s] · t_sequence sampling and bookkeeping
 * per request [s], done by each of g attention groups for its own
 *
 * Leaves out: speculative decoding, overlap of communication with computation, stragglers.
 * Source: roofline of decoding, Pope et al. 2022, Efficiently scaling transformer inference, https://arxiv.org/abs/2211.05102
 * (from memory), with the floors measured on kernels.
 */
export function decodeStep(serving: Serving, batch: number, contextTokens: number): DecodeStep {
  const rows = batch / serving.pipelineParallel;
  const matmul = matmulPassSeconds(serving, rows);
  const cache = cacheSeconds(serving, rows, contextTokens);
  const collective = tensorParallelSeconds(serving, rows);
  const { stepOverheadSeconds, sequenceOverheadSeconds } = serving.constants;
  const overhead =
    passOverheadSeconds(serving) +
    stepOverheadSeconds +
    (sequenceOverheadSeconds * batch) / serving.attentionGroups;
  return { matmul, cache, collective, overhead, total: matmul + cache + collective + overhead };
}

/**
 * Time to attend over the cache in one step: reading it, or its arithmetic where heads share so much that this is longer.
 *
 *   t = ( (B·c·S / (σ·M))^p + (B·C(c) / (T·a·P))^p )^(1/p)
 *
 * S cache bytes per token on one accelerator [B] · M memory bandwidth [B/s] · σ share reached · C(c) attention work of one
 * token [FLOP] · T tensor-parallel degree [1] · P 16-bit peak [FLOP/s] · a share of it reached by attention kernels
 *
 * Leaves out: paging granularity, splitting of short batches over the chip.
 * Source: as decodeStep; latent attention reads its compressed cache but computes for every head, DeepSeek-V2 2024,
 * https://arxiv.org/abs/2405.04434 (from memory).
 */
function cacheSeconds(serving: Serving, batch: number, contextTokens: number): number {
  const { device, pipelineParallel } = serving;
  const tokens = batch * contextTokens;
  const cacheBytes = tokens * serving.cacheBytesPerTokenPerAccelerator * pipelineParallel;
  return blend(
    streamSeconds(device, cacheBytes),
    attentionSeconds(serving, batch * absorbedAttentionFlop(serving, contextTokens)),
    device.constants.overlapExponent,
  );
}

/** Time of attention arithmetic on the tensor-parallel accelerators of one replica. */
export function attentionSeconds(serving: Serving, flop: number): number {
  const rate = (serving.device.rates.bf16 ?? serving.device.rates.fp16)?.peakFlopPerSecond ?? 0;
  return flop / (serving.tensorParallel * serving.device.constants.attentionFraction * rate);
}

/** Decode attention of one token; over a latent cache both products run at the latent's width. */
function absorbedAttentionFlop(serving: Serving, contextTokens: number): number {
  const { latentAttention, heads, layers } = serving.architecture;
  if (latentAttention === null) return attentionFlopPerToken(serving.architecture, contextTokens);
  const { keyValueRank, rotaryHeadDim } = latentAttention;
  return 2 * layers * heads * (2 * keyValueRank + rotaryHeadDim) * contextTokens;
}
