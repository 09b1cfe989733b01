import { derivedInput, figure, figureInput } from '../explain';
import type { Figure, Part, TrainingReport } from '../report';
import { amdahlLimit, gustafsonSpeedUp, serialShareOfOne } from './speed-up-laws';

/** Parts of a step that every accelerator shares: twice as many would take half as long. */
const sharedParts: ReadonlySet<string> = new Set([
  'matmul',
  'attention',
  'elementwise',
  'recompute',
  'optimizer',
]);

/** The serial share of a training run, and what the two laws make of it. */
export interface RunSerialShare {
  /** of the time on the run's own accelerators */
  readonly ofMany: Figure;
  /** of the time that one accelerator alone would need */
  readonly ofOne: Figure;
  /** the most that any number of accelerators reaches, by Amdahl */
  readonly limit: Figure;
  /** what the run's own accelerators reach, by either law */
  readonly speedUp: Figure;
  readonly accelerators: number;
}

function seconds(parts: readonly Part[], isShared: boolean): number {
  return parts
    .filter(({ key }) => sharedParts.has(key) === isShared)
    .reduce((sum, { value }) => sum + value, 0);
}

/**
 * The serial share of a training run, from what its step's time is spent on.
 *
 *   sₙ = t_rest / t,   t_rest = bubble + transfers + exposed communication + gaps and waiting
 *
 * t time of a step [s] · t_rest the part that more accelerators at the same tokens per step would not shorten [s]
 *
 * Leaves out: that most of this time is not serial work but waiting for others, which grows with their number: the laws are then
 * too kind. Null where the run has no step time.
 * Source: definition; see speed-up-laws.
 */
export function runSerialShare(run: TrainingReport, accelerators: number): RunSerialShare | null {
  const shared = seconds(run.stepParts, true);
  const rest = seconds(run.stepParts, false);
  const total = shared + rest;
  if (!(total > 0) || !(accelerators >= 1)) return null;
  const many = rest / total;
  const key = (name: string) => `parallel.${run.workloadId}.${name}`;
  const leavesOut =
    'That waiting grows with the number of accelerators: a law that knows only a fixed share is too kind to large numbers.';
  const ofMany = figure({
    key: key('serialShare'),
    label: 'Time that more GPUs do not shorten',
    value: many,
    unit: 'fraction',
    formula: 'sₙ = (t − t_shared) / t',
    inputs: [
      figureInput('t', run.stepSeconds),
      derivedInput(
        't_shared',
        'Part that all accelerators share',
        shared,
        's',
        'training.stepParts',
      ),
    ],
    leavesOut,
  });
  const one = serialShareOfOne(many, accelerators);
  const workers = derivedInput('n', 'Accelerators', accelerators, '1', 'plan');
  const ofOne = figure({
    key: key('serialShareOfOne'),
    label: 'The same, as one GPU would see it',
    value: one,
    unit: 'fraction',
    formula: 's₁ = sₙ / (sₙ + (1 − sₙ) · n)',
    inputs: [figureInput('sₙ', ofMany), workers],
    leavesOut,
  });
  return {
    accelerators,
    ofMany,
    ofOne,
    limit: figure({
      key: key('limit'),
      label: 'Most that any number reaches, by Amdahl',
      value: amdahlLimit(one),
      unit: '×',
      formula: 'S = 1 / s₁',
      inputs: [figureInput('s₁', ofOne)],
      sources: ['amdahl-1967'],
      leavesOut,
      unavailable: 'Nothing is serial: there is no limit.',
    }),
    speedUp: figure({
      key: key('speedUp'),
      label: 'Times as fast as one GPU',
      value: gustafsonSpeedUp(many, accelerators),
      unit: '×',
      formula: 'S = n − sₙ · (n − 1)',
      inputs: [workers, figureInput('sₙ', ofMany)],
      sources: ['gustafson-1988'],
      leavesOut: 'That one GPU could not hold the model at all.',
    }),
  };
}
