import type { Device } from '../hardware/device';
import type { TrainingLayout } from '../plan';

type Axis =
  'tensorParallel' | 'pipelineParallel' | 'contextParallel' | 'expertParallel' | 'microBatch';

/** One value of one axis of the space: how good it can be, or why it cannot be. */
export interface Region {
  readonly axis: Axis;
  readonly value: number;
  /** fastest step of a layout with this value; null when none fits */
  readonly bestSeconds: number | null;
  /** time over the fastest of all, such as 1.31; null when none fits */
  readonly ratio: number | null;
  readonly why: string;
}

interface Tally {
  bestSeconds: number;
  /** no layout with this value that was left out can be faster than this */
  leastLeftOut: number;
  leastBytes: number;
  isIndivisible: boolean;
}

const axes: readonly Axis[] = [
  'tensorParallel',
  'pipelineParallel',
  'contextParallel',
  'expertParallel',
  'microBatch',
];

const symbols: Readonly<Record<Axis, string>> = {
  tensorParallel: 'TP',
  pipelineParallel: 'PP',
  contextParallel: 'CP',
  expertParallel: 'EP',
  microBatch: 'micro-batch',
};

/** What the search learned about each value of each axis. */
export class Regions {
  private readonly tallies: Readonly<Record<Axis, Map<number, Tally>>> = {
    tensorParallel: new Map(),
    pipelineParallel: new Map(),
    contextParallel: new Map(),
    expertParallel: new Map(),
    microBatch: new Map(),
  };

  fits(layout: TrainingLayout, seconds: number): void {
    for (const axis of axes) {
      const tally = this.tally(axis, layout[axis]);
      if (seconds < tally.bestSeconds) tally.bestSeconds = seconds;
    }
  }

  slowerThanKept(layout: TrainingLayout, leastSeconds: number): void {
    for (const axis of axes) {
      const tally = this.tally(axis, layout[axis]);
      if (leastSeconds < tally.leastLeftOut) tally.leastLeftOut = leastSeconds;
    }
  }

  tooLarge(layout: TrainingLayout, bytes: number): void {
    for (const axis of axes) {
      const tally = this.tally(axis, layout[axis]);
      if (bytes < tally.leastBytes) tally.leastBytes = bytes;
    }
  }

  indivisible(layout: TrainingLayout): void {
    this.tally('pipelineParallel', layout.pipelineParallel).isIndivisible = true;
    this.tally('tensorParallel', layout.tensorParallel).isIndivisible = true;
  }

  list(device: Device): Region[] {
    let fastest = Number.POSITIVE_INFINITY;
    for (const { bestSeconds } of this.tallies.tensorParallel.values()) {
      fastest = Math.min(fastest, bestSeconds);
    }
    return axes.flatMap((axis) =>
      [...this.tallies[axis]]
        .sort(([first], [second]) => first - second)
        .map(([value, tally]) => describe(axis, value, tally, fastest, device)),
    );
  }

  private tally(axis: Axis, value: number): Tally {
    let tally = this.tallies[axis].get(value);
    if (tally === undefined) {
      tally = {
        bestSeconds: Number.POSITIVE_INFINITY,
        leastLeftOut: Number.POSITIVE_INFINITY,
        leastBytes: Number.POSITIVE_INFINITY,
        isIndivisible: false,
      };
      this.tallies[axis].set(value, tally);
    }
    return tally;
  }
}

function describe(
  axis: Axis,
  value: number,
  tally: Tally,
  fastest: number,
  device: Device,
): Region {
  const name = `${symbols[axis]} ${value}`;
  if (Number.isFinite(tally.bestSeconds)) {
    const ratio = tally.bestSeconds / fastest;
    const leaves =
      axis === 'tensorParallel' && value > device.scaleUp.domain
        ? ` leaves the scale-up domain of ${device.scaleUp.domain}`
        : '';
    const slower = ratio > 1 ? `: ${Math.round((ratio - 1) * 100)} % slower at best` : ': fastest';
    return { axis, value, bestSeconds: tally.bestSeconds, ratio, why: `${name}${leaves}${slower}` };
  }
  return {
    axis,
    value,
    bestSeconds: null,
    ratio: null,
    why: `${name}${whyNot(tally, fastest, device)}`,
  };
}

function whyNot(tally: Tally, fastest: number, device: Device): string {
  if (Number.isFinite(tally.leastLeftOut)) {
    const slower = Math.round((tally.leastLeftOut / fastest - 1) * 100);
    return `: at least ${slower} % slower, whatever the rest`;
  }
  if (Number.isFinite(tally.leastBytes)) {
    const needed = Math.round(tally.leastBytes / 1e9);
    return `: needs at least ${needed} GB of ${Math.round(device.memoryBytes / 1e9)} GB`;
  }
  return tally.isIndivisible ? ': the batch does not divide over the replicas' : ': no layout';
}
