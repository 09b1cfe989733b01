import type { Accelerator, Catalogue } from '@engine/catalogue/types';
import type { Device } from '@engine/hardware/device';

/** What a name says about how much of a part is meant. */
interface Share {
  readonly arithmetic: number;
  readonly memory: number;
}

/** Cores in 'M1 Max (24-core GPU)' over those of the whole part; one of the two dies of an MI250 or MI250X in '(1 GCD)'. */
function statedShare(name: string, { id }: Accelerator, { parallelUnits }: Catalogue): Share {
  const dies = /(\d) ?x? ?gcd\b/i.exec(name)?.[1];
  if (dies !== undefined && /^mi250/.test(id)) {
    const share = Math.min(1, Number(dies) / 2);
    return { arithmetic: share, memory: share };
  }
  const cores = Number(/(\d+)[- ]cores? gpu/i.exec(name)?.[1]);
  const whole = parallelUnits.get(id)?.units.value;
  const isFewer = whole !== undefined && cores > 0 && cores < whole;
  return { arithmetic: isFewer ? cores / whole : 1, memory: 1 };
}

/** The device as far as the name means it, with an assumption that says so. */
export function partOfDevice(
  device: Device,
  name: string,
  accelerator: Accelerator,
  catalogue: Catalogue,
  assume: (sentence: string) => void,
): Device {
  const { arithmetic, memory } = statedShare(name, accelerator, catalogue);
  if (arithmetic === 1) return device;
  assume(`${Math.round(100 * arithmetic)} % of the arithmetic of ${accelerator.name}`);
  const rates = Object.fromEntries(
    Object.entries(device.rates).map(([precision, rate]) => [
      precision,
      {
        ...rate,
        peakFlopPerSecond: rate.peakFlopPerSecond * arithmetic,
        achievableFlopPerSecond: rate.achievableFlopPerSecond * arithmetic,
      },
    ]),
  );
  return {
    ...device,
    rates,
    memoryBytes: device.memoryBytes * memory,
    memoryBytesPerSecond: device.memoryBytesPerSecond * memory,
  };
}
