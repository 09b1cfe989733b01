import { hoursInSpan, meterFigures } from '@engine/outlook/meter-figures';
import type { Figure } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatFigure } from '@shared/format/value';
import { useRef } from 'react';
import { FigureExplanationButton } from '../../../report/figure/FigureExplanationButton';
import { useReport } from '../../../report/report-context';
import { useOnScreen } from '../on-screen';
import { allDigits } from './all-digits';
import { meterZone } from '../../../document/meter-settings';
import { meterSpans } from './meter-spans';
import { useMeter } from './meter-store';
import classes from './meter.module.css';
import { threeDigits } from './three-digits';
import { useNow } from './use-now';

/** Once a second is calm enough for everyone, also where less motion is asked for. */
const tickMs = 1_000;

/** The counters. They alone are drawn again as time passes. */
export function MeterReadings() {
  const { inputs, unit, dayStart, isPaused } = useMeter((state) => state);
  const place = useRef<HTMLDivElement>(null);
  const isSeen = useOnScreen(place);
  const { now, openMs } = useNow(tickMs, !isPaused && isSeen);
  const meter = meterFigures(inputs, bundledCatalogue.assumptions, unit, now.wallMs);
  const zone = meterZone(dayStart);
  const { today, year, open } = meterSpans(now.wallMs, openMs, zone);
  return (
    <div className={classes.readings} ref={place}>
      <Reading figure={hoursInSpan(meter, unit, today)} isLarge />
      <Reading figure={hoursInSpan(meter, unit, year)} />
      <Reading figure={hoursInSpan(meter, unit, open)} />
      <Reading figure={meter.hoursPerSecond} />
    </div>
  );
}

function Reading({ figure, isLarge }: { readonly figure: Figure; readonly isLarge?: boolean }) {
  const { locale } = useReport();
  const hasAllDigits = useMeter((state) => state.hasAllDigits);
  const { number, unit, range } = formatFigure(threeDigits(figure), locale);
  const isFull = hasAllDigits && figure.value !== null && figure.key.startsWith('world.hours.');
  return (
    <div
      className={classes.reading}
      data-large={isLarge}
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
        <span className={classes.number}>{isFull ? allDigits(figure.value, locale) : number}</span>{' '}
        <span className={classes.unit}>{isFull ? figure.unit : unit}</span>
      </div>
      {range !== null && (
        <div className={classes.band}>plausible {range.replace(figure.unit, '').trim()}</div>
      )}
    </div>
  );
}
