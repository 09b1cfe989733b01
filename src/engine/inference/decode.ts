import { decodeAttentionSeconds } from './attention';
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
 *   t = t_matmul(B) + t_attention(B, c) + 2 · L · t_AR(2 · B · h) + t_floors + t_step + B / g · t_sequence
 *
 * B requests that step together [1] · c mean tokens of context per request [1] · L layers [1] · h hidden width [1] ·
 * t_matmul, t_floors see matmulPassSeconds and passOverheadSeconds · t_attention see decodeAttentionSeconds · t_step
 * scheduling [s] · t_sequence sampling and bookkeeping per request [s], done by each of g attention groups for its own
 *
 * Leaves out: speculative decoding, overlap of communication with computation, stragglers.
 * Source: roofline of decoding, Pope et al. 2022, Efficiently scaling transformer inference, https://arxiv.org/abs/2211.05102
 * (from memory), with the floors measured on kernels.
 */
export function decodeStep(serving: Serving, batch: number, contextTokens: number): DecodeStep {
  const rows = batch / serving.pipelineParallel;
  const matmul = matmulPassSeconds(serving, rows);
  const cache = decodeAttentionSeconds(serving, rows, contextTokens);
  const collective = tensorParallelSeconds(serving, rows);
  const { stepOverheadSeconds, sequenceOverheadSeconds } = serving.constants;
  const overhead =
    passOverheadSeconds(serving) +
    stepOverheadSeconds +
    (sequenceOverheadSeconds * batch) / serving.attentionGroups;
  return { matmul, cache, collective, overhead, total: matmul + cache + collective + overhead };
}
