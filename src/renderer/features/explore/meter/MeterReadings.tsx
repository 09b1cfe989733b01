import { hoursInSpan, meterFigures } from '@engine/outlook/meter-figures';
import type { Figure } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatFigure } from '@shared/format/value';
import { memo, useRef } from 'react';
import { meterZone } from '../../../document/meter-settings';
import { FigureExplanationButton } from '../../../report/figure/FigureExplanationButton';
import { useReport } from '../../../report/report-context';
import { useOnScreen } from '../on-screen';
import { allDigits } from './all-digits';
import { meterSpans } from './meter-spans';
import { useMeter } from './meter-store';
import classes from './meter.module.css';
import { threeDigits } from './three-digits';
import { useNow } from './use-now';

/** Once a second is calm enough for everyone, also where less motion is asked for; so often while all digits are shown. */
const tickMs = 1_000;
/** Three digits since the start are read as well at half the pace, and at half the work. */
const calmTickMs = 2_000;
/** Three digits of a day change every minute or two. */
const slowTickMs = 10_000;

/** The counters. They alone are drawn again as time passes, each as often as its digits can change. */
export function MeterReadings() {
  const place = useRef<HTMLDivElement>(null);
  const isSeen = useOnScreen(place);
  return (
    <div className={classes.readings} ref={place}>
      <CountedReading of="today" isSeen={isSeen} isLarge />
      <CountedReading of="year" isSeen={isSeen} />
      <CountedReading of="open" isSeen={isSeen} />
      <CountedReading of="second" isSeen={isSeen} />
    </div>
  );
}

interface CountedReadingProps {
  readonly of: 'today' | 'year' | 'open' | 'second';
  readonly isSeen: boolean;
  readonly isLarge?: boolean;
}

/** One counter, looked at again while it runs and is on the screen. */
function CountedReading({ of, isSeen, isLarge = false }: CountedReadingProps) {
  const { locale } = useReport();
  const { inputs, unit, dayStart, isPaused, hasAllDigits } = useMeter((state) => state);
  const calmMs = of === 'open' ? calmTickMs : slowTickMs;
  const { now, openMs } = useNow(hasAllDigits ? tickMs : calmMs, !isPaused && isSeen);
  const meter = meterFigures(inputs, bundledCatalogue.assumptions, unit, now.wallMs);
  const figure =
    of === 'second'
      ? meter.hoursPerSecond
      : hoursInSpan(meter, unit, meterSpans(now.wallMs, openMs, meterZone(dayStart))[of]);
  const { number, unit: shownUnit, range } = formatFigure(threeDigits(figure), locale);
  const isFull = hasAllDigits && figure.value !== null && of !== 'second';
  return (
    <Reading
      figure={figure}
      number={isFull ? allDigits(figure.value, locale) : number}
      unit={isFull ? figure.unit : shownUnit}
      range={range}
      isLarge={isLarge}
    />
  );
}

interface ReadingProps {
  /** as it was when its digits last changed */
  readonly figure: Figure;
  readonly number: string;
  readonly unit: string;
  readonly range: string | null;
  readonly isLarge: boolean;
}

function ReadingOnce({ figure, number, unit, range, isLarge }: ReadingProps) {
  return (
    <div
      className={classes.reading}
      data-large={isLarge || undefined}
      data-figure={figure.key}
      role="group"
      aria-label={figure.label}
    >
      <div className={classes.readingHead}>
        <span>{figure.label}</span>
        <FigureExplanationButton figure={figure} />
      </div>
      {/* A timer is never read out by itself: whoever listens asks for it. */}
      <div className={classes.value} role="timer" aria-label={figure.label}>
        <span className={classes.number}>{number}</span>{' '}
        <span className={classes.unit}>{unit}</span>
      </div>
      {range !== null && (
        <div className={classes.band}>plausible {range.replace(figure.unit, '').trim()}</div>
      )}
    </div>
  );
}

const Reading = memo(
  ReadingOnce,
  (before, after) =>
    before.number === after.number && before.unit === after.unit && before.range === after.range,
);
