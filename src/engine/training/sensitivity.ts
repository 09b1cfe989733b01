import type { Assumptions } from '../catalogue/types';
import { hardwareAssumptionKeys } from '../hardware/constants';
import { describeDevice, type Device } from '../hardware/device';
import type { Quantity } from '../plan';
import { SECONDS_PER_DAY } from '../units';
import { readTrainingConstants, trainingAssumptionKeys } from './constants';
import type { EvaluatedTraining } from './evaluated-training';
import { effectiveTime, isStatedEffectiveTime } from './effective-time';
import { reliabilitySwings } from './reliability-swings';
import { stepTime } from './step-time';
import { rangeOf, type Outcome, type Swing } from './swing';
import { stepRange } from './time-range';

export interface Sensitivity {
  readonly planned: Outcome;
  /** the number that moves the days most comes first */
  readonly swings: readonly Swing[];
}

/** The numbers of a run that a range may replace. */
interface RunNumbers {
  readonly stepSeconds: number;
  readonly tokens: number;
  readonly effectiveTime: number;
  readonly usdPerHour: number | null;
}

type Assumption = Assumptions[string];

/**
 * Sensitivity of days and money of a run to each number that it rests on: each goes to both ends of its range while the others
 * stay. Numbers of the plan take their own range, assumptions of the catalogue theirs; where none is stated, ± 10 %.
 *
 *   D = T · t / (B · s · e · 86400)       K = D · 24 · G · r
 *
 * D days · T tokens · t step time [s] · B · s tokens per step · e effective time, 0–1 · K cost [USD] · G accelerators ·
 * r price of an accelerator-hour [USD], as the plan gets its accelerators
 *
 * Leaves out: numbers that move together; ranges of the model's own data. What moves neither by a thousandth is left out.
 * Source: definition.
 */
export function trainingSensitivity(
  evaluated: EvaluatedTraining,
  usdPerHour: number | null,
): Sensitivity | null {
  const { modelled, stepSeconds, workload } = evaluated;
  if (modelled === null || stepSeconds === null || !Number.isFinite(stepSeconds)) return null;
  const effective = effectiveTime(evaluated);
  const numbers: RunNumbers = {
    stepSeconds,
    tokens: workload.tokens.value,
    effectiveTime: effective.value,
    usdPerHour,
  };
  const planned = outcomeOf(evaluated, numbers);
  const swings = [
    ...planSwings(evaluated, numbers),
    ...(effective.isStated
      ? []
      : reliabilitySwings(evaluated, (share) =>
          outcomeOf(evaluated, { ...numbers, effectiveTime: share }),
        )),
    ...(workload.measuredStepSeconds ? [] : modelSwings(evaluated, numbers)),
  ];
  return {
    planned,
    swings: swings
      .filter((swing) => widthOf(swing, planned) > 1e-3)
      .toSorted((one, other) => widthOf(other, planned) - widthOf(one, planned)),
  };
}

function outcomeOf(evaluated: EvaluatedTraining, numbers: RunNumbers): Outcome {
  const { stepSeconds, tokens, effectiveTime, usdPerHour } = numbers;
  const seconds = ((tokens / evaluated.tokensPerStep) * stepSeconds) / effectiveTime;
  const hours = (seconds / 3_600) * evaluated.accelerators;
  return {
    days: seconds / SECONDS_PER_DAY,
    usd: usdPerHour === null ? null : hours * usdPerHour,
  };
}

/** How far a swing moves days or, where it moves those not at all, money; a share of what is planned. */
function widthOf({ atLow, atHigh }: Swing, planned: Outcome): number {
  const days = Math.abs(atHigh.days - atLow.days) / planned.days;
  const usd =
    planned.usd === null ? 0 : Math.abs((atHigh.usd ?? 0) - (atLow.usd ?? 0)) / planned.usd;
  const width = Math.max(days, usd);
  return Number.isFinite(width) ? width : 0;
}

