import { evenSwitchesAbove, leafPorts, leavesOfPlane, type LeafPorts } from './leaf';
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

/** Pods of equal size, each a two-tier tree whose spines keep half their ports for the cores. */
function threeTiers(leaves: number, ports: LeafPorts, radix: number, rails: number): Plane | null {
  const down = Math.floor(radix / 2);
  const group = rails <= down ? rails : 1;
  const leavesPerPod = group * Math.floor(down / group);
  const pods = Math.ceil(leaves / leavesPerPod);
  const spinesPerPod = evenSwitchesAbove(leavesPerPod, ports.up, down);
  if (spinesPerPod === null) return null;
  const linksPerLeafAndSpine = ports.up / spinesPerPod;
  const spineUplinks = leavesPerPod * linksPerLeafAndSpine;
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
  return (
    twoTiers(leaves, ports, rules.radix) ?? threeTiers(leaves, ports, rules.radix, rules.rails)
  );
}

/**
 * A fat tree, rail-optimised or not, of as few tiers as the radix allows.
 *
 *   one tier   E ≤ k
 *   two tiers  E ≤ d · k          L = ⌈E/d⌉, S = L · u / k rounded up to an even spread
 *   three      E ≤ d · ⌊k/2⌋ · k  pods of ⌊k/2⌋ leaves, S = L, C = S/2 where r = 1 and k is even
 *
 * E endpoints · k radix · d, u links down and up of a leaf · L leaves · S spines · C cores · r oversubscription. Every plane is
 * built alike. Returns null when more than three tiers would be needed or the switch cannot have both uplinks and downlinks.
 *
 * Bisection, one direction: B = min(E, links of the narrowest layer above) / 2 · speed of a link.
 *
 * Leaves out: dragonfly and torus; ports for storage, management and a fabric manager; a last pod that is built only in part.
 * Source: Al-Fares, Loukissas, Vahdat 2008, A scalable, commodity data center network architecture (from memory); checked row by
 * row against the tables of NVIDIA's DGX SuperPOD reference architectures (tests/engine/facility/fabric/superpod.test.ts).
 */
export function buildFabric(rules: FabricRules): Fabric | null {
  const isReal = rules.radix >= 1 && rules.endpoints >= 1 && rules.oversubscription > 0;
  if (!isReal || rules.planes < 1 || rules.rails < 1) return null;
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
  };
}
