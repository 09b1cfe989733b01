import { findAccelerator } from '@engine/catalogue/find';
import type { Accelerator, Catalogue } from '@engine/catalogue/types';
import { describeDevice, type Device } from '@engine/hardware/device';
import { CaseError, type CaseHardware } from './case';

export interface Machine {
  readonly accelerator: Accelerator;
  readonly device: Device;
  /** accelerators: processors in a case that counts nodes of two, chips in one that counts cards of two */
  readonly count: number;
  /** what the case counts */
  readonly units: number;
  readonly isPowerCapped: boolean;
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
  if (system !== null) assume(`network of ${system.name}: the case names none the engine reads`);
  if (!given.count) assume('1 accelerator: count not given');
  const units = given.count ?? 1;
  const perUnit = acceleratorsPerUnit(name);
  if (perUnit > 1) assume(`${perUnit} × ${accelerator.name} in each of the ${units} counted`);
  const acceleratorsPerNode = given.per_node ?? described.acceleratorsPerNode;
  const device = {
    ...described,
    acceleratorsPerNode,
    scaleUp: nodeLink(accelerator, described, units * perUnit),
  };
  const isPowerCapped = /max-?q|power[- ]?capped/i.test(name);
  return { accelerator, device, count: units * perUnit, units, isPowerCapped };
}

/** Parts without a link of their own share the host bus of one node. */
function nodeLink(accelerator: Accelerator, device: Device, count: number): Device['scaleUp'] {
  if (accelerator.scaleUpBandwidth !== null) return device.scaleUp;
  return { ...device.scaleUp, domain: Math.max(device.scaleUp.domain, Math.min(8, count)) };
}

/** Processors in 'Xeon 6980P x2 sockets', chips in 'Arc Pro B60 (Dual 48G card)'. */
function acceleratorsPerUnit(name: string): number {
  const sockets = /x ?(\d) sockets|(\d)[- ]?sockets?\b/i.exec(name);
  if (sockets !== null) return Number(sockets[1] ?? sockets[2]);
  return /\bdual\b/i.test(name) ? 2 : 1;
}
