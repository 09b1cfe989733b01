import type { FabricRules } from './types';

/** How the ports of a leaf are divided. */
export interface LeafPorts {
  readonly down: number;
  readonly up: number;
}

/**
 * Ports of a leaf towards the nodes and towards the spines.
 *
 *   u = ⌊k / (1 + r)⌋      d = min(k − u, ⌊u · r⌋)
 *
 * u uplinks [ports] · d downlinks [ports] · k radix [ports] · r oversubscription, downlinks per uplink [1]
 *
 * Never more downlinks than the oversubscription allows, so that an odd radix leaves a port empty instead of blocking.
 * Leaves out: ports kept for management, storage or a fabric manager.
 * Source: definition of oversubscription; with r = 1 the k/2 of Al-Fares, Loukissas, Vahdat 2008 (from memory).
 */
export function leafPorts(radix: number, oversubscription: number): LeafPorts {
  const up = Math.floor(radix / (1 + oversubscription));
  // A quotient such as 63 · (1/3) must not lose a port to rounding.
  const down = Math.min(radix - up, Math.floor(up * oversubscription + 1e-9));
  return { down, up };
}

/**
 * Leaves of one plane.
 *
 *   L = R · ⌈E / (R · d)⌉
 *
 * L leaves · R rails [1] · E endpoints of the plane · d downlinks of a leaf [ports]
 *
 * Rail-optimised: accelerator i of every node stands on leaf i of its scalable unit, so whole groups of R leaves are built and
 * a unit that is not full leaves ports empty, as NVIDIA's reference architectures ask for.
 * Leaves out: nodes whose accelerators are not a multiple of the rails; they are counted as if spread evenly.
 * Source: NVIDIA, DGX SuperPOD reference architecture, DGX B300, network fabrics,
 * https://docs.nvidia.com/dgx-superpod/reference-architecture/scalable-infrastructure-b300/latest/network-fabrics.html, read 2026-11-23.
 */
export function leavesOfPlane(
  rules: Pick<FabricRules, 'endpoints' | 'rails'>,
  down: number,
): number {
  return rules.rails * Math.ceil(rules.endpoints / (rules.rails * down));
}

/**
 * The fewest switches above that take the same number of links from every switch below.
 *
 *   s = min { s : s divides u, L · u / s ≤ p }
 *
 * s switches above · u uplinks of each switch below · L switches below · p ports of a switch above, towards below
 *
 * A spine must not get one cable more from one leaf than from another: that is why NVIDIA's table has 18 spines over 32 leaves
 * of 72 uplinks, where 16 would have the ports but not the balance. null when even s = u needs more than p ports.
 * Leaves out: adaptive routing over uneven links, which some fabrics allow.
 * Source: NVIDIA, DGX SuperPOD with DGX B300 and Quantum-X800, table 3,
 * https://docs.nvidia.com/dgx-superpod/reference-architecture/scalable-infrastructure-b300-xdr/latest/dgx-superpod-architecture.html,
 * read 2026-11-23; the rule is inferred from its rows.
 */
export function evenSwitchesAbove(below: number, uplinks: number, ports: number): number | null {
  for (
    let above = Math.max(1, Math.ceil((below * uplinks) / ports));
    above <= uplinks;
    above += 1
  ) {
    if (uplinks % above === 0) return above;
  }
  return null;
}
