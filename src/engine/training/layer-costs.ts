import { isHostDriven, type Device } from '../hardware/device';
import { calibratedDevice } from './calibrated-device';
import { expertParallelSeconds, tensorParallelSeconds } from './communication';
import type { TrainingConstants } from './constants';
import { contextParallelSeconds } from './context-exchange';
import type { TrainingJob } from './job';
import { layerTime, outputHeadSeconds, type Block, type LayerTime } from './layer-time';
import { softwareOf } from './software';

/** Shares of the layers by the block that follows the mixing of tokens. */
function blockShares({
  parameters,
  architecture,
}: TrainingJob): readonly (readonly [Block, number])[] {
  const { denseLayers, expertLayers } = parameters;
  const { layers } = architecture;
  const shares: readonly (readonly [Block, number])[] = [
    ['dense', denseLayers / layers],
    ['experts', expertLayers / layers],
    ['none', (layers - denseLayers - expertLayers) / layers],
  ];
  return shares.filter(([, share]) => share > 0);
}

/** A layer's time, the mean over layers with different blocks. */
function layerTimes(job: TrainingJob, device: Device, constants: TrainingConstants): LayerTime {
  const [first, ...others] = blockShares(job);
  if (first === undefined) return layerTime(job, device, constants, 'none');
  const [block, share] = first;
  const one = layerTime(job, device, constants, block);
  if (others.length === 0) return one;
  const sum = { ...one };
  const names = Object.keys(sum) as (keyof LayerTime)[];
  for (const name of names) sum[name] = share * one[name];
  for (const [other, weight] of others) {
    const time = layerTime(job, device, constants, other);
    for (const name of names) sum[name] += weight * time[name];
  }
  return sum;
}

/**
 * What one layer and the output head cost one accelerator per micro-batch [s]: all of a step that depends on the model, the
 * micro-batch and the degrees inside a stage (TP, CP, EP), but not on PP, chunks, DP, recomputation or ZeRO. A search
 * computes it once for many layouts.
 */
export interface LayerCosts {
  /** rates as training finds them */
  readonly device: Device;
  readonly layer: LayerTime;
  readonly tensor: number;
  readonly experts: number;
  /** the same with nothing hidden; 0 where the other micro-batch hides none of it */
  readonly expertsWhole: number;
  readonly context: number;
  readonly head: number;
}

const nothingHidden = { expertParallelExposed: 1, expertParallelExposedAcross: 1 };

export function layerCosts(
  job: TrainingJob,
  device: Device,
  constants: TrainingConstants,
): LayerCosts {
  const calibrated = calibratedDevice(device, constants, softwareOf(job, device).generation);
  const expertShare = job.parameters.expertLayers / job.architecture.layers;
  let tensor = 0;
  for (const [block, share] of blockShares(job)) {
    tensor += share * tensorParallelSeconds(job, calibrated, constants, block);
  }
  const inside = {
    device: calibrated,
    layer: layerTimes(job, calibrated, constants),
    tensor,
    experts: expertShare * expertParallelSeconds(job, calibrated, constants),
    head: outputHeadSeconds(job, calibrated),
  };
  return exchangeCosts(job, inside, constants);
}

/**
 * Whether tokens are exchanged behind the computation of another micro-batch: in DualPipe, and where software says so; not over
 * Amazon's adapter, which the host drives.
 */
export function hidesExperts(job: TrainingJob, device: Device): boolean {
  const isSaid = softwareOf(job, device).overlapsExperts === true && !isHostDriven(device);
  return job.layout.schedule === 'dualpipe' || isSaid;
}

/** DualPipe comes with dispatch kernels of its own, unless others are stated. */
function withOwnDispatch(job: TrainingJob, device: Device): TrainingJob {
  return { ...job, software: { dispatcher: 'deduplicated', ...softwareOf(job, device) } };
}

/**
 * As layerCosts, from those of the same degrees with another exchange between context-parallel ranks or another schedule; not
 * from those of DualPipe, whose layers sort tokens in another way.
 */
export function exchangeCosts(
  job: TrainingJob,
  inside: Omit<LayerCosts, 'expertsWhole' | 'context'>,
  constants: TrainingConstants,
): LayerCosts {
  const { device, tensor, experts, head } = inside;
  const isDual = job.layout.schedule === 'dualpipe';
  const dual = isDual ? withOwnDispatch(job, device) : job;
  const layer = isDual ? layerTimes(dual, device, constants) : inside.layer;
  const expertShare = job.parameters.expertLayers / job.architecture.layers;
  const attention = layer.forwardAttention * (1 + 2.5 / constants.backwardAttentionRatio);
  const { expertImbalance, routingSpread } = constants;
  const expertsWhole = hidesExperts(job, device)
    ? expertParallelSeconds(dual, device, { ...nothingHidden, expertImbalance, routingSpread })
    : 0;
  return {
    device,
    layer,
    tensor,
    experts,
    expertsWhole: expertShare * expertsWhole,
    context: contextParallelSeconds(job, device, constants, attention),
    head,
  };
}
