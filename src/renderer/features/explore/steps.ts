/** The step of a slider that lies nearest to a value in ratio. */
export function nearestStep(steps: readonly number[], value: number): number {
  const distance = (step: number) => Math.abs(Math.log((steps[step] ?? 1) / value));
  return steps.reduce((best, _, step) => (distance(step) < distance(best) ? step : best), 0);
}
