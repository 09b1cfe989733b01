import { figureInput, planInput } from '../explain';
import type { Quantity } from '../plan';
import type { Figure, FigureInput } from '../report';
import type { EvaluatedTraining } from './evaluated-training';
import { usefulTimeFigures } from './run-goodput';

/** Share of wall-clock time that a run spends on steps that are kept, and where it comes from. */
export interface EffectiveTime {
  /** 0–1; not a number where there is no time to share */
  readonly value: number;
  readonly isStated: boolean;
  readonly input: FigureInput;
}

/** Whether a plan states its effective time: a default that nobody has touched is computed instead. */
export function isStatedEffectiveTime({ origin }: Quantity): boolean {
  return origin !== 'default';
}

/**
 * The effective time that a job states, as measured or wanted, else what interruptions and checkpoints leave of its time: see
 * goodput.
 */
export function effectiveTime(
  evaluated: EvaluatedTraining,
  usefulTime: () => Figure = () => usefulTimeFigures(evaluated).usefulTime,
): EffectiveTime {
  const stated = evaluated.workload.effectiveTimeFraction;
  if (isStatedEffectiveTime(stated)) {
    const input = planInput('e', 'Effective time', stated, 'fraction');
    return { value: stated.value, isStated: true, input };
  }
  const computed = usefulTime();
  return {
    value: computed.value ?? Number.NaN,
    isStated: false,
    input: figureInput('e', computed),
  };
}
