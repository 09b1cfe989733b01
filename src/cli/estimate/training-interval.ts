import type { Catalogue } from '@engine/catalogue/types';
import type { Interval } from './case';
import type { SettledTraining } from './estimate-training';

/** How well the published runs cover a case; the wider the less. */
export type Coverage = 'Usual' | 'Sparse' | 'Open';

/** Coverage by kind: dense 16-bit and 8-bit runs with a stated layout are many; experts, adapters and 4 bits few. */
export function coverageOf({ job, openFields, machine, tokens }: SettledTraining): Coverage {
  if (openFields >= 3 || tokens !== null) return 'Open';
  const isSparse =
    job.architecture.mixtureOfExperts !== null ||
    job.trainsAdaptersOnly === true ||
    (job.architecture.attentionLayerShare ?? 1) < 1 ||
    job.precision === 'fp4' ||
    machine.device.unit === 'four-bit' ||
    job.parameters.total < 2e9;
  return isSparse ? 'Sparse' : 'Usual';
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
