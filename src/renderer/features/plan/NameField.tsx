import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { fieldId } from '../../document/fields/field-id';

interface NameFieldProps {
  readonly name: string;
  readonly onRename: (name: string) => void;
}

interface Draft {
  readonly text: string;
  readonly base: string;
}

/** The name of a part; taken over on Enter or on leaving the field. An empty name is not taken. */
export function NameField({ name, onRename }: NameFieldProps) {
  const [draft, setDraft] = useState<Draft | null>(null);
  const text = draft?.base === name ? draft.text : name;
  const isEmpty = text.trim() === '';

  function settle() {
    if (!isEmpty && text.trim() !== name) onRename(text.trim());
    setDraft(null);
  }

  return (
    <TextInput
      id={fieldId('name')}
      label="Name"
      value={text}
      maxLength={200}
      error={isEmpty ? 'Enter a name; until then the old one is kept.' : null}
      onChange={(event) => setDraft({ text: event.currentTarget.value, base: name })}
      onBlur={settle}
      onKeyDown={(event) => {
        if (event.key === 'Enter') settle();
        if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}
