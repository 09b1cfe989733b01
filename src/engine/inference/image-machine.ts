import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions, Precision } from '../catalogue/types';
import { hardwareAssumptionKeys } from '../hardware/constants';
import { peakFlopPerSecond, type Device } from '../hardware/device';
import { bytesPerElement } from '../model/precision';
import { BYTES_PER_GB } from '../units';
import { readServingConstants } from './constants';

/** How fast an accelerator runs image generators under some software. */
export interface ImageMachine {
  /** seconds per FLOP of matrix products */
  readonly perProduct: (precision: Precision) => number;
  /** seconds per FLOP of convolutions */
  readonly perConvolution: (precision: Precision) => number;
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
  readonly choosesKernels?: boolean | undefined;
  /** fused attention is that of FlashAttention 2, whose instructions are Ampere's */
  readonly attendsAsAmpere?: boolean | undefined;
}

/** Parts whose matrix units have instructions of their own, without which they reach no more than a share of their rate. */
const ownInstructions: readonly Device['family'][] = ['hopper', 'blackwell'];

/**
 * What slow units reach over others, since nothing else holds them back: matrix units that add in 32 bits at half rate, as in
 * parts for games, or stand beside a fast memory (H20), whose 16-bit products run little faster than vectors do, or four times
 * slower than 8-bit ones; vector units where a part has no others.
 */
function slowUnitGain(device: Device, assumptions: Assumptions): number {
  const { rates, memoryBytesPerSecond, unit } = device;
  const matrix = rates.fp16?.peakFlopPerSecond ?? 0;
  const vector = rates.fp32?.peakFlopPerSecond ?? 0;
  const narrow = rates.int8?.peakFlopPerSecond ?? 0;
  const isSlow =
    matrix < assumptionValue(assumptions, 'serving.imageSlowUnit') * memoryBytesPerSecond;
  if (matrix < 1.5 * vector) return assumptionValue(assumptions, 'serving.imageVectorRate');
  // Vector units that take two 16-bit numbers in the place of one of 32 bits.
  if (unit === 'other' && matrix < 2.5 * vector) return 1;
  const isHalved = matrix < 2.5 * vector || narrow > 3.5 * matrix || isSlow;
  return isHalved ? assumptionValue(assumptions, 'serving.imageHalvedRate') : 1;
}

/**
 * Whether a part is one for games: its units add in 16 bits twice as fast as in 32, so that data sheets rate 8-bit products four
 * times as high as 16-bit ones that add in 32. Such parts sit in desktop computers.
 */
export function isPartForGames({ rates }: Device): boolean {
  const matrix = rates.fp16?.peakFlopPerSecond ?? 0;
  const vector = rates.fp32?.peakFlopPerSecond ?? Infinity;
  const narrow = rates.int8?.peakFlopPerSecond ?? 0;
  return matrix > 1.5 * vector && narrow > 3.5 * matrix;
}

/**
 * Exponentials that a unit computes for one of its vector lanes, over those of parts of today: Volta, Turing and the A100 have 64
 * lanes beside the 16 units of special functions that others have beside 128.
 *
 * Source: NVIDIA, A100 and GA102 architecture whitepapers, figures of the streaming multiprocessor; from memory.
 */
function lanesPerExponential({ family, rates }: Device): number {
  const matrix = rates.fp16?.peakFlopPerSecond ?? 0;
  const vector = rates.fp32?.peakFlopPerSecond ?? Infinity;
  return family === 'ampere' && matrix > 6 * vector ? 2 : 1;
}

/** Share of the work that runs in so few bits where a network is quantised: whole numbers are scaled back between layers. */
function narrowShare(precision: Precision, assumptions: Assumptions): number {
  const key = precision === 'int8' ? 'imageNarrowShare.int8' : 'imageNarrowShare';
  return assumptionValue(assumptions, `serving.${key}`);
}

