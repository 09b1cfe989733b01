import type { Device } from '../hardware/device';
import type { TrainingConstants } from './constants';
import type { TrainingJob } from './job';
import { stageMemory, type TrainingMemory } from './memory';
import { optimizerBytes } from './optimizer';

function usesHost({ layout }: TrainingJob): boolean {
  const { offloadsOptimizer, offloadsWeights, offloadedLayers } = layout;
  return offloadsOptimizer === true || offloadsWeights === true || offloadedLayers !== undefined;
}

function withoutHost(job: TrainingJob): TrainingJob {
  const onAccelerators = {
    offloadsOptimizer: undefined,
    offloadsWeights: undefined,
    offloadedLayers: undefined,
  };
  return { ...job, layout: { ...job.layout, ...onAccelerators } };
}

const heldIn = ({ weights, gradients, optimizer, activations }: TrainingMemory): number =>
  weights + gradients + optimizer + activations;

/**
 * Memory of the host that one accelerator of the first pipeline stage fills [B].
 *
 *   H = M(everything on the accelerator) − M(as laid out) + (g / o) · O
 *
 * M weights, gradients, optimizer and activations of an accelerator, see stageMemory [B] · O state of the optimizer that is in the
 * host [B] · o bytes of it per parameter · g bytes of a gradient per parameter: where the host updates, the gradients wait there.
 * Weights in the host bring their gradients along already.
 *
 * Leaves out: buffers for what is on its way, the data loader and the operating system.
 * Source: Ren et al. 2021, ZeRO-Offload, section 4, https://arxiv.org/abs/2101.06840, from memory.
 */
export function hostBytes(job: TrainingJob, constants: TrainingConstants): number {
  if (!usesHost(job)) return 0;
  const all = stageMemory(withoutHost(job), constants, 0);
  const here = stageMemory(job, constants, 0);
  const updated = all.optimizer - here.optimizer;
  const bringsGradients = all.gradients > here.gradients;
  const waiting = bringsGradients
    ? 0
    : (updated * constants.gradientBytes) / optimizerBytes(job, constants);
  return heldIn(all) - heldIn(here) + waiting;
}

/** Whether what a layout keeps in the memory of the host is more than there is; never where that is not known. */
export function overfillsHost(
  job: TrainingJob,
  constants: TrainingConstants,
  { hostMemoryBytes = Number.POSITIVE_INFINITY }: Device,
): boolean {
  return hostBytes(job, constants) > hostMemoryBytes;
}
