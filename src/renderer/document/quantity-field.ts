import { assumptionOf } from '@engine/catalogue/assumption';
import type { Quantity } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import type { InputUnitName } from '@shared/quantity-text/unit';
import type { PartKind, QuantityKey } from './subject';

/** One numeric input of the inspector: what it is called, in which unit, and in which group it stands. */
export interface QuantityField<Key extends string = string> {
  readonly key: Key;
  readonly label: string;
  readonly unit: InputUnitName;
  readonly group: string;
  readonly help: string;
  /** further words under which the command palette finds it */
  readonly keywords: string;
  /** whole numbers only */
  readonly isWhole: boolean;
  /** what an empty field means; null when it may not be empty */
  readonly emptyMeans: string | null;
  /** a default stands for a number that is computed: the field is empty then, and emptying it brings the default back */
  readonly isComputed?: boolean;
}

/** What a field shows of its quantity: nothing where a number is computed in its place. */
export function shownQuantity(
  { isComputed = false }: Pick<QuantityField, 'isComputed'>,
  quantity: Quantity | null | undefined,
): Quantity | null {
  return isComputed && quantity?.origin === 'default' ? null : (quantity ?? null);
}

/** Every numeric input of a kind of part. */
export type FieldTable<Kind extends PartKind> = readonly QuantityField<QuantityKey<Kind>>[];

interface Extra {
  readonly keywords?: string;
  readonly isWhole?: boolean;
  readonly emptyMeans?: string;
  readonly isComputed?: boolean;
}

/** What an empty field means where the catalogue fills it: its value, as it stands there. */
export function catalogueMeans(key: string): string {
  const { value, unit } = assumptionOf(bundledCatalogue.assumptions, key);
  return formatValue(value, unit);
}

/** What an empty field means, without the unit that stands beside it anyway. */
export function besideUnit(text: string | null, symbol: string): string | undefined {
  if (text === null || symbol === '' || !text.endsWith(symbol)) return text ?? undefined;
  const before = text.slice(0, -symbol.length);
  // The s of "3 minutes" is no unit of seconds.
  return /\p{L}$/u.test(before) ? text : before.trim();
}

/** One row of such a table. */
export function field<Key extends string>(
  group: string,
  key: Key,
  label: string,
  unit: InputUnitName,
  help: string,
  { keywords = '', isWhole = false, emptyMeans, isComputed = false }: Extra = {},
): QuantityField<Key> {
  const always = { key, label, unit, group, help, keywords, isWhole };
  return {
    ...always,
    emptyMeans: emptyMeans ?? null,
    ...(isComputed ? { isComputed } : {}),
  };
}
