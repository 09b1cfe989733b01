import { Button, SegmentedControl, Switch } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { hoursInSpan, meterFigures } from '@engine/outlook/meter-figures';
import type { Figure } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatFigure } from '@shared/format/value';
import { FigureExplanationButton } from '../../../report/figure/FigureExplanationButton';
import { useReport } from '../../../report/report-context';
import explore from '../explore.module.css';
import { allDigits } from './all-digits';
import { meterSpans, meterZone } from './meter-spans';
import { setMeter, useMeter } from './meter-store';
import classes from './meter.module.css';
import { useNow } from './use-now';

const calmMs = 1_000;
/** With all digits shown the last ones run; this is as fast as they are still pleasant to look at. */
const runningMs = 250;

/** The three counters and what the reader can do with them. */
export function MeterReadings() {
  const { inputs, unit, dayStart, isPaused, hasAllDigits } = useMeter((state) => state);
  const isCalm = useReducedMotion() || !hasAllDigits;
  const { now, openMs } = useNow(isCalm ? calmMs : runningMs, !isPaused);
  const meter = meterFigures(inputs, bundledCatalogue.assumptions, unit, now.wallMs);
  const zone = meterZone(dayStart);
  const { today, year, open } = meterSpans(now.wallMs, openMs, zone);
  return (
    <>
      <div className={classes.readings}>
        <Reading figure={hoursInSpan(meter, unit, today)} isLarge />
        <Reading figure={hoursInSpan(meter, unit, year)} />
        <Reading figure={hoursInSpan(meter, unit, open)} />
        <Reading figure={meter.hoursPerSecond} />
      </div>
      <div className={explore.controls}>
        <Button
          variant="default"
          size="xs"
          leftSection={isPaused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
          onClick={() => setMeter({ isPaused: !isPaused })}
        >
          {isPaused ? 'Resume' : 'Pause'}
        </Button>
        <SegmentedControl
          aria-label="What is counted"
          size="xs"
          data={[
            { value: 'h100-equivalents', label: 'H100-equivalents' },
            { value: 'devices', label: 'Physical devices' },
          ]}
          value={unit}
          onChange={(chosen) => setMeter({ unit: chosen })}
        />
        <SegmentedControl
          aria-label="When a day begins"
          size="xs"
          data={[
            { value: 'local', label: 'Local midnight' },
            { value: 'utc', label: 'Midnight UTC' },
          ]}
          value={dayStart}
          onChange={(chosen) => setMeter({ dayStart: chosen })}
        />
        <Switch
          size="xs"
          label="All digits"
          checked={hasAllDigits}
          onChange={(event) => setMeter({ hasAllDigits: event.currentTarget.checked })}
        />
      </div>
    </>
  );
}

function Reading({ figure, isLarge }: { readonly figure: Figure; readonly isLarge?: boolean }) {
  const { locale } = useReport();
  const hasAllDigits = useMeter((state) => state.hasAllDigits);
  const { number, unit, range } = formatFigure(figure, locale);
  const isFull = hasAllDigits && figure.value !== null && figure.key.startsWith('world.hours.');
  return (
    <div className={classes.reading} data-large={isLarge} role="group" aria-label={figure.label}>
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
