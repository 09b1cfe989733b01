import type { Device } from '../hardware/device';
import { streamSeconds } from '../hardware/memory';
import type { TrainingConstants } from './constants';
import { acceleratorsPerReplica, denseShards, expertShards, type TrainingJob } from './job';
import { parametersPerAccelerator } from './model-state';
import { optimizerTrafficBytes } from './optimizer';
import { orthogonalizationSeconds } from './orthogonalization';

/** Bytes per parameter between accelerator and host: a gradient of four there, a weight of two back. */
const offloadedBytes = 6;

/**
 * Time of the update on one accelerator, limited by memory traffic; in the host's memory by what goes there and back
 * (gradients of four bytes, weights of two) or by the host's processors, which update the shares of all accelerators of the
 * node, whichever is longer. Muon orthogonalises its momentum besides, on the accelerator.
 */
export function optimizerSeconds(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
): number {
  const { dense, expert } = parametersPerAccelerator(job);
  const isSharded = job.layout.zeroStage > 0;
  const held =
    dense / (isSharded ? denseShards(job) : 1) + expert / (isSharded ? expertShards(job) : 1);
  const orthogonalizing = orthogonalizationSeconds(job, device);
  if (job.layout.offloadsOptimizer) {
    const { hostUpdateBytesPerSecond } = device.constants;
    const accelerators = acceleratorsPerReplica(job.layout) * job.dataParallel;
    // A part that shares a module with its processor has one of its own.
    const served = device.sharesPower ? 1 : Math.min(device.acceleratorsPerNode, accelerators);
    const traffic = optimizerTrafficBytes(job, constants) * held * served;
    const moved = job.layout.offloadsWeights === true ? 0 : offloadedBytes * held;
    const moving = moved / device.hostBytesPerSecond;
    return orthogonalizing + Math.max(moving, traffic / hostUpdateBytesPerSecond);
  }
  return orthogonalizing + streamSeconds(device, optimizerTrafficBytes(job, constants) * held);
}
