import type { Precision } from '../catalogue/types';
import type { Device, PrecisionRate } from '../hardware/device';
import type { TrainingConstants } from './constants';
import type { SoftwareGeneration } from '../plan';
import { usualGeneration } from './software';

/** Columns of a systolic array up to the fifth generation of TPUs; wider ones are harder to fill and to feed. */
const narrowColumns = 128;

function shareOf(precision: Precision, device: Device, constants: TrainingConstants): number {
  const isFour = precision === 'fp4';
  const isNarrow = isFour || precision === 'fp8' || precision === 'int8';
  switch (device.unit) {
    case 'sixteen-bit':
      return constants.matmulSixteenUnit;
    case 'eight-bit':
      return isNarrow ? constants.narrowEightUnit : constants.matmulEightUnit;
    case 'four-bit':
      if (isFour) return constants.fourBit;
      return isNarrow ? constants.narrowFourUnit : constants.matmulFourUnit;
    case 'systolic':
      return (device.matrixColumns ?? 0) > narrowColumns
        ? constants.matmulWideSystolic
        : constants.matmulSystolic;
    case 'other':
      if (device.family === 'cdna') return constants.matmulCdna;
      if (device.family === 'intel') return constants.matmulIntelGpu;
      return isNarrow ? constants.narrowOther : constants.matmulOther;
  }
}

/**
 * Attention of Instinct GPUs is written by their maker, and is not held to what others' kernels reach on their units; before the MI300X
 * it was carried over from those.
 */
function attentionShare(device: Device, constants: TrainingConstants): number {
  if (device.family.startsWith('cdna') && device.unit !== 'other') {
    return constants.attentionInstinct;
  }
  switch (device.unit) {
    case 'sixteen-bit':
      return constants.attentionSixteenUnit;
    case 'eight-bit':
      return constants.attentionEightUnit;
    case 'four-bit':
      return constants.attentionFourUnit;
    case 'systolic':
      return constants.attentionSystolic;
    case 'other':
      return device.family === 'intel' ? constants.attentionIntelGpu : constants.attentionSystolic;
  }
}

/**
 * Rate of products by the software around them: plain PyTorch against what is usual on parts with 8-bit or 4-bit units, compiled steps and
 * kernels fused by hand against what is usual on those before.
 */
function softwareShare(
  { unit }: Device,
  generation: SoftwareGeneration,
  constants: TrainingConstants,
): number {
  if (unit === 'eight-bit' && generation !== 'current') return constants.fusedMatmulShare;
  if (unit === 'four-bit' && generation !== 'current') return constants.plainMatmulFourUnit;
  return unit === 'sixteen-bit' && generation === 'current' ? constants.tunedMatmulShare : 1;
}

/**
 * Rate under load of parts of one line whose peaks are stated alike and whose power is not: GB300 and GB200 are the same
 * arithmetic at 1,400 and 1,200 W, and power is what holds their clocks.
 */
function powerShare(
  { family, powerWatts, rates, constants }: Device,
  { powerExponent }: TrainingConstants,
): number {
  const peak = rates.bf16?.peakFlopPerSecond;
  if (family !== 'blackwell' || powerWatts === undefined || !peak) return 1;
  return (powerWatts / peak / constants.usualEnergyPerFlop) ** powerExponent;
}

/**
 * The device as a training job finds it: rates of kernels measured alone, times the share of them that long runs keep.
 *
 *   A' = κ · κ_o · κ_p · κ_w · A        η' = κ_a · κ_p · κ_w · η        β' = κ_n · β        κ_w = (P / F / (P₀ / F₀))^x
 *   ε = ι · W
 *
 * A achievable rate of matrix products [FLOP/s] · η share of the peak that attention reaches [1] · β share of the network
 * between domains [1] · κ, κ_o, κ_a, κ_n shares fitted to published training runs, κ_o of software of 2023 or before on parts with
 * 8-bit or 4-bit units and of later software on those before, κ_p of parts that share the power of their module with a processor, 1 otherwise [1] · P power and F 16-bit peak of the part, P₀ and F₀ of a GB200, in one line of parts [W, FLOP/s] · x
 * how far clocks under load follow the power [1] · ε results that a product's last round of tiles computes for nothing [1] · W results
 * that a part computes at a time, one tile per unit [1] · ι share of those: a half where tiles are of one size, less as
 * libraries choose smaller ones [1]
 *
 * Leaves out: single boards that clock lower than others. Source: docs/calibration/training.md.
 */
export function calibratedDevice(
  device: Device,
  constants: TrainingConstants,
  generation: SoftwareGeneration = usualGeneration(device),
): Device {
  const rates: Partial<Record<Precision, PrecisionRate>> = {};
  const shared = device.sharesPower ? constants.sharedPowerShare : 1;
  const written = softwareShare(device, generation, constants);
  const powered = powerShare(device, constants);
  for (const [precision, rate] of Object.entries(device.rates) as [Precision, PrecisionRate][]) {
    const share = written * shared * powered * shareOf(rate.computedIn, device, constants);
    rates[precision] = {
      ...rate,
      achievableFlopPerSecond: Math.min(
        rate.peakFlopPerSecond,
        rate.achievableFlopPerSecond * share,
      ),
    };
  }
  const { scaleOut } = device.constants;
  return {
    ...device,
    rates,
    idleTileElements: constants.idleTileShare * device.constants.matmulWaveElements,
    constants: {
      ...device.constants,
      attentionFraction:
        device.constants.attentionFraction * shared * powered * attentionShare(device, constants),
      scaleOut: {
        ...scaleOut,
        bandwidthFraction: scaleOut.bandwidthFraction * constants.scaleOutShare,
      },
    },
  };
}
