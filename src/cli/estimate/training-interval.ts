import type { Catalogue } from '@engine/catalogue/types';
import type { Interval } from './case';
import type { SettledTraining } from './estimate-training';

/** The kinds of runs whose predictions are differently sure. */
export type Coverage = 'Usual' | 'Rare' | 'Experts' | 'Open';

const leastParameters = 2e9;

/**
 * The kind of a case: models with experts, whose software changes fastest; layouts that are mostly open; what few runs
 * show (TPUs and other makers' parts, adapters, hybrid and small models, 4 bits); and dense models on GPUs, of which many do.
 */
export function coverageOf({ job, openFields, machine, tokens }: SettledTraining): Coverage {
  if (job.architecture.mixtureOfExperts !== null) return 'Experts';
  if (openFields >= 3 || tokens !== null) return 'Open';
  const { unit } = machine.device;
  const isRare =
    unit === 'systolic' ||
    unit === 'other' ||
    job.trainsAdaptersOnly === true ||
    (job.architecture.attentionLayerShare ?? 1) < 1 ||
    job.precision === 'fp4' ||
    job.parameters.total < leastParameters;
  return isRare ? 'Rare' : 'Usual';
}

/** The range in which four of five measurements are expected: learned from runs that the constants were not fitted on. */
export function trainingInterval(
  value: number,
  settled: SettledTraining,
  catalogue: Catalogue,
): Interval {
  const fact = catalogue.assumptions[`training.interval${coverageOf(settled)}`];
  const error = fact?.value ?? 0.5;
  return { p10: value / (1 + error), p90: value * (1 + error) };
}
