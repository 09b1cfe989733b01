import { describeDevice, type Device } from '@engine/hardware/device';
import { countParameters } from '@engine/model/parameters';
import type { TrainingLayout } from '@engine/plan';
import { readTrainingConstants, type TrainingConstants } from '@engine/training/constants';
import type { TrainingJob } from '@engine/training/job';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf, architectureOf } from '../../fixtures/engine-fixture';

export const constants = readTrainingConstants(catalogue.assumptions);

/** Nothing is lost: experts evenly loaded, every collective visible, every kernel as fast as any. */
export const lossless: TrainingConstants = {
  ...constants,
  expertImbalance: 1,
  expertShare: 1,
  misalignedShare: 1,
  idleTileShare: 0,
  tensorParallelExposed: 1,
  expertParallelExposed: 1,
  expertParallelExposedAcross: 1,
  contextParallelExposed: 1,
  pipelineTransferExposed: 1,
};

/** A part by itself, without a system around it. */
export function partOf(id: string): Device {
  return describeDevice(acceleratorOf(id), null, catalogue.assumptions);
}

/** Bytes per second of both kinds of link of the ideal part. */
export const linkRate = 1e9;
/** FLOP per second of the counting part. */
export const flopRate = 1e12;

/** A part whose links have no latency, so that time times rate is the volume that one rank sends. */
export function withIdealLinks(device: Device, domain: number): Device {
  const free = { baseSeconds: 0, stepSeconds: 0, bandwidthFraction: 1 };
  return {
    ...device,
    scaleUp: { bytesPerSecond: linkRate, domain },
    scaleOut: { bytesPerSecond: linkRate },
    constants: { ...device.constants, library: free, lowLatency: free, scaleOut: free },
  };
}

/** A part that only computes: memory is free, kernels start at once, time times rate is FLOP. */
export function countingFlop(device: Device): Device {
  const rate = { peakFlopPerSecond: flopRate, achievableFlopPerSecond: flopRate };
  return {
    ...device,
    rates: { bf16: { ...rate, computedIn: 'bf16' } },
    memoryBytesPerSecond: Number.POSITIVE_INFINITY,
    constants: { ...device.constants, kernelFloorSeconds: 0 },
  };
}

/** A part that only moves data, one gigabyte per second. */
export function countingBytes(device: Device): Device {
  const endless = Number.POSITIVE_INFINITY;
  const rate = { peakFlopPerSecond: endless, achievableFlopPerSecond: endless };
  return {
    ...device,
    rates: {
      bf16: { ...rate, computedIn: 'bf16' },
      fp8: { ...rate, computedIn: 'fp8' },
    },
    memoryBytesPerSecond: linkRate,
    constants: {
      ...device.constants,
      kernelFloorSeconds: 0,
      streamFraction: 1,
      matmulMemoryFraction: 1,
    },
  };
}

const alone: TrainingLayout = {
  tensorParallel: 1,
  pipelineParallel: 1,
  virtualStages: 1,
  contextParallel: 1,
  expertParallel: 1,
  microBatch: 1,
  recompute: 'none',
  zeroStage: 1,
};

/** A job on one accelerator with a sequence of 4096, apart from what is changed. */
export function jobOf(
  model: string,
  layout: Partial<TrainingLayout> = {},
  changes: Partial<TrainingJob> = {},
): TrainingJob {
  const architecture = changes.architecture ?? architectureOf(model);
  return {
    architecture,
    parameters: countParameters(architecture),
    precision: 'bf16',
    sequenceLength: 4096,
    globalBatch: 64,
    dataParallel: 1,
    layout: { ...alone, ...layout },
    ...changes,
  };
}
