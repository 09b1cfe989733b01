import type { Device } from '../hardware/device';
import { streamSeconds } from '../hardware/memory';
import { denseShards, expertShards, type TrainingJob } from './job';
import { parametersPerAccelerator, trainedWeightBytes } from './model-state';
import { softwareOf } from './software';

/**
 * Time of copying gathered weights out of the buffer of their collective, in both passes, and gradients into that of theirs: on
 * the stream of the products, which wait for it.
 *
 *   t = P · ((1 + 1) · 2·w + w + g) / B
 *
 * P parameters held [1] · w bytes of a weight, g of a gradient as it is exchanged [B] · B streaming bandwidth [B/s]
 *
 * Source: foreach_all_gather_copy_out and foreach_reduce_scatter_copy_in, torch/distributed/fsdp/_fully_shard,
 * https://github.com/pytorch/pytorch; DeepSpeed, runtime/zero/partition_parameters.py; FSDP before it gathered into place; from memory.
 */
export function copyingSeconds(job: TrainingJob, device: Device, gradientWidth: number): number {
  const { copiesShards } = softwareOf(job, device);
  if (copiesShards === undefined) return 0;
  const { dense, expert } = parametersPerAccelerator(job);
  const width = trainedWeightBytes(job.precision);
  const weights = copiesShards === 'all' ? 4 * width : 0;
  return streamSeconds(device, (dense + expert) * (weights + width + gradientWidth));
}

/**
 * Time in which the shards of weights come from the host for both passes of a micro-batch and their gradients go there;
 * nothing where they stay on the accelerator.
 */
export function hostSeconds(job: TrainingJob, device: Device): number {
  if (job.layout.offloadsWeights !== true) return 0;
  const { dense, expert } = parametersPerAccelerator(job);
  const held = dense / denseShards(job) + expert / expertShards(job);
  const bytes = 3 * trainedWeightBytes(job.precision) * held;
  return bytes / device.hostBytesPerSecond;
}
