import { findAccelerator } from '@engine/catalogue/find';
import type { Accelerator, Catalogue } from '@engine/catalogue/types';
import { describeDevice, type Device } from '@engine/hardware/device';
import { CaseError, type CaseHardware } from './case';

export interface Machine {
  readonly accelerator: Accelerator;
  readonly device: Device;
  readonly count: number;
}

/** The accelerators of a case, in the catalogue's node of that size where there is one. */
export function caseMachine(
  given: CaseHardware | null | undefined,
  catalogue: Catalogue,
  assume: (sentence: string) => void,
): Machine {
  const name = given?.accelerator;
  if (!name) throw new CaseError('The case names no accelerator.');
  const accelerator = findAccelerator(catalogue, name);
  if (accelerator === null) {
    throw new CaseError(`The catalogue has no accelerator named '${name}'.`);
  }
  const systems = [...catalogue.systems.values()].filter(
    (system) => system.acceleratorId === accelerator.id,
  );
  const system =
    systems.find((candidate) => candidate.acceleratorsPerNode.value === given.per_node) ??
    systems[0] ??
    null;
  const described = describeDevice(accelerator, system, catalogue.assumptions);
  const device = given.per_node ? { ...described, acceleratorsPerNode: given.per_node } : described;
  if (system !== null) assume(`network of ${system.name}: the case names none the engine reads`);
  if (!given.count) assume('1 accelerator: count not given');
  return { accelerator, device, count: given.count ?? 1 };
}
