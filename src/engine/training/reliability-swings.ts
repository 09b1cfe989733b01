import { assumptionOf } from '../catalogue/assumption';
import type { Quantity, TrainingWorkload } from '../plan';
import { HOURS_PER_YEAR } from '../units';
import type { EvaluatedTraining } from './evaluated-training';
import { usefulTimeFigures } from './run-goodput';
import { rangeOf, type Outcome, type Swing } from './swing';

type ReliabilityKey =
  | 'yearsBetweenInterruptions'
  | 'detectionSeconds'
  | 'restartSeconds'
  | 'checkpointGigabytesPerSecond';

interface ReliabilityNumber {
  readonly key: ReliabilityKey;
  readonly label: string;
  readonly unit: string;
  /** what the catalogue says where the plan says nothing, with its range */
  readonly usual: Omit<Quantity, 'origin'>;
}

/**
 * Sensitivity of a run to what stops it: how often a part fails, how long it takes to notice and to go on, how fast checkpoints
 * are written. Each moves the share of time that advances the run; see goodput.
 *
 * Leaves out: what takes no effect because the plan states an effective time of its own.
 * Source: definition.
 */
export function reliabilitySwings(
  evaluated: EvaluatedTraining,
  outcomeAt: (usefulShare: number) => Outcome,
): Swing[] {
  return numbersOf(evaluated).map(({ key, label, unit, usual }) => {
    const own = evaluated.workload[key];
    const { value, low, high } = own ?? usual;
    const range = rangeOf(value, low, high);
    const at = (end: number): Outcome => {
      const workload: TrainingWorkload = {
        ...evaluated.workload,
        [key]: { value: end, origin: 'yours' },
      };
      return outcomeAt(
        usefulTimeFigures({ ...evaluated, workload }).usefulTime.value ?? Number.NaN,
      );
    };
    return { key, label, unit, value, ...range, atLow: at(range.low), atHigh: at(range.high) };
  });
}

function numbersOf({ context, accelerators }: EvaluatedTraining): ReliabilityNumber[] {
  const fact = (name: string) => assumptionOf(context.catalogue.assumptions, `reliability.${name}`);
  const rate = fact('interruptionsPerAcceleratorHour');
  const writing = fact('checkpointGbPerSecondPerAccelerator');
  const times = (value: number | undefined) => value && value * accelerators;
  return [
    {
      key: 'yearsBetweenInterruptions',
      label: 'Between interruptions of one accelerator',
      unit: 'years',
      usual: { value: 1 / (rate.value * HOURS_PER_YEAR) },
    },
    {
      key: 'detectionSeconds',
      label: fact('detectionSeconds').label,
      unit: 's',
      usual: usualOf(fact('detectionSeconds')),
    },
    {
      key: 'restartSeconds',
      label: fact('restartSeconds').label,
      unit: 's',
      usual: usualOf(fact('restartSeconds')),
    },
    {
      key: 'checkpointGigabytesPerSecond',
      label: 'Writing of checkpoints',
      unit: 'GB/s',
      usual: usualOf({
        value: writing.value * accelerators,
        low: times(writing.low),
        high: times(writing.high),
      }),
    },
  ];
}

function usualOf(fact: {
  readonly value: number;
  readonly low?: number | undefined;
  readonly high?: number | undefined;
}): ReliabilityNumber['usual'] {
  const { value, low, high } = fact;
  return {
    value,
    ...(low === undefined ? {} : { low }),
    ...(high === undefined ? {} : { high }),
  };
}
