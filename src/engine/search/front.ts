import type { RankedLayout } from './layout-question';

/** Layouts of one size that no other beats in both time and memory; fastest first. */
export class Front {
  private members: RankedLayout[] = [];

  /** Least memory of a member that takes no longer than this; infinite when there is none. */
  leastBytesWithin(stepSeconds: number): number {
    let least = Number.POSITIVE_INFINITY;
    for (const member of this.members) {
      if (member.stepSeconds > stepSeconds) break;
      least = member.memoryBytes;
    }
    return least;
  }

  offer(stepSeconds: number, memoryBytes: number, describe: () => RankedLayout): void {
    if (this.leastBytesWithin(stepSeconds) <= memoryBytes) return;
    const faster = this.members.filter((member) => member.stepSeconds < stepSeconds);
    const smaller = this.members.filter(
      (member) => member.stepSeconds >= stepSeconds && member.memoryBytes < memoryBytes,
    );
    this.members = [...faster, describe(), ...smaller];
  }

  layouts(): readonly RankedLayout[] {
    return this.members;
  }
}

/** What is left of the fronts of several sizes once fewer accelerators count as better too; fastest first. */
export function mergedFront(fronts: readonly Front[]): readonly RankedLayout[] {
  const all = fronts.flatMap((front) => front.layouts());
  return all
    .filter((layout) => !all.some((other) => isBeaten(layout, other)))
    .toSorted(
      (one, other) => one.stepSeconds - other.stepSeconds || one.memoryBytes - other.memoryBytes,
    );
}

function isBeaten(layout: RankedLayout, other: RankedLayout): boolean {
  return (
    other.accelerators < layout.accelerators &&
    other.stepSeconds <= layout.stepSeconds &&
    other.memoryBytes <= layout.memoryBytes
  );
}

/**
 * The members of a front that are worth reading, fastest first.
 *
 *   kept where t ≤ 2 · t_best and M ≤ 0.95 · M_above
 *
 * t step time, t_best the fastest [s] · M memory, M_above that of the member kept before [B]
 *
 * Leaves out: members between two kept ones, and those that save memory at more than twice the time.
 * Source: definition.
 */
export function readableFront(front: readonly RankedLayout[]): readonly RankedLayout[] {
  const kept: RankedLayout[] = [];
  for (const member of front) {
    const above = kept.at(-1);
    const isSlow = member.stepSeconds > 2 * (kept[0]?.stepSeconds ?? member.stepSeconds);
    if (!isSlow && (above === undefined || member.memoryBytes <= 0.95 * above.memoryBytes)) {
      kept.push(member);
    }
  }
  return kept;
}
