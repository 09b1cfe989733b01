import type { OwnPart, PartKind, PartOverride, PartValue } from '@engine/catalogue/own-parts';
import type { Plan } from '@engine/plan';
import { defineCommand } from './command';

function isSamePart(one: Pick<OwnPart, 'kind' | 'id'>, other: Pick<OwnPart, 'kind' | 'id'>) {
  return one.kind === other.kind && one.id === other.id;
}

/** An id that no part of the catalogue and none of the plan has: 'own-h100-sxm', then 'own-h100-sxm-2'. */
export function freePartId(plan: Plan, stem: string, isPublished: (id: string) => boolean): string {
  const taken = new Set((plan.ownParts ?? []).map(({ id }) => id));
  const isTaken = (id: string): boolean => taken.has(id) || isPublished(id);
  const first = stem.startsWith('own-') ? stem : `own-${stem}`;
  if (!isTaken(first)) return first;
  let number = 2;
  while (isTaken(`${first}-${number}`)) number += 1;
  return `${first}-${number}`;
}

/** Adds parts of one's own; one that has the same kind and id is replaced. */
export const putOwnParts = defineCommand<{ readonly parts: readonly OwnPart[] }>({
  label: (_plan, { parts }) =>
    parts.length === 1
      ? `Enter ${parts[0]?.name ?? 'a part'} into the catalogue`
      : `Enter ${parts.length} parts into the catalogue`,
  apply(plan, { parts }) {
    if (parts.length === 0) return plan;
    const fresh = new Map(parts.map((part) => [`${part.kind} ${part.id}`, part]));
    const kept = (plan.ownParts ?? []).map((known) => {
      const key = `${known.kind} ${known.id}`;
      const replacement = fresh.get(key);
      fresh.delete(key);
      return replacement ?? known;
    });
    return { ...plan, ownParts: [...kept, ...fresh.values()] };
  },
});

export const removeOwnPart = defineCommand<{ readonly part: OwnPart }>({
  label: (_plan, { part }) => `Remove ${part.name} from the catalogue`,
  apply: (plan, { part }) => ({
    ...plan,
    ownParts: (plan.ownParts ?? []).filter((known) => !isSamePart(known, part)),
  }),
});

/** Replaces values of a published part; those of it that are not named again become the published ones. */
export const setPartOverrides = defineCommand<{
  readonly kind: PartKind;
  readonly partId: string;
  readonly partName: string;
  readonly values: Readonly<Record<string, PartValue>>;
}>({
  label: (_plan, { partName, values }) =>
    Object.keys(values).length === 0
      ? `Take the published values of ${partName}`
      : `Replace values of ${partName}`,
  apply(plan, { kind, partId, values }) {
    const others = (plan.partOverrides ?? []).filter(
      (override) => override.kind !== kind || override.partId !== partId,
    );
    const own = Object.entries(values).map(([field, value]): PartOverride => ({
      kind,
      partId,
      field,
      ...value,
    }));
    return { ...plan, partOverrides: [...others, ...own] };
  },
});
