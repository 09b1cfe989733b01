import type { Quantity } from '@engine/plan';
import type { QuantityRead } from '@shared/quantity-text/parse';
import { describeQuantityText } from '@shared/quantity-text/echo';
import { shownQuantity } from '../quantity-field';
import { findQuantityField } from '../quantity-fields';
import { findPart, partName, quantityAt, withPart, withQuantity } from '../subject';
import { defineCommand } from './command';

interface Target {
  readonly partId: string;
  readonly field: string;
}

function isSameRead(current: Quantity | null | undefined, read: QuantityRead): boolean {
  return current?.value === read.value && current.low === read.low && current.high === read.high;
}

/** Sets the value, or the range, of one input. A measured value stays called measured. */
export const setQuantity = defineCommand<Target & { readonly read: QuantityRead }>({
  label(plan, { partId, field, read }) {
    const found = findPart(plan, partId);
    const known = found && findQuantityField(found.kind, field);
    if (!known) return 'Set a value';
    const where =
      found.kind === 'costs' || found.kind === 'timeline' ? '' : ` of ${partName(plan, partId)}`;
    return `Set ${known.label.toLowerCase()}${where} to ${describeQuantityText(read, known.unit)}`;
  },
  mergeKey: ({ partId, field }) => `${partId}.${field}`,
  apply(plan, { partId, field, read }) {
    const found = findPart(plan, partId);
    if (!found) return plan;
    const known = findQuantityField(found.kind, field);
    if (!known) return plan;
    const current = shownQuantity(known, quantityAt(found, field));
    if (isSameRead(current, read)) return plan;
    const origin = field.startsWith('measured') ? 'measured' : 'yours';
    return withPart(plan, withQuantity(found, field, { ...read, origin }));
  },
});

/** Puts back what the catalogue gives. */
export const resetQuantity = defineCommand<Target & { readonly fallback: Quantity | null }>({
  label(plan, { partId, field }) {
    const found = findPart(plan, partId);
    const known = found && findQuantityField(found.kind, field);
    return `Reset ${known ? known.label.toLowerCase() : 'a value'} to default`;
  },
  apply(plan, { partId, field, fallback }) {
    const found = findPart(plan, partId);
    const known = found && findQuantityField(found.kind, field);
    if (!known || (fallback === null && known.emptyMeans === null)) return plan;
    return withPart(plan, withQuantity(found, field, fallback));
  },
});

/** Empties an input that may be empty, such as the power cap. */
export const clearQuantity = defineCommand<Target>({
  label(plan, { partId, field }) {
    const found = findPart(plan, partId);
    const known = found && findQuantityField(found.kind, field);
    return `Clear ${known ? known.label.toLowerCase() : 'a value'}`;
  },
  apply(plan, { partId, field }) {
    const found = findPart(plan, partId);
    if (!found || !findQuantityField(found.kind, field)?.emptyMeans) return plan;
    if (quantityAt(found, field) === null) return plan;
    return withPart(plan, withQuantity(found, field, null));
  },
});
