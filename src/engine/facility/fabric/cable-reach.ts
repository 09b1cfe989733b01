import { assumptionOf } from '../../catalogue/assumption';
import type { Assumptions, Fact } from '../../catalogue/types';
import type { FabricLayer } from './types';

/** What a link is made of, by how far it reaches. */
export type CableMedium =
  | 'passive copper'
  | 'active copper'
  | 'multimode fibre'
  | 'single-mode fibre'
  | 'long single-mode fibre';

/** The longest cable of a layer, and the cheapest medium that reaches. */
export interface CableRun {
  readonly metres: number;
  /** null: no medium of the catalogue reaches that far */
  readonly medium: CableMedium | null;
}

const media: readonly (readonly [CableMedium, string])[] = [
  ['passive copper', 'facility.reachPassiveCopper'],
  ['active copper', 'facility.reachActiveCopper'],
  ['multimode fibre', 'facility.reachMultimode'],
  ['single-mode fibre', 'facility.reachSingleMode'],
  ['long single-mode fibre', 'facility.reachLongSingleMode'],
];

/** Fast lanes leave copper and multimode too short to be sold: 200 Gb/s per lane, 800 Gb/s per link of four. */
const fastLink = 800;

/** The first medium that reaches so far at a speed. */
export function mediumFor(
  metres: number,
  linkGbps: number,
  assumptions: Assumptions,
): CableMedium | null {
  const found = media.find(([medium, key]) => {
    const isSold =
      linkGbps < fastLink || (medium !== 'passive copper' && medium !== 'multimode fibre');
    return isSold && metres <= assumptionOf(assumptions, key).value;
  });
  return found?.[0] ?? null;
}

/** Racks in rows on a floor. */
export interface Floor {
  readonly racks: number;
  /** racks whose nodes share a group of leaves */
  readonly racksOfUnit: number;
}

/**
 * The longest cable of a layer on a floor whose racks stand in a square of rows.
 *
 *   unit (node to leaf)    d = k · w + 2 · h
 *   hall (all others)      d = ⌈√R⌉ · w + ⌈√R⌉ · r + 2 · h
 *
 * k racks of a scalable unit · w width of a rack [m] · h rise into the tray and down again, each [m] · R racks · r pitch of rows [m]
 *
 * Leaves out: slack; columns and doors; a switch rack in the middle, which would halve it.
 * Source: own geometry.
 */
export function longestCable(
  layer: FabricLayer['key'],
  { racks, racksOfUnit }: Floor,
  assumptions: Assumptions,
): number {
  const value = (name: string): Fact['value'] =>
    assumptionOf(assumptions, `facility.${name}`).value;
  const rise = 2 * value('cableRise');
  if (layer === 'nodeLeaf') return Math.min(racks, racksOfUnit) * value('rackWidth') + rise;
  const side = Math.ceil(Math.sqrt(racks));
  return side * (value('rackWidth') + value('rowPitch')) + rise;
}
