import { assumptionOf } from '../catalogue/assumption';
import type { Assumptions } from '../catalogue/types';
import { factInput, figure, figureInput, planInput } from '../explain';
import type { Figure } from '../report';

/** What stops a large run, and what it costs to go on. */
export interface Interruptions {
  /** unexpected ones per accelerator-hour */
  readonly perAcceleratorHour: number;
  /** time to notice, to replace the part and to load the last checkpoint [s] */
  readonly recoverySeconds: number;
  /** time to write a checkpoint, during which nothing is trained [s] */
  readonly checkpointSeconds: number;
}

/**
 * Mean time between interruptions of a whole run: one accelerator that fails stops all.
 *
 *   M = 3600 / (λ · G)
 *
 * λ interruptions per accelerator-hour [1/h] · G accelerators [1] · M [s]
 *
 * Leaves out: failures that come together; parts that fail early or late in their life.
 * Source: sum of independent constant rates.
 */
export function secondsBetweenInterruptions(perAcceleratorHour: number, accelerators: number) {
  return 3_600 / (perAcceleratorHour * accelerators);
}

/**
 * Time between checkpoints that loses least.
 *
 *   τ = √(2 · δ · M)
 *
 * δ writing a checkpoint [s] · M mean time between interruptions [s] · τ [s]
 *
 * Leaves out: terms of higher order where δ is not small against M. Source: Young 1974, from memory.
 */
export function checkpointIntervalSeconds(checkpointSeconds: number, between: number): number {
  return Math.sqrt(2 * checkpointSeconds * between);
}

/**
 * Share of time that advances the run, with checkpoints as often as is best.
 *
 *   g = (τ / M) / (e^(R / M) · (e^((τ + δ) / M) − 1)),   τ = √(2 · δ · M)
 *
 * τ time between checkpoints [s] · M mean time between interruptions [s] · R recovery [s] · δ writing a checkpoint [s]
 *
 * Leaves out: slow parts that do not fail; planned stops; checkpoints that are written while training goes on.
 * Source: Young 1974 for τ, Daly 2006 for the expected time, both from memory.
 */
export function goodput(interruptions: Interruptions, accelerators: number): number {
  const { perAcceleratorHour, recoverySeconds, checkpointSeconds } = interruptions;
  const between = secondsBetweenInterruptions(perAcceleratorHour, accelerators);
  const interval = checkpointIntervalSeconds(checkpointSeconds, between);
  const lost = Math.exp(recoverySeconds / between);
  return interval / between / (lost * Math.expm1((interval + checkpointSeconds) / between));
}

const keys = {
  rate: 'reliability.interruptionsPerAcceleratorHour',
  checkpoint: 'reliability.checkpointSeconds',
} as const;

/** The catalogue's rate and checkpoint, with a recovery of the reader's choice. */
export function interruptionsOf(assumptions: Assumptions, recoverySeconds: number): Interruptions {
  return {
    perAcceleratorHour: assumptionOf(assumptions, keys.rate).value,
    recoverySeconds,
    checkpointSeconds: assumptionOf(assumptions, keys.checkpoint).value,
  };
}

/**
 * Goodput of a run of which only the model and the accelerators are known: the catalogue's interruptions, recovery and writing of
 * checkpoints, with a node always at hand. What a plan that states none of them computes with.
 *
 *   δ = c · N / (10⁹ · w · G)
 *
 * c bytes of a checkpoint per parameter [B] · N parameters [1] · w writing per accelerator [GB/s] · G accelerators [1]
 */
export function usualGoodput(
  assumptions: Assumptions,
  parameters: number,
  accelerators: number,
): number {
  const usual = (key: string) => assumptionOf(assumptions, `reliability.${key}`).value;
  const checkpointGb = (usual('checkpointBytesPerParameter') * parameters) / 1e9;
  const interruptions: Interruptions = {
    perAcceleratorHour: usual('interruptionsPerAcceleratorHour'),
    recoverySeconds: usual('detectionSeconds') + usual('restartSeconds'),
    checkpointSeconds: checkpointGb / (usual('checkpointGbPerSecondPerAccelerator') * accelerators),
  };
  return goodput(interruptions, accelerators);
}

/** How often a run on so many accelerators is interrupted, and what share of its time counts. */
export function goodputFigures(
  assumptions: Assumptions,
  accelerators: number,
  recoverySeconds: number,
): { readonly between: Figure; readonly goodput: Figure } {
  const rate = assumptionOf(assumptions, keys.rate);
  const checkpoint = assumptionOf(assumptions, keys.checkpoint);
  const between = figure({
    key: 'goodput.between',
    label: 'Between two interruptions',
    value: secondsBetweenInterruptions(rate.value, accelerators),
    unit: 's',
    formula: 'M = 3600 / (λ · G)',
    inputs: [factInput('λ', rate.label, rate), planInput('G', 'Accelerators', accelerators, '1')],
    leavesOut: 'failures that come together; parts that fail early or late in their life',
  });
  return {
    between,
    goodput: figure({
      key: 'goodput.share',
      label: 'Time that advances the run',
      value: goodput(interruptionsOf(assumptions, recoverySeconds), accelerators),
      unit: 'fraction',
      formula: 'g = (√(2 · δ · M) / M) / (e^(R / M) · (e^((√(2 · δ · M) + δ) / M) − 1))',
      inputs: [
        factInput('δ', checkpoint.label, checkpoint),
        figureInput('M', between),
        planInput('R', 'From interruption to training again', recoverySeconds, 's'),
      ],
      leavesOut: 'slow parts that do not fail; planned stops',
    }),
  };
}
