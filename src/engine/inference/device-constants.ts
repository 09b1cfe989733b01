import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';
import type { Device } from '../hardware/device';
import { readServingConstants, servingAssumptionKeys, type ServingConstants } from './constants';
import { generationLine, type SoftwareGeneration } from './software';

const gibibyte = 2 ** 30;

/** Parts whose memory the engine asks for before it sets its limits: not those that share it with a host, nor TPUs, which have limits of their own. */
function hasLittleMemory({ memoryBytes, unit, family }: Device, assumptions: Assumptions): boolean {
  const isShared = family === 'cpu' || family === 'apple' || family === 'intel-integrated';
  const least = assumptionValue(assumptions, 'serving.littleMemory') * gibibyte;
  return !isShared && unit !== 'systolic' && memoryBytes < least;
}

/** The constants of serving software on one accelerator: those of its family, with the limits that current engines set by its memory. */
export function servingConstantsOn(
  device: Device,
  generation: SoftwareGeneration,
  assumptions: Assumptions,
): ServingConstants {
  const read = readServingConstants(assumptions, generation, device.family);
  const isCurrent = generationLine(generation).includes('current');
  if (!isCurrent || !hasLittleMemory(device, assumptions)) return read;
  const limit = (key: string): number => assumptionValue(assumptions, `${key}.littleMemory`);
  const { largestBatch, prefillTokens } = servingAssumptionKeys;
  return {
    ...read,
    largestBatch: Math.min(read.largestBatch, limit(largestBatch)),
    prefillTokens: Math.min(read.prefillTokens, limit(prefillTokens)),
  };
}
