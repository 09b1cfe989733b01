import type { LayoutExtras, TrainingLayout } from '@engine/plan';
import { extraPairs } from '@shared/plan/layout-words';
import { extraLabels, extraLimits, type ExtraKey } from '../layout-extra-fields';
import { findPart, partName, withPart } from '../subject';
import { defineCommand } from './command';

/** The layout without the optional fields that say nothing. */
export function withoutEmpty(layout: TrainingLayout): TrainingLayout {
  const said = { ...layout };
  for (const key of Object.keys(extraLabels) as ExtraKey[]) {
    if (said[key] === undefined) Reflect.deleteProperty(said, key);
  }
  return said;
}

function isUsable(key: ExtraKey, value: LayoutExtras[ExtraKey]): boolean {
  if (typeof value !== 'number') return true;
  const limits = extraLimits[key];
  if (limits === undefined) return false;
  return (
    value >= limits.least && value <= limits.most && (limits.hasParts || Number.isInteger(value))
  );
}

/** Sets one choice of a layout beyond its degrees; undefined is the usual. */
export const setLayoutExtra = defineCommand<{
  readonly partId: string;
  readonly extra: LayoutExtras;
}>({
  label(plan, { partId, extra }) {
    const [pair] = extraPairs(extra);
    const [key] = Object.keys(extra);
    const name = pair?.[0] ?? extraLabels[key as ExtraKey];
    return `Set ${name.toLowerCase()} of ${partName(plan, partId)} to ${pair?.[1] ?? 'the usual'}`;
  },
  mergeKey: ({ partId, extra }) => `${partId}.layout.${Object.keys(extra).join()}`,
  apply(plan, { partId, extra }) {
    const found = findPart(plan, partId);
    if (found?.kind !== 'training') return plan;
    const { layout } = found.part;
    const entries = Object.entries(extra) as [ExtraKey, LayoutExtras[ExtraKey]][];
    const changed = entries.filter(([key, value]) => layout[key] !== value);
    if (changed.length === 0 || !changed.every(([key, value]) => isUsable(key, value))) return plan;
    const next = withoutEmpty({ ...layout, ...extra });
    return withPart(plan, { kind: 'training', part: { ...found.part, layout: next } });
  },
});
