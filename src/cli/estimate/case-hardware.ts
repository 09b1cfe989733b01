import { alikeNames, findAccelerator } from '@engine/catalogue/find';
import type { Accelerator, Catalogue } from '@engine/catalogue/types';
import { describeDevice, hostBus, withScaleOut, type Device } from '@engine/hardware/device';
import { BYTES_PER_GB } from '@engine/units';
import { CaseError, type CaseHardware } from './case';
import { processorLike } from './like-processor';
import { partOfDevice } from './part-of-accelerator';
import { writtenHardware } from './written-hardware';

export interface Machine {
  readonly accelerator: Accelerator;
  readonly device: Device;
  /** accelerators: processors in a case that counts nodes of two, chips in one that counts cards of two */
  readonly count: number;
  /** what the case counts */
  readonly units: number;
  readonly isPowerCapped: boolean;
  readonly isCountGiven: boolean;
}

/** The accelerators of a case, in the catalogue's node of that size where there is one. */
export function caseMachine(
  asked: CaseHardware | null | undefined,
  catalogue: Catalogue,
  assume: (sentence: string) => void,
): Machine {
  if (!asked?.accelerator) throw new CaseError('The case names no accelerator.');
  const given = writtenHardware(asked, catalogue, assume);
  const name = given.accelerator ?? asked.accelerator;
  const { accelerator, memoryBytes } = namedAccelerator(name, catalogue, assume);
  const systems = [...catalogue.systems.values()].filter(
    (system) => system.acceleratorId === accelerator.id,
  );
  const system =
    systems.find((candidate) => candidate.acceleratorsPerNode.value === given.per_node) ??
    systems[0] ??
    null;
  const described = describeDevice(accelerator, system, catalogue.assumptions);
  const units = given.count ?? 1;
  const perUnit = acceleratorsPerUnit(name, given.count ?? null);
  if (perUnit > 1) assume(`${perUnit} × ${accelerator.name} in each of the ${units} counted`);
  const acceleratorsPerNode = given.per_node ?? described.acceleratorsPerNode;
  const device = {
    ...partOfDevice(described, name, accelerator, catalogue, assume),
    ...(memoryBytes === null ? {} : { memoryBytes }),
    acceleratorsPerNode,
    scaleUp: nodeLink(accelerator, described, units * perUnit, given, catalogue),
  };
  const network = networkGbps(given.interconnect, acceleratorsPerNode);
  if (network === null && system !== null) {
    assume(`network of ${system.name}: the case names none the engine reads`);
  }
  if (!given.count) assume('1 accelerator: count not given');
  return {
    accelerator,
    device: network === null ? device : withScaleOut(device, network),
    count: units * perUnit,
    units,
    isCountGiven: Boolean(given.count),
    isPowerCapped: /max-?q|power[- ]?capped/i.test(name),
  };
}

interface NamedAccelerator {
  readonly accelerator: Accelerator;
  /** as the name states it, where no such version is in the catalogue */
  readonly memoryBytes: number | null;
}

/** The part that a name means; a version with another memory than the catalogue knows keeps the rest of its part. */
function namedAccelerator(
  name: string,
  catalogue: Catalogue,
  assume: (sentence: string) => void,
): NamedAccelerator {
  const accelerator = findAccelerator(catalogue, name);
  if (accelerator !== null) return { accelerator, memoryBytes: null };
  const stated = /(\d+) ?gi?b?\b/i.exec(name);
  const other = stated === null ? null : findAccelerator(catalogue, name.replace(stated[0], ' '));
  const like = catalogue.accelerators.get(processorLike(name) ?? '');
  if (like) {
    assume(
      `${like.name}: the catalogue has no processor named '${name}', and this is of its generation`,
    );
    return { accelerator: like, memoryBytes: null };
  }
  if (stated === null || other === null) {
    throw new CaseError(unknownAccelerator(name, catalogue));
  }
  assume(`${other.name} with ${stated[1]} GB of memory: the catalogue has no such version`);
  return { accelerator: other, memoryBytes: Number(stated[1]) * BYTES_PER_GB };
}

/** What to write in place of a name that means no accelerator. */
function unknownAccelerator(name: string, catalogue: Catalogue): string {
  const rows = [...catalogue.accelerators.values()];
  const alike = alikeNames(rows, name, 4);
  const instances = [...catalogue.instances.values()].map(({ id }) => ({ id, name: id }));
  const machines = alikeNames(instances, name, 4);
  const instead =
    alike.length + machines.length > 0
      ? [...alike, ...machines].join(', ')
      : 'the name of an accelerator, such as H100-SXM-80GB, MI300X or TPU v5e';
  return `The catalogue has no accelerator named '${name}'. Write instead: ${instead}.`;
}

/**
 * Parts without a link of their own share the host bus of one node; so do single cards whose bridges between pairs are sold
 * apart, where there are more of them than a pair and the case names no bridge. Parts that are soldered to their link reach
 * every other of the node that the case states, as four GH200 do.
 */
function nodeLink(
  accelerator: Accelerator,
  device: Device,
  count: number,
  { per_node: perNode, interconnect }: CaseHardware,
  { assumptions }: Catalogue,
): Device['scaleUp'] {
  const isBridgeSoldApart =
    /bridge/i.test(accelerator.scaleUpKind) && /pcie/i.test(accelerator.name);
  const isBridged = !isBridgeSoldApart || /nvlink|bridge/i.test(interconnect ?? '');
  if (!isBridged && count > device.scaleUp.domain)
    return hostBus(accelerator, assumptions, Math.min(8, count));
  if (accelerator.scaleUpBandwidth !== null) {
    const domain = isBridgeSoldApart ? 0 : Math.min(perNode ?? 0, count);
    return { ...device.scaleUp, domain: Math.max(device.scaleUp.domain, domain) };
  }
  return { ...device.scaleUp, domain: Math.max(device.scaleUp.domain, Math.min(8, count)) };
}

/** Processors in 'Xeon 6980P x2 sockets' and, where no more are counted, '2x EPYC 9654'; chips in 'Arc Pro B60 (Dual 48G card)'. */
export function acceleratorsPerUnit(name: string, count: number | null): number {
  const ahead = /^(\d) ?[x×] /i.exec(name.trim())?.[1];
  if (ahead !== undefined && (count ?? 1) === 1) return Number(ahead);
  const sockets = /x ?(\d) sockets|(\d)[- ]?sockets?\b/i.exec(name);
  if (sockets !== null) return Number(sockets[1] ?? sockets[2]);
  return /\bdual\b/i.test(name) ? 2 : 1;
}

/** Network rate per accelerator that a text states: '8x400G IB', '4x Omni-Path 100 Gb/s per node', '400 Gb/s per GPU'. */
export function networkGbps(text: string | null | undefined, perNode: number): number | null {
  if (!text) return null;
  const ports = /(\d+) ?x ?(?:[a-z -]*?)(\d+) ?g/i.exec(text);
  if (ports?.[1] && ports[2]) return (Number(ports[1]) * Number(ports[2])) / perNode;
  const perPart = /(\d+) ?gb\/s per (?:gpu|chip|accelerator)/i.exec(text)?.[1];
  if (perPart) return Number(perPart);
  const perServer = /(\d+) ?gb\/s (?:per node|inter-?node)/i.exec(text)?.[1];
  return perServer ? Number(perServer) / perNode : null;
}
