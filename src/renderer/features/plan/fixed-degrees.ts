import type { LayoutConstraints } from '@engine/search/layout-space';

/** Axes that are fixed to a whole number. */
export type FixedAxis =
  | 'tensorParallel'
  | 'pipelineParallel'
  | 'virtualStages'
  | 'contextParallel'
  | 'dataParallel'
  | 'expertParallel'
  | 'microBatch';

/** A value that an axis can be fixed to. */
export type FixedValue<Axis extends keyof LayoutConstraints> = NonNullable<
  LayoutConstraints[Axis]
>[number];

/** The constraints with one axis fixed to a value, or open again where that is null. */
export function fixedChoice<Axis extends keyof LayoutConstraints>(
  fixed: LayoutConstraints,
  axis: Axis,
  value: FixedValue<Axis> | null,
): LayoutConstraints {
  const others: LayoutConstraints = Object.fromEntries(
    Object.entries(fixed).filter(([name]) => name !== axis),
  );
  const isUsable = value !== null && (typeof value !== 'number' || Number.isInteger(value));
  return isUsable ? { ...others, [axis]: [value] } : others;
}

/** How many axes are fixed. */
export function fixedCount(fixed: LayoutConstraints): number {
  return Object.values(fixed).filter((values) => values !== undefined).length;
}
