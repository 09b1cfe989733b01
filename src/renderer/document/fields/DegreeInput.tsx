import { TextInput } from '@mantine/core';
import { memo, useState, type KeyboardEvent } from 'react';
import { degreeProblem } from './degree-problem';
import { fieldId } from './field-id';
import classes from './fields.module.css';

interface DegreeInputProps {
  readonly path: string;
  readonly label: string;
  readonly help: string;
  readonly value: number;
  readonly onCommit: (value: number) => void;
}

/** What was typed and cannot stand in a field, beside the value that the plan keeps. */
interface Refused {
  readonly text: string;
  readonly kept: number;
}

const steps: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowDown: -1 };

function DegreeField({ path, label, help, value, onCommit }: DegreeInputProps) {
  const [refused, setRefused] = useState<Refused | null>(null);
  const id = fieldId(path);
  // A value from elsewhere, such as undo, takes the place of what was typed, for good.
  if (refused !== null && refused.kept !== value) setRefused(null);
  const enter = (text: string): void => {
    const isFine = degreeProblem(text) === null;
    setRefused(isFine ? null : { text, kept: value });
    if (isFine && Number(text) !== value) onCommit(Number(text));
  };
  const pressed = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Escape') setRefused(null);
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = String(value + step);
    if (degreeProblem(next) === null) enter(next);
  };
  return (
    <div className={classes.field}>
      <label className={classes.label} htmlFor={id} title={help}>
        {label}
      </label>
      <TextInput
        className={classes.input}
        id={id}
        value={refused?.text ?? String(value)}
        error={refused && degreeProblem(refused.text)}
        inputMode="numeric"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => enter(event.currentTarget.value)}
        onKeyDown={pressed}
      />
    </div>
  );
}

/**
 * A whole number from 1 on, with steps by arrow keys: a degree of parallelism or a micro-batch. What cannot stand there stays to be
 * seen with the reason, while the plan keeps the last value that can.
 * Drawn again only for another value: what `onCommit` does never changes while the field is there.
 */
export const DegreeInput = memo(
  DegreeField,
  (before, after) => before.path === after.path && before.value === after.value,
);
