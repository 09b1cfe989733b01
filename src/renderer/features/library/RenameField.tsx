import { TextInput } from '@mantine/core';
import { useState } from 'react';

interface RenameFieldProps {
  readonly name: string;
  /** the new name, or null when nothing changes */
  readonly onDone: (name: string | null) => void;
}

/** Renames in place: Enter or leaving keeps the name, Escape keeps the old one. */
export function RenameField({ name, onDone }: RenameFieldProps) {
  const [text, setText] = useState(name);
  const trimmed = text.trim();
  const settled = trimmed === '' || trimmed === name ? null : trimmed;
  return (
    <TextInput
      aria-label={`New name of ${name}`}
      value={text}
      maxLength={200}
      autoFocus
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => onDone(settled)}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        // The focus moves on to the name: the same key press must not open the plan as well.
        event.preventDefault();
        onDone(event.key === 'Enter' ? settled : null);
      }}
    />
  );
}
