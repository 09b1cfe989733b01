import { useState } from 'react';
import { renamePlan } from '../../document/commands/naming';
import { planDocument } from '../../document/document';
import classes from './header.module.css';

interface PlanTitleProps {
  readonly name: string;
}

/** The plan's name, edited in place: Enter or leaving takes it over, Escape keeps the old one. */
export function PlanTitle({ name }: PlanTitleProps) {
  const [text, setText] = useState(name);
  return (
    <input
      className={classes.title}
      aria-label="Plan name"
      value={text}
      maxLength={200}
      spellCheck={false}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => {
        planDocument.perform(renamePlan, { name: text });
        if (text.trim() === '') setText(name);
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter') event.currentTarget.blur();
        if (event.key === 'Escape') setText(name);
      }}
    />
  );
}
