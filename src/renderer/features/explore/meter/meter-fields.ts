import { assumptionOf } from '@engine/catalogue/assumption';
import { meterFactKeys, type MeterInputKey } from '@engine/outlook/meter-inputs';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import type { QuantityRead } from '@shared/quantity-text/parse';
import { writeQuantityText } from '@shared/quantity-text/write';
import { inputUnits, type InputUnitName } from '@shared/quantity-text/unit';
import type { QuantityField } from '../../../document/quantity-fields';

interface MeterField {
  readonly key: MeterInputKey;
  readonly field: QuantityField;
  readonly minimum: number;
  readonly maximum: number;
}

function meterField(
  key: MeterInputKey,
  label: string,
  unit: InputUnitName,
  minimum: number,
  maximum: number,
): MeterField {
  const fact = assumptionOf(bundledCatalogue.assumptions, meterFactKeys[key]);
  return {
    key,
    minimum,
    maximum,
    field: {
      key: `meter.${key}`,
      label,
      unit,
      group: 'Meter',
      help: fact.label,
      keywords: '',
      isWhole: false,
      emptyMeans: null,
    },
  };
}

/** The four inputs that the reader may replace, and within what they make sense. */
export const meterFields: readonly MeterField[] = [
  meterField('stock', 'H100-equivalents at the last count', 'count', 1, 1e12),
  meterField('growthPerYear', 'Growth per year', 'ratio', 1, 100),
  meterField('lagYears', 'From delivery to service', 'years', 0, 10),
  meterField('busyFraction', 'Share of hours at work', 'fraction', 0.001, 1),
];

/** Why a value cannot stand in a field, in one sentence; null when it can. */
export function whyNoMeterValue(field: MeterField, read: QuantityRead): string | null {
  const ends = [read.value, read.low ?? read.value, read.high ?? read.value];
  const { unit } = field.field;
  const shown = (value: number) =>
    `${writeQuantityText({ value }, unit)} ${inputUnits[unit].symbol}`.trim();
  if (ends.some((end) => end < field.minimum)) return `Enter at least ${shown(field.minimum)}.`;
  if (ends.some((end) => end > field.maximum)) return `Enter at most ${shown(field.maximum)}.`;
  return null;
}
