import type { Catalogue } from '@engine/catalogue/types';
import type { Interval } from './case';
import type { SettledTraining } from './estimate-training';

/** The kinds of runs whose predictions are differently sure. */
export type Coverage = 'Usual' | 'Rare' | 'Experts' | 'Open' | 'Run';

const leastParameters = 2e9;

/**
 * The kind of a predicted number: models with experts, whose software changes fastest; hours and days of whole runs, which
 * hold restarts, evaluations and slow starts; layouts that are mostly open; what few runs show (TPUs and other makers' parts, parts before
 * BF16 or on a module with a processor, adapters, hybrid and small models, 4 bits); and dense models on GPUs, of which many do.
 */
export function coverageOf(
  { job, openFields, machine }: SettledTraining,
  metric: string,
): Coverage {
  if (job.architecture.mixtureOfExperts !== null) return 'Experts';
  if (metric === 'gpu_hours' || metric === 'days') return 'Run';
  if (openFields >= 3) return 'Open';
  const { unit, family, rates, sharesPower } = machine.device;
  const isRare =
    family.startsWith('cdna') ||
    family === 'radeon' ||
    sharesPower === true ||
    rates.bf16?.computedIn !== 'bf16' ||
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
  metric: string,
  value: number,
  settled: SettledTraining,
  catalogue: Catalogue,
): Interval {
  const fact = catalogue.assumptions[`training.interval${coverageOf(settled, metric)}`];
  const error = fact?.value ?? 0.5;
  return { p10: value / (1 + error), p90: value * (1 + error) };
}
