import { NumberInput } from '@mantine/core';
import { memo, useState } from 'react';
import { fieldId } from './field-id';
import classes from './fields.module.css';

interface DegreeInputProps {
  readonly path: string;
  readonly label: string;
  readonly help: string;
  readonly value: number;
  readonly onCommit: (value: number) => void;
}

function DegreeField({ path, label, help, value, onCommit }: DegreeInputProps) {
  const [isEmpty, setIsEmpty] = useState(false);
  const id = fieldId(path);
  return (
    <div className={classes.field}>
      <label className={classes.label} htmlFor={id} title={help}>
        {label}
      </label>
      <NumberInput
        className={classes.input}
        id={id}
        value={isEmpty ? '' : value}
        min={1}
        max={1e9}
        step={1}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        error={isEmpty ? 'Enter a whole number, 1 or more.' : null}
        onBlur={() => setIsEmpty(false)}
        onChange={(entered) => {
          const isWhole = typeof entered === 'number' && Number.isInteger(entered) && entered >= 1;
          setIsEmpty(!isWhole);
          if (isWhole && entered !== value) onCommit(entered);
        }}
      />
    </div>
  );
}

/**
 * A whole number from 1 on, with steps by arrow keys: a degree of parallelism or a micro-batch.
 * Drawn again only for another value: what `onCommit` does never changes while the field is there.
 */
export const DegreeInput = memo(
  DegreeField,
  (before, after) => before.path === after.path && before.value === after.value,
);
