import type { Device } from '../hardware/device';
import { matmulSeconds } from '../hardware/matmul';
import type { TrainingJob } from './job';
import type { ProductTime } from './layer-products';
import { softwareOf } from './software';

const none: ProductTime = { forward: 0, backward: 0 };

/**
 * Products with masks of zeros and ones that bring tokens to the slots of their experts, and their results back, of one layer
 * and micro-batch.
 *
 *   forward = 2 · b · t(q, h / TP, s)      backward = 3 · b · t(q, h / TP, s)      q = c · k · s
 *
 * b sequences of a micro-batch [1] · s tokens of one, over CP [1] · q slots of all experts [1] · c capacity factor, k experts per
 * token [1] · h width that the experts work in [1] · t time of one product (see matmulSeconds) [s]. Going back takes the gradients of the tokens, of
 * the results and of the weights that combine them. The work grows with the square of s. Nothing where tokens are
 * sorted or sent by indices, or none are dropped.
 *
 * Source: Lepikhin et al. 2020, GShard, section 3.2, https://arxiv.org/abs/2006.16668; MaxText, layers/moe.py, dense_matmul with a
 * capacity factor, https://github.com/AI-Hypercomputer/maxtext; both from memory.
 */
export function maskDispatch(job: TrainingJob, device: Device): ProductTime {
  const { architecture, layout, sequenceLength } = job;
  const experts = architecture.mixtureOfExperts;
  const { capacityFactor } = layout;
  if (!experts || capacityFactor === undefined) return none;
  if (softwareOf(job, device).dispatchesByMasks !== true) return none;
  const tokens = sequenceLength / layout.contextParallel;
  const slots = capacityFactor * experts.expertsPerToken * tokens;
  const width = architecture.hidden / layout.tensorParallel;
  const precision = device.rates.bf16 === undefined ? 'fp16' : 'bf16';
  const one = layout.microBatch * matmulSeconds(device, precision, slots, width, tokens);
  return { forward: 2 * one, backward: 3 * one };
}
