import { TextInput } from '@mantine/core';
import { fieldId } from '../../document/fields/field-id';

interface DateFieldProps {
  readonly field: string;
  readonly label: string;
  readonly description: string;
  readonly date: string | null;
  readonly onCommit: (date: string | null) => void;
}

/** A civil date that may be empty. */
export function DateField({ field, label, description, date, onCommit }: DateFieldProps) {
  return (
    <TextInput
      id={fieldId(field)}
      type="date"
      label={label}
      description={description}
      min="1970-01-01"
      max="2199-12-31"
      value={date ?? ''}
      onChange={({ currentTarget }) => {
        // An unfinished date is empty but not valid: it is not taken for a cleared one.
        if (!currentTarget.validity.badInput) {
          onCommit(currentTarget.value === '' ? null : currentTarget.value);
        }
      }}
    />
  );
}
