import type { AxisKey, AxisValue } from './axes';
import { exchangeName, scheduleName } from './choice-names';
import type { Tally } from './regions';

/** One value of one axis of the space: how good it can be, or why it cannot be. */
export interface Region {
  readonly axis: AxisKey;
  readonly value: AxisValue;
  /** step of the best layout with this value; null when none fits and keeps the goal */
  readonly bestSeconds: number | null;
  /** score over the best of all, such as 1.31; null when none fits and keeps the goal */
  readonly ratio: number | null;
  readonly why: string;
}

const symbols: Readonly<Record<AxisKey, string>> = {
  accelerators: '',
  tensorParallel: 'TP',
  contextParallel: 'CP',
  pipelineParallel: 'PP',
  dataParallel: 'DP',
  expertParallel: 'EP',
  contextExchange: 'Context-parallel exchange',
  schedule: 'Schedule',
  microBatch: 'Micro-batch',
  sequenceParallel: 'Sequence parallelism',
  virtualStages: 'Chunks per stage',
  recompute: 'Recomputation',
  recomputedLayers: 'Recomputed layers per stage',
  zeroStage: 'ZeRO',
  shardGroup: 'Sharding group',
  offloadsOptimizer: 'Optimizer in host memory',
  offloadedLayers: 'Activations in host memory',
};

const count = new Intl.NumberFormat('en');
const names: Readonly<Record<string, string>> = {
  ...scheduleName,
  ...exchangeName,
};

function nameOf(axis: AxisKey, value: AxisValue): string {
  if (axis === 'accelerators') return `${count.format(Number(value))} accelerators`;
  const shown =
    typeof value === 'boolean' ? (value ? 'on' : 'off') : (names[String(value)] ?? value);
  return `${symbols[axis]} ${shown}`;
}

/** What a value of an axis costs against the best of all, or why no layout has it. */
export function describeRegion(
  tally: Tally,
  best: number,
  limits: { readonly domain: number; readonly memoryBytes: number },
): Region {
  const { axis, value, bestScore, bestSeconds } = tally;
  const name = nameOf(axis, value);
  if (!Number.isFinite(bestScore)) {
    const why = `${name}${whyNot(tally, limits.memoryBytes)}`;
    return { axis, value, bestSeconds: null, ratio: null, why };
  }
  const ratio = bestScore / best;
  const leaves =
    axis === 'tensorParallel' && Number(value) > limits.domain
      ? ` leaves the scale-up domain of ${limits.domain}`
      : '';
  return { axis, value, bestSeconds, ratio, why: `${name}${leaves}: ${comparison(ratio)}` };
}

function comparison(ratio: number): string {
  if (ratio <= 1) return 'best';
  const percent = 100 * (ratio - 1);
  const shown = percent < 10 ? percent.toPrecision(2) : count.format(Math.round(percent));
  return percent < 0.01 ? 'as good as the best' : `${shown} % worse at best`;
}

function whyNot(tally: Tally, memoryBytes: number): string {
  if (Number.isFinite(tally.beyondSeconds)) return ': misses the date or the budget';
  if (Number.isFinite(tally.leastBytes)) {
    const needed = count.format(Math.round(tally.leastBytes / 1e9));
    return `: needs at least ${needed} GB of ${Math.round(memoryBytes / 1e9)} GB`;
  }
  if (tally.lacksHostMemory) return ': the memory of the host is too small';
  return tally.isIndivisible ? ': the batch does not divide over the replicas' : ': no layout';
}
