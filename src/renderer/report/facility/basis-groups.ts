import type { BillLine } from '@engine/facility/bill';

/** Lines that rest on the same words and sources, named together. */
interface BasisGroup {
  readonly basis: string;
  readonly items: readonly string[];
  readonly sources: readonly string[];
}

export function groupByBasis(lines: readonly BillLine[]): readonly BasisGroup[] {
  const groups = new Map<string, BasisGroup>();
  for (const { basis, item, sources } of lines) {
    const known = groups.get(basis);
    groups.set(basis, {
      basis,
      items: [...new Set([...(known?.items ?? []), item])],
      sources: [...new Set([...(known?.sources ?? []), ...sources])],
    });
  }
  return [...groups.values()];
}
