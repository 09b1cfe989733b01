import type { NetworkCut } from '../../hardware/device';
import { blockingCuts, cut } from './cuts';
import { isBuildable } from './fat-tree';
import type { Fabric, FabricRules } from './types';

/** Sides of the torus nearest to a cube that holds so many switches, shortest first. */
export function torusSides(switches: number, dimensions: number): readonly number[] {
  const sides: number[] = [];
  let left = switches;
  for (let remaining = dimensions; remaining >= 1; remaining -= 1) {
    const side = Math.max(1, Math.ceil(left ** (1 / remaining) - 1e-9));
    sides.push(side);
    left = Math.ceil(left / side);
  }
  return sides.toSorted((one, other) => one - other);
}

const product = (values: readonly number[]): number => values.reduce((all, one) => all * one, 1);

/** Ports of a switch: w links to each of its 2 · D neighbours, c endpoints. */
function portsOf(radix: number, oversubscription: number, dimensions: number) {
  const links = Math.floor(radix / (1 + oversubscription) / (2 * dimensions));
  const outgoing = 2 * dimensions * links;
  const endpoints = Math.min(radix - outgoing, Math.floor(outgoing * oversubscription + 1e-9));
  return { links, endpoints };
}

/**
 * Borders of blocks of switches, from one switch to half of the torus: links out of a block over its endpoints' ports.
 * A block grows along the first side, doubling, then along the next; a side that it fills has no border.
 */
function torusCuts(sides: readonly number[], links: number, endpoints: number): NetworkCut[] {
  const cuts: NetworkCut[] = [];
  const block = sides.map(() => 1);
  const add = (): void => {
    const switches = product(block);
    const faces = sides.reduce(
      (sum, side, axis) =>
        (block[axis] ?? 1) < side ? sum + (2 * switches) / (block[axis] ?? 1) : sum,
      0,
    );
    cuts.push(cut(switches * endpoints, (faces * links) / (switches * endpoints)));
  };
  add();
  sides.forEach((side, axis) => {
    for (let length = 2; length < side; length *= 2) {
      block[axis] = length;
      add();
    }
    block[axis] = side;
    if (axis < sides.length - 1 && side > 1) add();
  });
  return cuts;
}

/**
 * A torus of switches: every switch carries endpoints and is joined to its neighbours along two or three dimensions.
 *
 *   w = ⌊k / (1 + r) / 2D⌋      c = min(k − 2·D·w, ⌊2·D·w·r⌋)      Q = a₁ · … · a_D ≥ E / c
 *   cables between switches = D′ · Q · w      B = min(E/2, 2 · Q / a_max · w) · speed of a link
 *
 * k radix · r endpoints per link to a neighbour · D dimensions, D′ of them longer than one · w links to each neighbour · c endpoints
 * of a switch · Q switches · a sides · B bisection, one direction. Switches on the mean path: 1 + Σ a/4.
 *
 * Leaves out: links that an odd side or an uneven count leaves unused; twisted tori.
 * Source: Dally and Towles 2004, Principles and practices of interconnection networks, chapter 5, from memory.
 */
export function buildTorus(rules: FabricRules, dimensions: 2 | 3): Fabric | null {
  if (!isBuildable(rules)) return null;
  const { endpoints, radix, oversubscription, planes, linkGbps } = rules;
  const isOne = endpoints <= radix;
  const ports = portsOf(radix, oversubscription, dimensions);
  if (!isOne && (ports.links < 1 || ports.endpoints < 1)) return null;
  const sides = torusSides(isOne ? 1 : Math.ceil(endpoints / ports.endpoints), dimensions);
  const switches = product(sides);
  const longest = sides.at(-1) ?? 1;
  const between = sides.filter((side) => side > 1).length * switches * ports.links;
  const crossing = isOne
    ? endpoints / 2
    : Math.min(endpoints / 2, ((2 * switches) / longest) * ports.links);
  return {
    tiers: 1,
    leaves: planes * switches,
    spines: 0,
    cores: 0,
    layers: [
      { key: 'nodeLeaf' as const, links: planes * endpoints },
      { key: 'betweenSwitches' as const, links: planes * between },
    ].filter(({ links }) => links > 0),
    leafDownlinks: isOne ? endpoints : ports.endpoints,
    leafUplinks: isOne ? 0 : 2 * dimensions * ports.links,
    bisectionTbps: (planes * crossing * linkGbps) / 1e3,
    shape: {
      pods: 1,
      leavesPerPod: switches,
      spinesPerPod: 0,
      cores: 0,
      linksPerLeafAndSpine: 0,
      sides,
    },
    cuts: isOne ? [] : blockingCuts(endpoints, torusCuts(sides, ports.links, ports.endpoints)),
    switchesOnPath: isOne ? 1 : 1 + sides.reduce((sum, side) => sum + side / 4, 0),
  };
}
