import { allGatherSeconds, allToAllSeconds, pointToPointSeconds } from '../hardware/collective';
import type { Device } from '../hardware/device';
import { streamSeconds } from '../hardware/memory';
import { layerKinds } from '../model/layer-kinds';
import { recurrentSize } from '../model/recurrent-mixer';
import type { TrainingConstants } from './constants';
import { tokensPerMicroBatch, type TrainingJob } from './job';
import { linkOfGroup } from './torus-links';

const activationBytes = 2;

/**
 * Exposed time of what context-parallel ranks exchange, one layer and micro-batch, both directions.
 *
 *   all-gather   ξ · 3 · all-gather of n · CP · 2·a_kv·d · 2 bytes / TP
 *   ring         max(0, 3 · (CP − 1) · send(n · 2·a_kv·d · 2 bytes / TP) − attention)
 *   Ulysses      2 · all-to-all of n · 2·(a + a_kv)·d · 2 bytes / TP
 *   recurrence   2 · (all-to-all of n · inward · 2 bytes / TP + of n · outward · 2 bytes / TP + 2 passes over both)
 *
 * n tokens per rank [1] · a, a_kv heads and key–value heads [1] · d head width [1] · ξ share that computation does not hide [1].
 * Keys and values go once forward; the backward pass gathers them again and scatters the gradient. A ring hides behind the
 * attention of the block at hand; Ulysses exchanges queries, keys, values and outputs for heads before and after it. A recurrence
 * runs through whole sequences: every rank takes the heads of its share for all tokens, in their own order.
 *
 * Leaves out: imbalance of the causal mask, which load-balanced sharding removes; heads that Ulysses must repeat where
 * there are fewer than ranks.
 * Source: Llama team 2024, section 3.3.2, https://arxiv.org/abs/2407.21783; Liu et al. 2023, Ring Attention,
 * https://arxiv.org/abs/2310.01889; Jacobs et al. 2023, DeepSpeed Ulysses, https://arxiv.org/abs/2309.14509; NVIDIA/Megatron-LM,
 * megatron/core/ssm/mamba_context_parallel.py; from memory.
 */
export function contextParallelSeconds(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  attentionSeconds: number,
): number {
  if (job.layout.contextParallel <= 1) return 0;
  const { recurrentMixer, layers } = job.architecture;
  const share = recurrentMixer ? layerKinds(job.architecture).recurrent / layers : 0;
  const attention = share < 1 ? attentionExchange(job, device, constants, attentionSeconds) : 0;
  return (1 - share) * attention + share * recurrenceExchange(job, device);
}

/** Times that the numbers exchanged are read and written to order the tokens for a recurrence, and back for attention. */
const orderingPasses = 2;

/** What a layer with a recurrence exchanges: all of its inputs for the heads of a rank, and its outputs back. */
function recurrenceExchange(job: TrainingJob, device: Device): number {
  const { contextParallel, tensorParallel } = job.layout;
  const { recurrentMixer } = job.architecture;
  if (!recurrentMixer) return 0;
  const { inward, outward } = recurrentSize(recurrentMixer);
  const bytes = (tokensPerMicroBatch(job) * activationBytes) / tensorParallel;
  const link = linkOfGroup(job, device, contextParallel, tensorParallel);
  const sent =
    allToAllSeconds(bytes * inward, contextParallel, link) +
    allToAllSeconds(bytes * outward, contextParallel, link);
  return 2 * (sent + streamSeconds(device, 2 * orderingPasses * bytes * (inward + outward)));
}

function attentionExchange(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
  attentionSeconds: number,
): number {
  const { contextParallel, tensorParallel, contextExchange } = job.layout;
  const { heads, keyValueHeads, headDim } = job.architecture;
  const width = Math.max(2 * headDim, (2 * keyValueHeads * headDim) / tensorParallel);
  const own = tokensPerMicroBatch(job) * width * activationBytes;
  const link = linkOfGroup(job, device, contextParallel, tensorParallel);
  switch (contextExchange ?? 'all-gather') {
    case 'all-gather':
      return (
        constants.contextParallelExposed *
        3 *
        allGatherSeconds(contextParallel * own, contextParallel, link)
      );
    case 'ring': {
      const ring = 3 * (contextParallel - 1) * pointToPointSeconds(own, link);
      return Math.max(0, ring - attentionSeconds);
    }
    case 'ulysses': {
      const queries = tokensPerMicroBatch(job) * ((2 * heads * headDim) / tensorParallel);
      return 2 * allToAllSeconds(own + queries * activationBytes, contextParallel, link);
    }
  }
}
