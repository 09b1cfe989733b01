import { evenSwitchesAbove, leafPorts, leavesOfPlane, type LeafPorts } from './leaf';
import { blockingCuts, cut } from './cuts';
import type { Fabric, FabricRules, FabricShape } from './types';

/** One plane: how many switches of each tier, and the links between the tiers. */
interface Plane extends FabricShape {
  readonly tiers: Fabric['tiers'];
  readonly leafSpineLinks: number;
  readonly spineCoreLinks: number;
}

function singleSwitch(): Plane {
  return {
    tiers: 1,
    pods: 1,
    leavesPerPod: 1,
    spinesPerPod: 0,
    cores: 0,
    linksPerLeafAndSpine: 0,
    leafSpineLinks: 0,
    spineCoreLinks: 0,
  };
}

function twoTiers(leaves: number, ports: LeafPorts, radix: number): Plane | null {
  const spines = evenSwitchesAbove(leaves, ports.up, radix);
  if (spines === null) return null;
  return {
    tiers: 2,
    pods: 1,
    leavesPerPod: leaves,
    spinesPerPod: spines,
    cores: 0,
    linksPerLeafAndSpine: ports.up / spines,
    leafSpineLinks: leaves * ports.up,
    spineCoreLinks: 0,
  };
}

/** Pods of equal size, each a two-tier tree whose spines keep ports for the cores: half of them when nothing blocks. */
function threeTiers(leaves: number, ports: LeafPorts, rules: FabricRules): Plane | null {
  const { radix, rails, spineOversubscription = 1 } = rules;
  const { down, up } = leafPorts(radix, spineOversubscription);
  if (down < 1 || up < 1) return null;
  const group = rails <= down ? rails : 1;
  const leavesPerPod = group * Math.floor(down / group);
  const pods = Math.ceil(leaves / leavesPerPod);
  const spinesPerPod = evenSwitchesAbove(leavesPerPod, ports.up, down);
  if (spinesPerPod === null) return null;
  const linksPerLeafAndSpine = ports.up / spinesPerPod;
  const spineUplinks = Math.max(
    1,
    Math.floor((leavesPerPod * linksPerLeafAndSpine) / spineOversubscription + 1e-9),
  );
  const coresPerGroup = evenSwitchesAbove(pods, spineUplinks, radix);
  if (coresPerGroup === null) return null;
  return {
    tiers: 3,
    pods,
    leavesPerPod,
    spinesPerPod,
    cores: spinesPerPod * coresPerGroup,
    linksPerLeafAndSpine,
    leafSpineLinks: pods * leavesPerPod * ports.up,
    spineCoreLinks: pods * spinesPerPod * spineUplinks,
  };
}

function buildPlane(rules: FabricRules, ports: LeafPorts): Plane | null {
  if (rules.endpoints <= rules.radix) return singleSwitch();
  if (ports.up < 1 || ports.down < 1) return null;
  const leaves = leavesOfPlane(rules, ports.down);
  return twoTiers(leaves, ports, rules.radix) ?? threeTiers(leaves, ports, rules);
}

/**
 * A fat tree, rail-optimised or not, of as few tiers as the radix allows.
 *
 *   one tier   E ≤ k
 *   two tiers  E ≤ d · k          L = ⌈E/d⌉, S = L · u / k rounded up to an even spread
 *   three      E ≤ d · d_S · k    pods of d_S leaves, S = L, C = S/2 where r = 1 and k is even
 *
 * E endpoints · k radix · d, u links down and up of a leaf · d_S links down of a spine, ⌊k/2⌋ when it does not block · L leaves ·
 * S spines · C cores · r oversubscription. Every plane is built alike. Returns null when more than three tiers would be needed or the switch cannot have both uplinks and downlinks.
 *
 * Bisection, one direction: B = min(E, links of the narrowest layer above) / 2 · speed of a link.
 *
 * Leaves out: ports for storage, management and a fabric manager; a last pod that is built only in part.
 * Source: Al-Fares, Loukissas, Vahdat 2008, A scalable, commodity data center network architecture (from memory); checked row by
 * row against the tables of NVIDIA's DGX SuperPOD reference architectures (tests/engine/facility/fabric/superpod.test.ts).
 */
export function buildFabric(rules: FabricRules): Fabric | null {
  if (!isBuildable(rules)) return null;
  const ports = leafPorts(rules.radix, rules.oversubscription);
  const plane = buildPlane(rules, ports);
  if (plane === null) return null;
  const { planes, endpoints, linkGbps } = rules;
  const { tiers, pods, leavesPerPod, spinesPerPod, cores, linksPerLeafAndSpine } = plane;
  const crossing = Math.min(
    endpoints,
    ...(tiers >= 2 ? [plane.leafSpineLinks] : []),
    ...(tiers === 3 ? [plane.spineCoreLinks] : []),
  );
  return {
    tiers,
    leaves: planes * pods * leavesPerPod,
    spines: planes * pods * spinesPerPod,
    cores: planes * cores,
    layers: [
      { key: 'nodeLeaf' as const, links: planes * endpoints },
      { key: 'leafSpine' as const, links: planes * plane.leafSpineLinks },
      { key: 'spineCore' as const, links: planes * plane.spineCoreLinks },
    ].filter(({ links }) => links > 0),
    leafDownlinks: tiers === 1 ? endpoints : ports.down,
    leafUplinks: tiers === 1 ? 0 : ports.up,
    bisectionTbps: (planes * crossing * linkGbps) / 2 / 1e3,
    shape: { pods, leavesPerPod, spinesPerPod, cores, linksPerLeafAndSpine },
    cuts: treeCuts(plane, ports, rules),
    switchesOnPath: 2 * tiers - 1,
  };
}

/** Whether the numbers that a fabric is built from mean anything: a switch has ports, a plane has endpoints. */
export function isBuildable(rules: FabricRules): boolean {
  const { radix, endpoints, oversubscription, spineOversubscription = 1, planes, rails } = rules;
  const counts = [radix, endpoints, planes, rails];
  return counts.every((count) => count >= 1) && oversubscription > 0 && spineOversubscription > 0;
}

/** What leaves a scalable unit through its leaves, and a pod through its spines. */
function treeCuts(plane: Plane, ports: LeafPorts, { rails, endpoints }: FabricRules) {
  if (plane.tiers === 1) return [];
  const { leavesPerPod, pods } = plane;
  const perPod = leavesPerPod * ports.down;
  return blockingCuts(endpoints, [
    cut(rails * ports.down, ports.up / ports.down),
    ...(plane.tiers === 3 ? [cut(perPod, plane.spineCoreLinks / pods / perPod)] : []),
  ]);
}
