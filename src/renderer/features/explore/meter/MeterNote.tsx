import { ActionIcon, UnstyledButton } from '@mantine/core';
import { hoursInSpan, meterFigures } from '@engine/outlook/meter-figures';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatFigure } from '@shared/format/value';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { useReport } from '../../../report/report-context';
import { meterZone } from '../../../document/meter-settings';
import { meterSpans } from './meter-spans';
import { setMeter, useMeter } from './meter-store';
import classes from './meter.module.css';
import { threeDigits } from './three-digits';
import { useNow } from './use-now';

const minuteMs = 60_000;

/** The meter in the frame of the window: one rounded number that changes once a minute, and can be paused. */
export function MeterNote({ onOpen }: { readonly onOpen: () => void }) {
  const { locale } = useReport();
  const { inputs, unit, dayStart, isPaused } = useMeter((state) => state);
  const { now, openMs } = useNow(minuteMs, !isPaused);
  const meter = meterFigures(inputs, bundledCatalogue.assumptions, unit, now.wallMs);
  const { today } = meterSpans(now.wallMs, openMs, meterZone(dayStart));
  const { text, range } = formatFigure(threeDigits(hoursInSpan(meter, unit, today)), locale);
  const name = isPaused ? 'Let the meter run' : 'Hold the meter';
  return (
    <>
      <UnstyledButton
        className={classes.note}
        title={`Modelled estimate; plausible ${range ?? text}. Opens the meter.`}
        onClick={onOpen}
      >
        AI today ≈ {text}
      </UnstyledButton>
      <ActionIcon
        variant="subtle"
        size={20}
        aria-label={name}
        title={name}
        onClick={() => setMeter({ isPaused: !isPaused })}
      >
        {isPaused ? <IconPlayerPlay size="0.75rem" /> : <IconPlayerPause size="0.75rem" />}
      </ActionIcon>
    </>
  );
}
