import { describe, expect, it } from 'vitest';
import type { Precision } from '@engine/catalogue/types';
import { calibratedDevice } from '@engine/training/calibrated-device';
import type { TrainingConstants } from '@engine/training/constants';
import { constants, partOf } from './ideal-device';

/** Shares that differ from each other and lift no rate above its peak. */
const marked: TrainingConstants = {
  ...constants,
  matmulSixteenUnit: 0.91,
  matmulEightUnit: 0.92,
  narrowEightUnit: 0.93,
  matmulFourUnit: 0.94,
  narrowFourUnit: 0.95,
  fourBit: 0.96,
  matmulSystolic: 0.97,
  matmulWideSystolic: 0.89,
  matmulOther: 0.98,
  narrowOther: 0.88,
  matmulCdna: 0.77,
  attentionSixteenUnit: 0.81,
  attentionEightUnit: 0.82,
  attentionFourUnit: 0.83,
  attentionSystolic: 0.84,
  attentionInstinct: 0.86,
  attentionIntelGpu: 0.3,
  scaleOutShare: 0.7,
  fusedMatmulShare: 0.9,
  plainMatmulFourUnit: 0.85,
  tunedMatmulShare: 1.05,
  sharedPowerShare: 0.8,
  powerExponent: 0,
};

function shareOf(id: string, precision: Precision): number {
  const device = partOf(id);
  const achieved = (rates: typeof device.rates) => rates[precision]?.achievableFlopPerSecond ?? 0;
  return achieved(calibratedDevice(device, marked).rates) / achieved(device.rates);
}

describe('idle tiles at the end of a product', () => {
  const idleOf = (id: string) =>
    calibratedDevice(partOf(id), { ...marked, idleTileShare: 0.5 }).idleTileElements;

  it('are a share of what all units of a part compute at a time', () => {
    // 132 multiprocessors × 128 × 256, 304 and 256 compute units × 256 × 256, to three digits
    expect(idleOf('h100-sxm')).toBeCloseTo((132 * 128 * 256) / 2, -5);
    expect(idleOf('mi300x')).toBeCloseTo((304 * 256 * 256) / 2, -5);
    expect(idleOf('mi355x')).toBeCloseTo((256 * 256 * 256) / 2, -5);
  });

  it('are none where products are fed to an array row by row', () => {
    expect(idleOf('tpu-v5p')).toBe(0);
  });
});

describe('power of parts of one line', () => {
  const follows = { ...marked, powerExponent: 0.5 };
  const gained = (id: string) => {
    const device = partOf(id);
    const rate = (constants: TrainingConstants) => {
      const { rates, constants: of } = calibratedDevice(device, constants);
      return { bf16: rates.bf16?.achievableFlopPerSecond ?? 0, attention: of.attentionFraction };
    };
    const [powered, plain] = [rate(follows), rate(marked)];
    return {
      bf16: powered.bf16 / plain.bf16,
      attention: powered.attention / plain.attention,
    };
  };

  it('raises what they reach above what others of the same peak do', () => {
    expect(gained('gb200').bf16).toBeCloseTo(1, 9);
    expect(gained('gb300').bf16).toBeCloseTo(Math.sqrt(1400 / 1200), 9);
    expect(gained('gb300').attention).toBeCloseTo(Math.sqrt(1400 / 1200), 9);
    expect(gained('b200-sxm').bf16).toBeCloseTo(Math.sqrt((1000 / 2250) * (2500 / 1200)), 9);
  });

  it.each(['h100-sxm', 'a100-sxm-80gb', 'mi355x', 'tpu-v5p'])(
    'says nothing of other lines: %s',
    (id) => {
      expect(gained(id).bf16).toBeCloseTo(1, 9);
    },
  );
});

