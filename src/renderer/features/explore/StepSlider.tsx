import { Slider } from '@mantine/core';
import classes from './explore.module.css';

interface StepSliderProps {
  readonly label: string;
  /** how many steps there are */
  readonly count: number;
  readonly step: number;
  readonly textOf: (step: number) => string;
  readonly onChange: (step: number) => void;
}

/** A quantity in fixed steps: dragged, or moved by the arrow keys; its value stands beside its name. */
export function StepSlider({ label, count, step, textOf, onChange }: StepSliderProps) {
  return (
    <div className={classes.slider} data-slider-room>
      <div className={classes.sliderHead} aria-hidden>
        <span>{label}</span>
        <strong>{textOf(step)}</strong>
      </div>
      <Slider
        min={0}
        max={count - 1}
        value={step}
        label={null}
        size="sm"
        thumbSize={18}
        thumbLabel={label}
        thumbValueText={textOf}
        onChange={onChange}
      />
    </div>
  );
}
