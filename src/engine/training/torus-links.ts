import { linkFor, type Link } from '../hardware/collective';
import type { Device } from '../hardware/device';
import { acceleratorsPerReplica, type TrainingJob } from './job';

/** A stretch of one side of a torus that a group of ranks lies along. */
interface Stretch {
  readonly length: number;
  /** its ends are joined */
  readonly isRing: boolean;
}

/** Smallest factors of a number, largest first. */
function primeFactors(value: number): readonly number[] {
  const found: number[] = [];
  let left = Math.max(1, Math.round(value));
  for (let factor = 2; factor * factor <= left; factor += 1) {
    while (left % factor === 0) {
      found.push(factor);
      left /= factor;
    }
  }
  if (left > 1) found.push(left);
  return found.toReversed();
}

/** Ends of a side are joined along 16 chips of a flat torus; of a deep one where it is built of whole cubes of four. */
function areEndsJoined(sides: readonly number[], side: number): boolean {
  return sides.length === 2 ? side >= 16 : sides.every((any) => any % 4 === 0);
}

/** Sides of a slice of that many chips, as near to a square or cube as they come. */
function sliceSides(chips: number, dimensions: number): readonly Stretch[] {
  const sides = Array.from({ length: dimensions }, () => 1);
  for (const factor of primeFactors(chips)) {
    const shortest = sides.indexOf(Math.min(...sides));
    sides[shortest] = (sides[shortest] ?? 1) * factor;
  }
  return sides.map((length) => ({ length, isRing: areEndsJoined(sides, length) }));
}

/** Lays so many neighbouring ranks along whole sides, and along a part of one where no side fits: what they take, and what is left. */
function lay(
  ranks: number,
  sides: readonly Stretch[],
): { readonly taken: readonly Stretch[]; readonly left: readonly Stretch[] } {
  const left = sides.toSorted((one, other) => other.length - one.length);
  const taken: Stretch[] = [];
  let open = ranks;
  for (let index = 0; index < left.length && open > 1; index += 1) {
    const side = left[index];
    if (side === undefined || side.length <= 1 || open % side.length !== 0) continue;
    taken.push(side);
    left[index] = { length: 1, isRing: false };
    open /= side.length;
  }
  const part = left.findLastIndex(({ length }) => open > 1 && length % open === 0);
  const side = left[part];
  if (side !== undefined) {
    taken.push({ length: open, isRing: false });
    left[part] = { length: side.length / open, isRing: false };
  }
  return { taken, left };
}

const linksOf = ({ length, isRing }: Stretch): number =>
  length <= 1 ? 0 : isRing && length > 2 ? 2 : 1;

/**
 * Share of the links of a chip in a torus that a group of ranks has to itself.
 *
 *   share = Σ links / (2 · D)        links of a stretch = 2 where it is a ring, 1 where it is a line, 0 of one chip
 *
 * D dimensions of the torus [1]. Inner ranks are laid along whole sides where one fits. A flat torus joins the ends of sides of 16
 * chips, a deep one those of slices of whole cubes of four. Groups that no side divides have all links.
 *
 * Leaves out: twisted tori; collectives that detour over links of other groups. Source: Austin et al., How to Scale Your Model, parts
 * 2 and 3, https://jax-ml.github.io/scaling-book, read 2026-11-30; Google Cloud, TPU v5p, v6e, https://docs.cloud.google.com/tpu/docs.
 */
export function torusShare(
  chips: number,
  dimensions: number,
  participants: number,
  stride: number,
): number {
  const inner = lay(stride, sliceSides(chips, dimensions));
  const { taken } = lay(participants, inner.left);
  const covered = taken.reduce((product, { length }) => product * length, 1);
  if (covered !== participants) return 1;
  const links = taken.reduce((sum, stretch) => sum + linksOf(stretch), 0);
  return Math.min(1, links / (2 * dimensions));
}

/** The link of a group of ranks of a job: in a torus, as much of it as the sides have that the group lies along. */
export function linkOfGroup(
  job: TrainingJob,
  device: Device,
  participants: number,
  stride: number,
): Link {
  const link = linkFor(device, participants, stride);
  const { torusDimensions, domain } = device.scaleUp;
  if (torusDimensions === undefined || link.tier !== 'scale-up') return link;
  const chips = Math.min(domain, acceleratorsPerReplica(job.layout) * job.dataParallel);
  const share = torusShare(chips, torusDimensions, participants, stride);
  return { ...link, bytesPerSecond: share * link.bytesPerSecond };
}
