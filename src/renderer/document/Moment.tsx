import { Text, Tooltip } from '@mantine/core';
import { useInterval } from '@mantine/hooks';
import { useState } from 'react';
import { exactTime, relativeTime } from './relative-time';

interface MomentProps {
  readonly iso: string;
}

const refreshMs = 30_000;

/** How long ago something was; the exact moment on hover and on focus. */
export function Moment({ iso }: MomentProps) {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useInterval(() => setNowMs(Date.now()), refreshMs, { autoInvoke: true });
  return (
    <Tooltip label={exactTime(iso)}>
      <Text component="time" size="xs" c="dimmed" dateTime={iso}>
        {relativeTime(iso, nowMs)}
      </Text>
    </Tooltip>
  );
}
