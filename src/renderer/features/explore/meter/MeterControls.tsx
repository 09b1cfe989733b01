import { Button, SegmentedControl, Switch } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import explore from '../explore.module.css';
import { setMeter, useMeter } from './meter-store';

/** Pause, what is counted, when a day begins, and how many digits are shown. */
export function MeterControls() {
  const { unit, dayStart, isPaused, hasAllDigits } = useMeter((state) => state);
  return (
    <div className={explore.controls}>
      <Button
        variant="default"
        size="xs"
        leftSection={
          isPaused ? <IconPlayerPlay size="0.875rem" /> : <IconPlayerPause size="0.875rem" />
        }
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
  );
}
