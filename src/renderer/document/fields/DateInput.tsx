import { ActionIcon, TextInput } from '@mantine/core';
import { IconCalendar } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { formatDate } from '@shared/format/date';
import { readDay } from '@shared/format/read-day';
import classes from './fields.module.css';

interface DateInputProps {
  readonly id?: string;
  readonly label: string;
  readonly description?: string;
  readonly date: string | null;
  readonly onCommit: (date: string | null) => void;
}

/** A day that may be empty: typed with its month in letters or year first, or picked from the calendar. */
export function DateInput({ id, label, description, date, onCommit }: DateInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const [isTyping, setIsTyping] = useState(false);
  const calendar = useRef<HTMLInputElement>(null);
  const read = draft === null || draft.trim() === '' ? null : readDay(draft);
  const error = read?.ok === false ? read.message : null;

  /** Text that is no day stays, with its error; the plan keeps the day that it had. */
  function settle() {
    setIsTyping(false);
    if (draft === null || error !== null) return;
    const typed = read?.ok ? read.date : null;
    if (typed !== date) onCommit(typed);
    setDraft(null);
  }

  return (
    <div className={classes.date}>
      <TextInput
        {...(id === undefined ? {} : { id })}
        label={label}
        description={description}
        placeholder="e.g. 31 Jan 2027"
        autoComplete="off"
        spellCheck={false}
        value={draft ?? (date === null ? '' : formatDate(date))}
        // Half a date is no mistake: what is wrong is said once the field is left or Enter is pressed.
        error={isTyping ? null : error}
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          setIsTyping(true);
        }}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key === 'Enter') settle();
          if (event.key === 'Escape') setDraft(null);
        }}
        rightSection={
          <ActionIcon
            size={22}
            aria-label={`${label}: open the calendar`}
            onClick={() => calendar.current?.showPicker()}
          >
            <IconCalendar size="0.9375rem" stroke={1.75} />
          </ActionIcon>
        }
      />
      <input
        ref={calendar}
        className={classes.calendar}
        type="date"
        aria-hidden
        tabIndex={-1}
        min="1970-01-01"
        max="2199-12-31"
        value={date ?? ''}
        onChange={({ currentTarget }) => {
          setDraft(null);
          onCommit(currentTarget.value === '' ? null : currentTarget.value);
        }}
      />
    </div>
  );
}
