import { Slider } from '@mantine/core';
import { memo, useId, useState } from 'react';
import { useReport } from '../../report/report-context';
import { readTypedChoice, stepOf, type ChoiceRange } from './choice-range';
import classes from './choice-slider.module.css';

interface ChoiceSliderProps<Name extends string> {
  readonly name: Name;
  readonly range: ChoiceRange;
  readonly value: number;
  /** the same function at every drawing */
  readonly onChange: (name: Name, value: number) => void;
}

function ChoiceSliderOnce<Name extends string>(props: ChoiceSliderProps<Name>) {
  const { name, range, value, onChange } = props;
  const { locale } = useReport();
  const text = range.text(value, locale);
  return (
    <div className={classes.slider} data-slider-room data-from={`reader:${name}`}>
      <TypedValue range={range} text={text} onValue={(typed) => onChange(name, typed)} />
      <div className={classes.track}>
        <Slider
          min={0}
          max={range.steps.length - 1}
          value={stepOf(range, value)}
          label={null}
          size="sm"
          thumbSize={18}
          thumbLabel={range.label}
          thumbValueText={() => text}
          onChange={(step) => onChange(name, range.steps[step] ?? value)}
        />
      </div>
    </div>
  );
}

/** A quantity that is dragged, moved by the arrow keys, or typed; drawn again only when it changes. */
export const ChoiceSlider = memo(ChoiceSliderOnce) as typeof ChoiceSliderOnce;

interface TypedValueProps {
  readonly range: ChoiceRange;
  readonly text: string;
  readonly onValue: (value: number) => void;
}

/** The value as a text that can be replaced: "24k", "15.6T", "1.5e13". */
function TypedValue({ range, text, onValue }: TypedValueProps) {
  const { locale } = useReport();
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  function settle() {
    if (draft === null) return;
    const typed = readTypedChoice(range, draft, locale);
    setProblem(typed.ok ? null : typed.message);
    if (!typed.ok) return;
    setDraft(null);
    onValue(typed.value);
  }

  function abandon() {
    setDraft(null);
    setProblem(null);
  }

  return (
    <>
      <div className={classes.head}>
        <label htmlFor={id}>{range.label}</label>
        <input
          className={classes.typed}
          id={id}
          type="text"
          value={draft ?? text}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={problem !== null}
          aria-describedby={problem === null ? undefined : `${id}-problem`}
          onFocus={(event) => event.currentTarget.select()}
          onChange={(event) => setDraft(event.currentTarget.value)}
          onBlur={settle}
          onKeyDown={(event) => {
            if (event.key === 'Enter') settle();
            if (event.key === 'Escape') abandon();
          }}
        />
      </div>
      {problem !== null && (
        <p className={classes.problem} id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </>
  );
}
