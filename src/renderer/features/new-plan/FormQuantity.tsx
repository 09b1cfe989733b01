import type { Quantity } from '@engine/plan';
import type { QuantityRead } from '@shared/quantity-text/parse';
import { QuantityInput } from '../../document/fields/QuantityInput';
import type { QuantityField } from '../../document/quantity-fields';

interface FormQuantityProps {
  readonly field: QuantityField;
  readonly value: Quantity;
  readonly whyInvalid: (read: QuantityRead) => string | null;
  readonly onChange: (value: Quantity) => void;
}

/** A quantity of a form that is not part of a plan yet. */
export function FormQuantity({ field, value, whyInvalid, onChange }: FormQuantityProps) {
  // The same field may stand in the inspector behind the dialog: the page must not hold one id twice.
  const own = { ...field, key: `new-${field.key}` };
  return (
    <QuantityInput
      field={own}
      quantity={value}
      whyInvalid={whyInvalid}
      onCommit={(read) => onChange({ ...read, origin: 'yours' })}
    />
  );
}
