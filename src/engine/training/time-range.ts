import type { EvaluatedTraining } from './evaluated-training';

/** The assumption that says how far step times lie from the modelled ones. */
export const stepFactorKey = 'training.stepTimeFactor';

const count = new Intl.NumberFormat('en');

/** Why the figures that depend on time have no value. */
export function whyNoTime({ modelled, clusterAccelerators }: EvaluatedTraining): string {
  return modelled === null
    ? `One replica of the layout needs more than the ${count.format(clusterAccelerators)} accelerators of the cluster.`
    : 'The accelerator has no rate for this precision or a wider one.';
}

/** The range of the step time around its value: none for a measurement. */
export function stepRange(evaluated: EvaluatedTraining): { low: number; high: number } {
  const measured = evaluated.workload.measuredStepSeconds;
  if (measured) {
    return {
      low: (measured.low ?? measured.value) / measured.value,
      high: (measured.high ?? measured.value) / measured.value,
    };
  }
  const factor = evaluated.context.catalogue.assumptions[stepFactorKey];
  return { low: factor?.low ?? 1, high: factor?.high ?? 1 };
}

/** One end of a range around a value; NaN, which a figure leaves out, where there is no value. */
export function scaled(value: number | null, factor: number): number {
  return value === null ? Number.NaN : value * factor;
}