describe('rates in training', () => {
  it.each([
    ['a100-sxm-80gb', 'bf16', 0.91],
    ['h100-sxm', 'bf16', 0.92],
    ['h100-sxm', 'fp8', 0.93],
    ['gh200-96gb', 'bf16', 0.92 * 0.8],
    ['gh200', 'fp8', 0.93 * 0.8],
    ['gb200', 'bf16', 0.94],
    ['b200-sxm', 'bf16', 0.94],
    ['b200-sxm', 'fp8', 0.95],
    ['b200-sxm', 'fp4', 0.96],
    ['tpu-v3', 'bf16', 0.97],
    ['tpu-v5p', 'bf16', 0.97],
    ['tpu-v6e', 'bf16', 0.89],
    ['tpu-v7-ironwood', 'bf16', 0.89],
    ['trainium2', 'bf16', 0.98],
    ['gaudi2', 'fp8', 0.88],
    ['mi250x', 'bf16', 0.77],
    ['mi300x', 'bf16', 0.92],
    ['ascend-910b', 'bf16', 0.98],
  ] as const)('%s in %s keeps the share of its own unit', (id, precision, share) => {
    expect(shareOf(id, precision)).toBeCloseTo(share, 9);
  });

  it('are lower outside the vendor’s recipes on parts with 8-bit and with 4-bit units', () => {
    const ratio = (id: string) => {
      const device = partOf(id);
      const achieved = (generation: 'fused' | 'current') =>
        calibratedDevice(device, marked, generation).rates.bf16?.achievableFlopPerSecond ?? 0;
      return achieved('fused') / achieved('current');
    };
    expect(ratio('h100-sxm')).toBeCloseTo(0.9, 9);
    expect(ratio('b200-sxm')).toBeCloseTo(0.85, 9);
    expect(ratio('tpu-v6e')).toBe(1);
  });

  it('are higher under compiled steps on parts with 16-bit units, which seldom run them', () => {
    const device = partOf('a100-sxm-80gb');
    const achieved = (generation?: 'fused' | 'current') =>
      calibratedDevice(device, marked, generation).rates.bf16?.achievableFlopPerSecond ?? 0;
    expect(achieved('current') / achieved('fused')).toBeCloseTo(1.05, 9);
    expect(achieved()).toBe(achieved('fused'));
  });

  it('follow the type that is computed in, not the one asked for', () => {
    // Parts without an 8-bit or 4-bit rate convert operands to the next wider type.
    expect(shareOf('a100-sxm-80gb', 'fp8')).toBeCloseTo(0.91, 9);
    expect(shareOf('h100-sxm', 'fp4')).toBeCloseTo(0.93, 9);
  });

  it.each([
    ['a100-sxm-80gb', 0.81],
    ['h100-sxm', 0.82],
    ['b200-sxm', 0.83],
    ['tpu-v5p', 0.84],
    ['ascend-910b', 0.84],
    ['max-1550', 0.3],
    ['mi250x', 0.84],
    ['mi300x', 0.86],
    ['mi355x', 0.86],
    ['gh200-96gb', 0.82 * 0.8],
  ] as const)('%s runs attention at the share of its unit', (id, share) => {
    const device = partOf(id);
    const { attentionFraction } = calibratedDevice(device, marked).constants;
    expect(attentionFraction / device.constants.attentionFraction).toBeCloseTo(share, 9);
  });

  it('end at the peak however large the share', () => {
    const device = partOf('h100-sxm');
    const { rates } = calibratedDevice(device, { ...marked, matmulEightUnit: 50 });
    expect(rates.bf16?.achievableFlopPerSecond).toBe(device.rates.bf16?.peakFlopPerSecond);
    expect(rates.bf16?.peakFlopPerSecond).toBe(device.rates.bf16?.peakFlopPerSecond);
  });

  it('slow the network between domains alone, and leave the part that came in as it was', () => {
    const device = partOf('h100-sxm');
    const before = structuredClone(device);
    const calibrated = calibratedDevice(device, marked);
    const { scaleOut, library } = device.constants;
    expect(
      calibrated.constants.scaleOut.bandwidthFraction / scaleOut.bandwidthFraction,
    ).toBeCloseTo(0.7, 9);
    expect(calibrated.constants.library).toEqual(library);
    expect(device).toEqual(before);
  });
});
