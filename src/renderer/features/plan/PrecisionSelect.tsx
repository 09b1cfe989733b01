import { Select } from '@mantine/core';
import type { Precision } from '@engine/catalogue/types';
import { setPrecision, type PrecisionKey } from '../../document/commands/layout';
import { choiceLabels } from '../../document/degree-fields';
import { planDocument } from '../../document/document';
import { fieldId } from '../../document/fields/field-id';

interface PrecisionSelectProps {
  readonly partId: string;
  readonly field: PrecisionKey;
  readonly value: Precision;
}

const precisions: readonly Precision[] = [
  'fp64',
  'fp32',
  'tf32',
  'bf16',
  'fp16',
  'fp8',
  'int8',
  'fp4',
];

/** Number formats are written in capitals: BF16, FP8. */
export function PrecisionSelect({ partId, field, value }: PrecisionSelectProps) {
  return (
    <Select
      id={fieldId(field)}
      label={choiceLabels[field]}
      data={precisions.map((precision) => ({ value: precision, label: precision.toUpperCase() }))}
      value={value}
      allowDeselect={false}
      onChange={(chosen) => {
        const precision = precisions.find((candidate) => candidate === chosen);
        if (precision) planDocument.perform(setPrecision, { partId, key: field, precision });
      }}
    />
  );
}
