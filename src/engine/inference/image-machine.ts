import { hasSlowUnits } from './slow-units';
import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions, ImageModel, Precision } from '../catalogue/types';
import { hardwareAssumptionKeys } from '../hardware/constants';
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
  /** as `moving`, of activations that one operator leaves for the next, so many GB of them each time */
  readonly passing: (gigabytes: number, perOperator: number, precision: Precision) => number;
}

/** What of the software decides how fast a machine is. */
export interface ImageKernels {
  readonly isEager: boolean;
  readonly sumsIn16Bits?: boolean | undefined;
}

/**
 * What slow units reach over others, since nothing else holds them back: matrix units that add in 32 bits at half rate, as in
 * parts for games, or stand beside a fast memory (H20), whose 16-bit products run little faster than vectors do, or four times
 * slower than 8-bit ones; vector units where a part has no others.
 */
function slowUnitGain(device: Device, assumptions: Assumptions): number {
  const { rates } = device;
  const matrix = rates.fp16?.peakFlopPerSecond ?? 0;
  const vector = rates.fp32?.peakFlopPerSecond ?? 0;
  const narrow = rates.int8?.peakFlopPerSecond ?? 0;
  if (matrix < 1.5 * vector) return assumptionValue(assumptions, 'serving.imageVectorRate');
  const isHalved = matrix < 2.5 * vector || narrow > 3.5 * matrix || hasSlowUnits(device);
  return isHalved ? assumptionValue(assumptions, 'serving.imageHalvedRate') : 1;
}

/** Whether units add in 16 bits twice as fast as in 32, which is what data sheets of parts for games count. */
function addsTwiceAsFast({ rates }: Device): boolean {
  const matrix = rates.fp16?.peakFlopPerSecond ?? 0;
  const vector = rates.fp32?.peakFlopPerSecond ?? Infinity;
  const narrow = rates.int8?.peakFlopPerSecond ?? 0;
  return matrix > 1.5 * vector && narrow > 3.5 * matrix;
}

/** Speed of passing activations on within the last-level cache over that through memory. */
const cacheSpeed = 4;
/** Share of its peak that a matrix unit reaches at most with large products. */
const highestShare = 0.92;

/**
 * Time of arithmetic and of moving activations.
 *
 *   c = s / (A · a · h · u · n) + (1 − s) / (A_16 · a · h · u)      t_attention = C / (A_w · b · h · u) + v · N / P_32
 *   t_passing = G / (σ · M) · (1 − ¾ · min(1, L / G_o))
 *
 * A, A_16, A_w achievable rate of large products at the precision, at 16 bits and at the width of activations [FLOP/s] · a share of it that convolutions and products of these
 * networks reach, b that those of fused attention reach [1] · h what slow units reach over others, see slowUnitGain [1] · u what
 * operators reach that no compiler chose, 1 where compiled [1] · s share of the products that narrow formats take over [1] · C work of attention [FLOP], N its scores [1] ·
 * n what sums kept in 16 bits gain on parts that add so twice as fast, 1 for others [1] · G activations that operators pass on, G_o those
 * between two of them, L last-level cache [B] · v vector work of a score, its exponential above all [FLOP] · P_32 peak of vector units [FLOP/s]
 *
 * Leaves out: small shapes, clocks under load, exponentials behind products as in kernels of Hopper's own.
 * Source: roofline; a, b, h, s, u and v fitted by tests/calibration/fit-inference.mjs; σ see decodeAttentionSeconds.
 */
export function imageMachine(
  device: Device,
  model: ImageModel,
  { isEager, sumsIn16Bits }: ImageKernels,
  assumptions: Assumptions,
): ImageMachine {
  const read = (key: string): number => assumptionValue(assumptions, key);
  const { cacheStream } = readServingConstants(assumptions, 'current', device.family);
  const kind = model.kind === 'convolutional' ? 'Convolutional' : 'Transformer';
  const better = slowUnitGain(device, assumptions);
  const tuned = better * (isEager ? read('serving.imageUntuned') : 1);
  const rateIn = (precision: Precision, share: number): number =>
    Math.min(
      (device.rates[precision]?.achievableFlopPerSecond ?? 0) * share * tuned,
      peakFlopPerSecond(device, precision) * highestShare,
    );
  const summing =
    sumsIn16Bits === true && addsTwiceAsFast(device) ? read('serving.imageNarrowSums') : 1;
  const reached = read(`serving.image${kind}`);
  const narrowShare = read('serving.imageNarrowShare');
  const vector = peakFlopPerSecond(device, 'fp32') || peakFlopPerSecond(device, 'bf16') / 16;
  const cache = (lastLevelCache(device, assumptions) * 1e6) / BYTES_PER_GB;
  const streamed = device.memoryBytesPerSecond * cacheStream;
  const moving = (gigabytes: number, precision: Precision): number =>
    (gigabytes * BYTES_PER_GB * Math.max(1, bytesPerElement(precision) / 2)) / streamed;
  return {
    perProduct: (precision) =>
      bytesPerElement(precision) < 2
        ? narrowShare / rateIn(precision, reached) + (1 - narrowShare) / rateIn('bf16', reached)
        : 1 / (rateIn(precision, reached) * (precision === 'fp16' ? summing : 1)),
    attending: (work, scores, precision) =>
      work / rateIn(precision, read('serving.imageAttention')) +
      (scores * read('serving.imageSoftmax')) / vector,
    moving,
    passing: (gigabytes, perOperator, precision) => {
      const kept = perOperator > 0 ? Math.min(1, cache / perOperator) : 0;
      return moving(gigabytes, precision) * (1 - kept * (1 - 1 / cacheSpeed));
    },
  };
}

/** Last-level cache of the parts of a line [MB]; 0 where it is too small to keep activations. */
function lastLevelCache({ family }: Device, assumptions: Assumptions): number {
  const key = `${hardwareAssumptionKeys.lastLevelCache}.${family}`;
  return (
    assumptions[key]?.value ?? assumptionValue(assumptions, hardwareAssumptionKeys.lastLevelCache)
  );
}
