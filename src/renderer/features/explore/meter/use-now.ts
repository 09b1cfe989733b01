import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { elapsedMs, type ClockReading } from '@shared/clock/period';

function readClocks(): ClockReading {
  return { wallMs: Date.now(), monotonicMs: performance.now() };
}

interface OpenTime {
  readonly now: ClockReading;
  /** ms for which the window has been open, sleep included, whatever happened to the wall clock */
  readonly openMs: number;
}

/** The last reading of the session, so that time already passed is never lost when the wall clock is set back. */
let latest: OpenTime | null = null;

function readOpenTime(): OpenTime {
  const now = readClocks();
  const openMs = latest === null ? now.monotonicMs : latest.openMs + elapsedMs(latest.now, now);
  latest = { now, openMs };
  return latest;
}

/**
 * The time now, again every `intervalMs` while it runs and the window can be seen; nothing is scheduled otherwise. Coming
 * back into view reads the clocks at once.
 */
export function useNow(intervalMs: number, isRunning: boolean): OpenTime {
  const [time, setTime] = useState(readOpenTime);
  useEffect(() => {
    if (!isRunning) return;
    let timer: ReturnType<typeof setInterval> | undefined;
    const read = () => setTime(readOpenTime());
    // Drawn in the timer's own task: the processor wakes once for a tick, not once more for the drawing.
    const tick = () => flushSync(read);
    const follow = () => {
      clearInterval(timer);
      if (document.visibilityState === 'hidden') return;
      read();
      timer = setInterval(tick, intervalMs);
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', follow);
    };
  }, [intervalMs, isRunning]);
  return time;
}