/**
 * Time of arithmetic and of moving activations.
 *
 *   c = s / r + (1 − s) / r_16,  r = n · min(A · a · h, P · m)      t_attention = C / (i · min(A_w · b · h, P_w · m)) + v · N / P_32
 *   t_passing = G / (σ · M) · (1 − (1 − 1 / k) · min(1, L / G_o))
 *
 * c seconds per FLOP of products and of convolutions · A, P achievable and peak rate of large products at the precision, _16 at
 * 16 bits and _w at the width of activations [FLOP/s] · a share of A that products reach, or convolutions, these less so where no
 * compiler chose their kernels and as much on systolic units, b that fused attention reaches [1] · h what slow units reach over
 * others, see slowUnitGain, times what compilers gain that try kernels for every operator and fuse what follows into them [1] ·
 * m share of the peak that is reached at most [1] · n what sums kept in 16 bits gain on parts that add so twice as fast, 1 for
 * others [1] · s share of the work that narrow formats take over, 1 for 16 bits [1] · C work of attention [FLOP], N its scores [1] ·
 * i what kernels with Ampere's instructions reach on units that have their own (Hopper, Blackwell), 1 for others [1] ·
 * v vector work of a score, its exponential above all [FLOP] · P_32 peak of vector units, see lanesPerExponential [FLOP/s] · G activations that operators
 * pass on, G_o those between two of them, L last-level cache [B], k its speed over that of memory [1], σ · M memory bandwidth reached
 *
 * Kernels with the instructions of Hopper and Blackwell hide exponentials behind products: the longer of both counts.
 *
 * Leaves out: small shapes, clocks under load.
 * Source: Luo et al. 2024, Benchmarking and Dissecting the Nvidia Hopper GPU Architecture, https://arxiv.org/abs/2402.13499 (mma
 * at 62 to 63 % of the peak of an H800's units, which wgmma reaches; from memory), and Shah et al. 2024, FlashAttention-3,
 * https://arxiv.org/abs/2407.08608 (FlashAttention 2 at 35 % of an H100's peak, 3 at 75 %; from memory), for i and
 * for what hides; roofline; a, b, h, i, m, n, s and v fitted by tests/calibration/fit-inference.mjs; σ see decodeAttentionSeconds.
 */
export function imageMachine(
  device: Device,
  { isEager, sumsIn16Bits, choosesKernels, attendsAsAmpere }: ImageKernels,
  assumptions: Assumptions,
): ImageMachine {
  const read = (key: string): number => assumptionValue(assumptions, key);
  const chosen = choosesKernels === true ? read('serving.imageChosenKernels') : 1;
  const gain = slowUnitGain(device, assumptions) * chosen;
  const rateIn = (precision: Precision, share: number): number =>
    Math.min(
      (device.rates[precision]?.achievableFlopPerSecond ?? 0) * share * gain,
      peakFlopPerSecond(device, precision) * read('serving.imageHighestShare'),
    );
  const summing =
    sumsIn16Bits === true && isPartForGames(device) ? read('serving.imageNarrowSums') : 1;
  const perWork = (precision: Precision, share: number): number => {
    if (bytesPerElement(precision) >= 2) {
      return 1 / (rateIn(precision, share) * (precision === 'fp16' ? summing : 1));
    }
    const narrow = narrowShare(precision, assumptions);
    return narrow / rateIn(precision, share) + (1 - narrow) / rateIn('bf16', share);
  };
  const tuned = isEager ? read('serving.imageUntuned') : 1;
  // Arrays of a systolic unit take convolutions as they take products.
  const isSystolic = device.unit === 'systolic';
  const convolution = isSystolic
    ? read('serving.imageProduct')
    : read('serving.imageConvolution') * tuned;
  const isEarlier = attendsAsAmpere === true && ownInstructions.includes(device.family);
  const ownShare = isEarlier ? read('serving.imageEarlierAttention') : 1;
  const isOverlapped = attendsAsAmpere !== true && ownInstructions.includes(device.family);
  const vector = peakFlopPerSecond(device, 'fp32') || peakFlopPerSecond(device, 'bf16') / 16;
  const { cacheStream } = readServingConstants(assumptions, 'current', device.family);
  const streamed = device.memoryBytesPerSecond * cacheStream;
  const moving = (gigabytes: number, precision: Precision): number =>
    (gigabytes * BYTES_PER_GB * Math.max(1, bytesPerElement(precision) / 2)) / streamed;
  const ofFamily = (key: string): number =>
    assumptions[`${key}.${device.family}`]?.value ?? read(key);
  const cache = (ofFamily(hardwareAssumptionKeys.lastLevelCache) * 1e6) / BYTES_PER_GB;
  const spared = 1 - 1 / ofFamily(hardwareAssumptionKeys.lastLevelCacheSpeed);
  return {
    perProduct: (precision) => perWork(precision, read('serving.imageProduct')),
    perConvolution: (precision) => perWork(precision, convolution),
    attending: (work, scores, precision) => {
      const products = work / (ownShare * rateIn(precision, read('serving.imageAttention')));
      const exponentials =
        (scores * read('serving.imageSoftmax')) / (vector * lanesPerExponential(device));
      return isOverlapped ? Math.max(products, exponentials) : products + exponentials;
    },
    moving,
    passing: (gigabytes, perOperator, precision) => {
      const kept = perOperator > 0 ? Math.min(1, cache / perOperator) : 0;
      return moving(gigabytes, precision) * (1 - kept * spared);
    },
  };
}
