import type { Catalogue } from '../catalogue/types';
import { derivedInput, figure, figureInput } from '../explain';
import type { Device } from '../hardware/device';
import { describeMachine } from '../processors/machine';
import type { Figure, FigureInput } from '../report';
import { sharedMemorySeconds, splitProductSeconds, type SplitTime } from './split-product';

/** How often the same product is timed: on so many workers of a kind. */
export interface ScalingPoint extends SplitTime {
  /** times as fast as one worker */
  readonly speedUp: number;
}

const precision = 'bf16';

function withSpeedUp(one: SplitTime, times: readonly SplitTime[]): readonly ScalingPoint[] {
  return times.map((time) => ({ ...time, speedUp: one.total / time.total }));
}

/** A product of the given edge on 1 to many accelerators of a kind; empty where the catalogue lacks the part. */
export function acceleratorScaling(
  catalogue: Catalogue,
  acceleratorId: string,
  edge: number,
  counts: readonly number[],
): readonly ScalingPoint[] {
  const found = describeMachine({ acceleratorId, processors: 1 }, catalogue);
  if (found === null) return [];
  const timed = (workers: number) =>
    splitProductSeconds(found.device, { edge, precision, workers });
  return withSpeedUp(timed(1), counts.map(timed));
}

/** The same product on 1 to all cores of a processor. */
export function coreScaling(
  catalogue: Catalogue,
  processorId: string,
  edge: number,
  counts: readonly number[],
): readonly ScalingPoint[] {
  const device = (cores: number): Device | null =>
    describeMachine({ acceleratorId: processorId, processors: 1, cores }, catalogue)?.device ??
    null;
  const times = counts.flatMap((workers) => {
    const found = device(workers);
    return found === null ? [] : [sharedMemorySeconds(found, { edge, precision, workers })];
  });
  const single = device(1);
  if (single === null) return [];
  return withSpeedUp(sharedMemorySeconds(single, { edge, precision, workers: 1 }), times);
}

/** What a product on so many accelerators comes to; `counts` are those among which the largest gain is looked for. */
export function productFigures(
  catalogue: Catalogue,
  acceleratorId: string,
  edge: number,
  workers: number,
  counts: readonly number[],
): readonly Figure[] {
  const [point] = acceleratorScaling(catalogue, acceleratorId, edge, [workers]);
  const curve = acceleratorScaling(catalogue, acceleratorId, edge, counts);
  const accelerator = catalogue.accelerators.get(acceleratorId);
  const peak = accelerator?.peakDense[precision];
  if (point === undefined || peak === undefined || accelerator === undefined) return [];
  const best = curve.reduce((most, one) => (one.speedUp > most.speedUp ? one : most), point);
  const size = readerInput('m', 'Edge of the matrices', edge);
  const number = readerInput('n', 'GPUs that share it', workers);
  const hardware = [
    derivedInput('A', 'Peak of one GPU', peak.value, 'TFLOP/s', 'catalogue', [peak.source]),
    derivedInput(
      'B',
      'Link between GPUs of a node',
      accelerator.scaleUpBandwidth?.value ?? Number.NaN,
      'GB/s',
      'catalogue',
      accelerator.scaleUpBandwidth === null ? [] : [accelerator.scaleUpBandwidth.source],
    ),
  ];
  const leavesOut =
    'Bringing the matrices to the GPUs; sending stripes while others are still computed.';
  const key = (name: string) => `parallel.product.${name}`;
  const time = figure({
    key: key('seconds'),
    label: 'Time of the product',
    value: point.total,
    unit: 's',
    formula: 't = t_product(m, m / n, m) + t_gather(2 · m², n)',
    inputs: [
      size,
      number,
      derivedInput('t_product', 'Multiplying a stripe', point.compute, 's', 'hardware.matmul'),
      derivedInput(
        't_gather',
        'Giving it to the others',
        point.communicate,
        's',
        'hardware.collective',
      ),
      ...hardware,
    ],
    sources: ['aiconfigurator-kernels'],
    leavesOut,
  });
  return [
    time,
    figure({
      key: key('speedUp'),
      label: 'Times as fast as one GPU',
      value: point.speedUp,
      unit: '×',
      formula: 'S = t(1) / t(n)',
      inputs: [figureInput('t', time), number],
      leavesOut,
    }),
    figure({
      key: key('communicationShare'),
      label: 'Time spent on communication',
      value: point.communicate / point.total,
      unit: 'fraction',
      formula: 'c = t_gather / t',
      inputs: [figureInput('t', time)],
      leavesOut,
    }),
    figure({
      key: key('bestWorkers'),
      label: 'GPUs beyond which nothing is gained',
      value: best.workers,
      unit: 'GPUs',
      formula: 'n with the largest t(1) / t(n), doubled each time',
      inputs: [
        size,
        derivedInput('S', 'Gain there', best.speedUp, '×', 'parallel.product.speedUp'),
        derivedInput('n', 'Largest number that is tried', counts.at(-1) ?? 1, '1', 'clusterwright'),
      ],
      leavesOut,
    }),
  ];
}

function readerInput(symbol: string, label: string, value: number): FigureInput {
  return { symbol, label, value, unit: '1', sources: [], from: 'reader' };
}
