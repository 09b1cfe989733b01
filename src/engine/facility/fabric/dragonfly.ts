import { blockingCuts, cut } from './cuts';
import { buildFabric, isBuildable } from './fat-tree';
import { leafPorts, leavesOfPlane } from './leaf';
import type { Fabric, FabricRules } from './types';

/**
 * A dragonfly+ (Megafly): groups that are two-tier trees, every two groups joined by cables between their spines.
 *
 *   group    ℓ leaves · u spines, one link between each pair; h = ports of a spine that are left for other groups
 *   G = ⌈L / ℓ⌉      P = ⌊u · h / (G − 1)⌋      cables between groups = G · (G − 1) / 2 · P
 *
 * L leaves · ℓ leaves of a group, the downlinks of a spine · u uplinks of a leaf · G groups · P cables between two groups. The
 * largest has u · h + 1 groups: k⁴/16 + k²/4 endpoints of even radix k. Up to one group it is a two-tier fat tree.
 *
 * Bisection, one direction: B = min(E/2, ⌊G/2⌋ · ⌈G/2⌉ · P) · speed of a link. Traffic that goes to one other group finds P
 * direct cables, or, by way of third groups, half of all cables that leave its group.
 *
 * Leaves out: groups that are not full; routing that falls behind its ideal.
 * Source: Shpiner, Haramaty, Eliad, Zdornov, Gafni, Zahavi 2017, Dragonfly+: low cost topology for scaling datacenters,
 * https://doi.org/10.1109/HiPINEB.2017.11, from memory.
 */
export function buildDragonfly(rules: FabricRules): Fabric | null {
  if (!isBuildable(rules)) return null;
  const { endpoints, radix, rails, planes, linkGbps, spineOversubscription = 1 } = rules;
  const leaf = leafPorts(radix, rules.oversubscription);
  const spine = leafPorts(radix, spineOversubscription);
  if (leaf.up < 1 || leaf.down < 1 || spine.up < 1 || spine.down < 1) return null;
  const share = rails <= spine.down ? rails : 1;
  const leavesPerGroup = share * Math.floor(spine.down / share);
  const groups = Math.ceil(leavesOfPlane(rules, leaf.down) / leavesPerGroup);
  if (endpoints <= radix || groups === 1) return buildFabric(rules);
  const globalPorts = leaf.up * spine.up;
  const perPair = Math.floor(globalPorts / (groups - 1));
  if (perPair < 1) return null;
  const perGroup = leavesPerGroup * leaf.down;
  const leavingLinks = perPair * (groups - 1);
  const acrossHalves = Math.floor(groups / 2) * Math.ceil(groups / 2) * perPair;
  const crossing = Math.min(endpoints / 2, acrossHalves, (groups * leavesPerGroup * leaf.up) / 2);
  return {
    tiers: 2,
    leaves: planes * groups * leavesPerGroup,
    spines: planes * groups * leaf.up,
    cores: 0,
    layers: [
      { key: 'nodeLeaf', links: planes * endpoints },
      { key: 'leafSpine', links: planes * groups * leavesPerGroup * leaf.up },
      { key: 'betweenGroups', links: (planes * groups * leavingLinks) / 2 },
    ],
    leafDownlinks: leaf.down,
    leafUplinks: leaf.up,
    bisectionTbps: (planes * crossing * linkGbps) / 1e3,
    shape: {
      pods: groups,
      leavesPerPod: leavesPerGroup,
      spinesPerPod: leaf.up,
      cores: 0,
      linksPerLeafAndSpine: 1,
    },
    cuts: blockingCuts(endpoints, [
      cut(rails * leaf.down, leaf.up / leaf.down),
      cut(perGroup, leavingLinks / perGroup, Math.max(perPair, leavingLinks / 2) / perGroup),
    ]),
    switchesOnPath: 4,
  };
}
