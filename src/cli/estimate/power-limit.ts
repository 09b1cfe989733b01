import type { Accelerator } from '@engine/catalogue/types';
import type { Device, PrecisionRate } from '@engine/hardware/device';
import type { CaseHardware } from './case';

/** Watts per accelerator that the words for the hardware say its power is limited to; null where they say nothing of it. */
function statedLimit({ accelerator, interconnect }: CaseHardware): number | null {
  const text = `${accelerator ?? ''} ${interconnect ?? ''}`;
  const found =
    /(\d{2,4}) ?w(?:atts?)? (?:power )?(?:limit|cap)/i.exec(text)?.[1] ??
    /(?:limit|cap)(?:ped|ed)? (?:at|to|of) (\d{2,4}) ?w\b/i.exec(text)?.[1];
  return found === undefined ? null : Number(found);
}

/**
 * The device under the power limit that a case states for it: what the matrix units reach falls with the clocks.
 *
 *   A' = A · √(P / P₀)
 *
 * A achievable rate of products and attention [FLOP/s] · P limit [W] · P₀ power of the part as sold [W]. Power grows with the
 * clock and twice with the voltage, which follows the clock near its end: a root between the square and the cube; the
 * parts are limited at their own power already, so that the smaller one stands here.
 *
 * Leaves out: memory, whose clock stays. Source: definition of dynamic power, C · V² · f; exponent: an estimate.
 */
export function underPowerLimit(
  device: Device,
  accelerator: Accelerator,
  asked: CaseHardware,
): Device {
  const limit = statedLimit(asked);
  const sold = accelerator.power.value;
  if (limit === null || limit >= sold) return device;
  const share = Math.sqrt(limit / sold);
  const rates = Object.fromEntries(
    Object.entries(device.rates).map(([precision, rate]: [string, PrecisionRate]) => [
      precision,
      { ...rate, achievableFlopPerSecond: share * rate.achievableFlopPerSecond },
    ]),
  );
  const { constants } = device;
  const attentionFraction = share * constants.attentionFraction;
  return { ...device, rates, constants: { ...constants, attentionFraction } };
}
