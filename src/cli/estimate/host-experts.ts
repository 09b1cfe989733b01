import type { Architecture, Catalogue } from '@engine/catalogue/types';
import { describeDevice } from '@engine/hardware/device';
import { readServingConstants } from '@engine/inference/constants';
import { hostProcessor, type HostProcessor } from '@engine/inference/host-experts';
import { CaseError, type CaseServing } from './case';
import { namedPart } from './named-part';

/** A common host where a case names none: two processors with eight channels of DDR5 each. */
const usualHost = 'xeon-8480plus';
const usualSockets = 2;

/** The processors that multiply routed experts where a case or its engine keeps them in the host's memory; null where none does. */
export function expertsHost(
  { engine, cpu, offload }: CaseServing,
  architecture: Architecture,
  catalogue: Catalogue,
  assume: (sentence: string) => void,
): HostProcessor | null {
  const isKept = /ktransformers|fiddler/i.test(engine ?? '') || /expert/i.test(offload ?? '');
  if (!isKept || architecture.mixtureOfExperts === null) return null;
  const named = cpu
    ? namedPart(cpu, null, catalogue, assume)
    : { accelerator: catalogue.accelerators.get(usualHost), perUnit: usualSockets };
  const { accelerator, perUnit: sockets } = named;
  if (accelerator === undefined) throw new CaseError(`The catalogue has no '${usualHost}'.`);
  assume(`experts in the memory of ${sockets} × ${accelerator.name}`);
  const device = describeDevice(accelerator, null, catalogue.assumptions);
  const constants = readServingConstants(catalogue.assumptions, 'llama.cpp', 'cpu');
  return hostProcessor(device, sockets, constants.weightStream * constants.expertStream);
}
