import { reduceScatterSeconds, type Link } from '../hardware/collective';

/** A ring exchange: what waits for the other ranks, and what moves [s]; what every rank sends [B]. */
export interface RingTime {
  readonly waiting: number;
  readonly moving: number;
  readonly sent: number;
}

export const noRing: RingTime = { waiting: 0, moving: 0, sent: 0 };

/** Two exchanges, one after the other. */
export function sumOf(one: RingTime, other: RingTime): RingTime {
  return {
    waiting: one.waiting + other.waiting,
    moving: one.moving + other.moving,
    sent: one.sent + other.sent,
  };
}

/** A ring all-gather or reduce-scatter of long buffers in pieces: every piece waits for a step per rank. */
export function ringTime(bytes: number, ranks: number, link: Link, pieces: number): RingTime {
  const sent = ((ranks - 1) * bytes) / ranks;
  if (link.tier === 'scale-up') {
    return { waiting: 0, moving: pieces * reduceScatterSeconds(bytes / pieces, ranks, link), sent };
  }
  const waiting = pieces * (link.baseSeconds + (ranks - 1) * link.stepSeconds);
  return { waiting, moving: sent / (link.bytesPerSecond * link.bandwidthFraction), sent };
}
