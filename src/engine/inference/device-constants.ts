import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';
import type { Device } from '../hardware/device';
import { readServingConstants, servingAssumptionKeys, type ServingConstants } from './constants';
import { promptTokensByMemory } from './reserved-memory';
import { generationLine, type SoftwareGeneration } from './software';

const gibibyte = 2 ** 30;

/** Parts whose memory the engine asks for before it sets its limits: not those that share it with a host, nor TPUs, which have limits of their own. */
function hasOwnMemory({ unit, family }: Device): boolean {
  const isShared = family === 'cpu' || family === 'apple' || family === 'intel-integrated';
  return !isShared && unit !== 'systolic';
}

function hasLittleMemory(device: Device, assumptions: Assumptions): boolean {
  const least = assumptionValue(assumptions, 'serving.littleMemory') * gibibyte;
  return hasOwnMemory(device) && device.memoryBytes < least;
}

/**
 * With the share of its rate that memory made for graphics reaches over stacked memory, in the one line of parts that comes with either:
 * those of Volta to Ampere that count for data centres have stacked memory, and units for 64 bits. Lines with one kind of memory have it in
 * their own constant.
 */
function onGraphicsMemory(
  { family, rates }: Device,
  read: ServingConstants,
  assumptions: Assumptions,
): ServingConstants {
  if (family !== 'ampere' || rates.fp64 !== undefined) return read;
  const gain = assumptionValue(assumptions, 'serving.graphicsMemory');
  return { ...read, weightStream: read.weightStream * gain };
}

/** The constants of serving software on one accelerator: those of its family, with the limits that current engines set by its memory. */
export function servingConstantsOn(
  device: Device,
  generation: SoftwareGeneration,
  assumptions: Assumptions,
): ServingConstants {
  const read = onGraphicsMemory(
    device,
    readServingConstants(assumptions, generation, device.family),
    assumptions,
  );
  if (read.activationReserveBytes > 0) {
    // SGLang asks GPUs for their memory; on other parts it is given a share.
    if (!hasOwnMemory(device)) return { ...read, activationReserveBytes: 0 };
    const usual = promptTokensByMemory(device, read.gibibytes);
    return { ...read, prefillTokens: Math.min(read.prefillTokens, usual) };
  }
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
