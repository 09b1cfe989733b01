import type { Accelerator, Catalogue } from '@engine/catalogue/types';
import {
  describeDevice,
  hostBus,
  withElasticAdapter,
  withScaleOut,
  type Device,
} from '@engine/hardware/device';
import { CaseError, type CaseHardware } from './case';
import { namedPart } from './named-part';
import { underPowerLimit } from './power-limit';
import { slicesOf } from './slices';
import { networkGbps } from './written-network';
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

/** Amazon's adapter by name, or a machine of Amazon's that has it. */
const elasticAdapter = /\befa(?:v\d)?\b|\bp[4-6](?:de?|en|-[a-z]+\d+)?\.\d+xlarge\b/i;

/** The accelerators of a case, in the catalogue's node of that size where there is one. */
export function caseMachine(
  asked: CaseHardware | null | undefined,
  catalogue: Catalogue,
  assume: (sentence: string) => void,
): Machine {
  if (!asked?.accelerator) throw new CaseError('The case names no accelerator.');
  const given = writtenHardware(asked, catalogue, assume);
  const name = given.accelerator ?? asked.accelerator;
  const units = given.count ?? 1;
  const { accelerator, perUnit, refine } = namedPart(name, given.count ?? null, catalogue, assume);
  const systems = [...catalogue.systems.values()].filter(
    (system) => system.acceleratorId === accelerator.id,
  );
  const system =
    systems.find((candidate) => candidate.acceleratorsPerNode.value === given.per_node) ??
    systems[0] ??
    null;
  const asSold = refine(describeDevice(accelerator, system, catalogue.assumptions));
  const described = underPowerLimit(asSold, accelerator, given);
  if (perUnit > 1) assume(`${perUnit} × ${accelerator.name} in each of the ${units} counted`);
  const acceleratorsPerNode = given.per_node ?? described.acceleratorsPerNode;
  const device = {
    ...described,
    // What a case keeps in its host had room there when it was measured.
    hostMemoryBytes: Number.POSITIVE_INFINITY,
    acceleratorsPerNode,
    scaleUp: nodeLink(accelerator, described, units * perUnit, given, catalogue),
  };
  const network = networkGbps(given.interconnect, acceleratorsPerNode);
  if (network === null && system !== null) {
    assume(`network of ${system.name}: the case names none the engine reads`);
  }
  if (!given.count) assume('1 accelerator: count not given');
  const hasAdapter = elasticAdapter.test(
    `${name} ${asked.accelerator} ${given.interconnect ?? ''}`,
  );
  const connected = network === null ? device : withScaleOut(device, network);
  return {
    accelerator,
    device: hasAdapter ? withElasticAdapter(connected) : connected,
    count: units * perUnit,
    units,
    isCountGiven: Boolean(given.count),
    isPowerCapped: /max-?q|power[- ]?capped/i.test(name),
  };
}

/**
 * Boards of four have no switch: a third of the links goes to each of the others. Four that are all there is may be half of
 * a board of eight.
 *
 * Source: NVIDIA HGX A100 and H100 4-GPU, GH200 quad nodes (JUPITER, Alps), from memory.
 */
function isBoardOfFour(
  { scaleUpKind, sharesPower }: Accelerator,
  count: number,
  perNode: number | null | undefined,
): boolean {
  const isSwitchedInEight = /nvswitch/i.test(scaleUpKind);
  return perNode === 4 && ((isSwitchedInEight && count !== 4) || sharesPower === true);
}

/**
 * Parts without a link of their own share the host bus of one node; so do single cards whose bridges between pairs are sold
 * apart, where there are more of them than a pair and the case names no bridge. Parts that are soldered to their link reach
 * every other of the node that the case states, as four GH200 do, and none beyond it where the link ends with the node. A torus
 * ends with its slice.
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
    const reachesBeyond = /rack|torus/i.test(accelerator.scaleUpKind);
    const isSmaller = !reachesBeyond && perNode && perNode < Math.min(count, device.scaleUp.domain);
    const slices = /torus/i.test(accelerator.scaleUpKind) ? slicesOf(interconnect, count) : 1;
    if (slices > 1) return { ...device.scaleUp, domain: count / slices };
    return {
      ...device.scaleUp,
      domain: isSmaller ? perNode : Math.max(device.scaleUp.domain, domain),
      ...(isBoardOfFour(accelerator, count, perNode) ? { directPeers: 3 } : {}),
    };
  }
  return { ...device.scaleUp, domain: Math.max(device.scaleUp.domain, Math.min(8, count)) };
}
