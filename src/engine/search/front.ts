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
