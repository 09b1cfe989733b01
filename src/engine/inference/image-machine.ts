import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions, ImageModel, Precision } from '../catalogue/types';
import { peakFlopPerSecond, type Device } from '../hardware/device';
import { bytesPerElement } from '../model/precision';
import { BYTES_PER_GB } from '../units';
import { readServingConstants } from './constants';

/** How fast an accelerator runs image generators of a kind. */
export interface ImageMachine {
  /** seconds per FLOP of products and convolutions */
  readonly perProduct: (precision: Precision) => number;
  /** seconds of fused attention of so much work [FLOP] and so many scores */
  readonly attending: (work: number, scores: number, precision: Precision) => number;
  /** seconds to move so many GB, counted at 16 bits */
  readonly moving: (gigabytes: number, precision: Precision) => number;
}

/**
 * Matrix units that add in 32 bits at half rate, as in parts for games, or none at all: 16-bit products run little faster than
 * vectors do, or four times slower than 8-bit ones. Nothing else holds such units back.
 */
function isHalved({ rates }: Device): boolean {
  const matrix = rates.fp16?.peakFlopPerSecond ?? 0;
  const vector = rates.fp32?.peakFlopPerSecond ?? 0;
  const narrow = rates.int8?.peakFlopPerSecond ?? 0;
  return matrix < 2.5 * vector || narrow > 3.5 * matrix;
}

/**
 * Time of arithmetic and of moving activations.
 *
 *   c = s / (A · a · h · u) + (1 − s) / (A_16 · a · h · u)      t_attention = C / (A_w · b · h · u) + v · N / P_32
 *
 * A, A_16, A_w achievable rate of large products at the precision, at 16 bits and at the width of activations [FLOP/s] · a share of it that convolutions and products of these
 * networks reach, b that those of fused attention reach [1] · h what parts whose matrix units run at half rate reach over others, 1 for those [1] · u what
 * operators reach that no compiler chose, 1 where compiled [1] · s share of the products that narrow formats take over [1] · C work of attention [FLOP], N its scores [1] ·
 * v vector work of a score, its exponential above all [FLOP] · P_32 peak of vector units [FLOP/s]
 *
 * Leaves out: small shapes, clocks under load, exponentials behind products as in kernels of Hopper's own.
 * Source: roofline; a, b, h, s, u and v fitted by tests/calibration/fit-inference.mjs; σ see decodeAttentionSeconds.
 */
export function imageMachine(
  device: Device,
  model: ImageModel,
  isEager: boolean,
  assumptions: Assumptions,
): ImageMachine {
  const read = (key: string): number => assumptionValue(assumptions, key);
  const { cacheStream } = readServingConstants(assumptions, 'current', device.family);
  const kind = model.kind === 'convolutional' ? 'Convolutional' : 'Transformer';
  const better = isHalved(device) ? read('serving.imageHalvedRate') : 1;
  const tuned = better * (isEager ? read('serving.imageUntuned') : 1);
  const rateIn = (precision: Precision, share: number): number =>
    Math.min(
      (device.rates[precision]?.achievableFlopPerSecond ?? 0) * share * tuned,
      peakFlopPerSecond(device, precision),
    );
  const reached = read(`serving.image${kind}`);
  const narrowShare = read('serving.imageNarrowShare');
  const vector = peakFlopPerSecond(device, 'fp32') || peakFlopPerSecond(device, 'bf16') / 16;
  const streamed = device.memoryBytesPerSecond * cacheStream;
  return {
    perProduct: (precision) =>
      bytesPerElement(precision) < 2
        ? narrowShare / rateIn(precision, reached) + (1 - narrowShare) / rateIn('bf16', reached)
        : 1 / rateIn(precision, reached),
    attending: (work, scores, precision) =>
      work / rateIn(precision, read('serving.imageAttention')) +
      (scores * read('serving.imageSoftmax')) / vector,
    moving: (gigabytes, precision) =>
      (gigabytes * BYTES_PER_GB * Math.max(1, bytesPerElement(precision) / 2)) / streamed,
  };
}