function planSwings(evaluated: EvaluatedTraining, numbers: RunNumbers): Swing[] {
  const { workload } = evaluated;
  const swing = (
    key: string,
    label: string,
    unit: string,
    quantity: Quantity,
    change: (value: number) => Partial<RunNumbers>,
  ): Swing => {
    const { value } = quantity;
    const range = rangeOf(value, quantity.low, quantity.high);
    const at = (end: number) => outcomeOf(evaluated, { ...numbers, ...change(end) });
    return { key, label, unit, value, ...range, atLow: at(range.low), atHigh: at(range.high) };
  };
  const measured = workload.measuredStepSeconds;
  return [
    swing('tokens', 'Tokens to train on', 'tokens', workload.tokens, (tokens) => ({ tokens })),
    ...(isStatedEffectiveTime(workload.effectiveTimeFraction)
      ? [
          swing(
            'effectiveTimeFraction',
            'Effective time',
            'fraction',
            workload.effectiveTimeFraction,
            (effectiveTime) => ({ effectiveTime }),
          ),
        ]
      : []),
    ...(measured
      ? [
          swing('measuredStepSeconds', 'Measured step time', 's', measured, (stepSeconds) => ({
            stepSeconds,
          })),
        ]
      : []),
    ...(numbers.usdPerHour === null
      ? []
      : [
          swing(
            'usdPerHour',
            'Price of an accelerator-hour',
            'USD/h',
            { value: numbers.usdPerHour, origin: 'default' },
            (usdPerHour) => ({ usdPerHour }),
          ),
        ]),
  ];
}

/** One number behind the step time at both ends of its range. */
function modelSwings(evaluated: EvaluatedTraining, numbers: RunNumbers): Swing[] {
  const { context, device, job, constants } = evaluated;
  const at = (seconds: number) => outcomeOf(evaluated, { ...numbers, stepSeconds: seconds });
  const network = context.cluster.scaleOutGbpsPerAccelerator;
  const onNetwork = (gigabits: number): Device => ({
    ...device,
    scaleOut: {
      ...device.scaleOut,
      bytesPerSecond: (device.scaleOut.bytesPerSecond * gigabits) / network.value,
    },
  });
  const networkRange = rangeOf(network.value, network.low, network.high);
  const onEnd = (gigabits: number) => at(stepTime(job, onNetwork(gigabits), constants).total);
  const factor = stepRange(evaluated);
  return [
    {
      key: 'modelError',
      label: 'Error of the model, 10th to 90th percentile',
      unit: '1',
      value: 1,
      ...rangeOf(1, factor.low, factor.high),
      atLow: at(numbers.stepSeconds * factor.low),
      atHigh: at(numbers.stepSeconds * factor.high),
    },
    {
      key: 'scaleOutGbpsPerAccelerator',
      label: 'Network per accelerator',
      unit: 'Gb/s',
      value: network.value,
      ...networkRange,
      atLow: onEnd(networkRange.low),
      atHigh: onEnd(networkRange.high),
    },
    ...assumptionSwings(evaluated, at),
  ];
}

/** One assumption of the catalogue at both ends of its range; the fabric of the cluster stays as it is. */
function assumptionSwings(
  evaluated: EvaluatedTraining,
  at: (stepSeconds: number) => Outcome,
): Swing[] {
  const { context, job, device, constants } = evaluated;
  // One copy, in which each assumption is replaced and put back: copying hundreds for each would take most of the time.
  const assumptions: Record<string, Assumption> = { ...context.catalogue.assumptions };
  const onHardware = (): number => {
    const described = describeDevice(context.accelerator, context.system, assumptions);
    return stepTime(job, { ...described, scaleOut: device.scaleOut }, constants).total;
  };
  const withSoftware = (): number =>
    stepTime(job, device, readTrainingConstants(assumptions)).total;
  const swingOf = (key: string, stepSeconds: () => number): Swing[] => {
    const fact = assumptions[key];
    if (fact === undefined) return [];
    const range = rangeOf(fact.value, fact.low, fact.high);
    const end = (value: number): Outcome => {
      assumptions[key] = { ...fact, value };
      const seconds = stepSeconds();
      assumptions[key] = fact;
      return at(seconds);
    };
    const { label, unit, value } = fact;
    return [{ key, label, unit, value, ...range, atLow: end(range.low), atHigh: end(range.high) }];
  };
  return [
    ...Object.values(trainingAssumptionKeys).flatMap((key) => swingOf(key, withSoftware)),
    ...Object.values(hardwareAssumptionKeys).flatMap((key) => swingOf(key, onHardware)),
  ];
}
