import type { Fact } from '../catalogue/types';
import { assumptionOf } from '../catalogue/assumption';
import { derivedInput, factInput, figure, figureInput, planInput } from '../explain';
import type { Quantity } from '../plan';
import type { Figure, FigureInput, TrainingGoodput } from '../report';
import { HOURS_PER_YEAR, SECONDS_PER_DAY } from '../units';
import { figureKey, type EvaluatedTraining } from './evaluated-training';
import { checkpointIntervalSeconds, goodput, secondsBetweenInterruptions } from './goodput';
import { spareWaitSeconds } from './spare-nodes';
import { whyNoTime } from './time-range';

/** A number of the plan where it states one, else of the catalogue. */
interface Stated {
  readonly value: number;
  readonly input: FigureInput;
}

function stated(
  evaluated: EvaluatedTraining,
  symbol: string,
  quantity: Quantity | null | undefined,
  key: string,
): Stated {
  const fact: Fact & { readonly label: string } = assumptionOf(
    evaluated.context.catalogue.assumptions,
    key,
  );
  return quantity
    ? { value: quantity.value, input: planInput(symbol, fact.label, quantity, fact.unit) }
    : { value: fact.value, input: factInput(symbol, fact.label, fact) };
}

/** Interruptions of one accelerator per hour. */
function ratePerHour(evaluated: EvaluatedTraining): Stated {
  const years = evaluated.workload.yearsBetweenInterruptions;
  const key = 'reliability.interruptionsPerAcceleratorHour';
  if (!years) return stated(evaluated, 'λ', null, key);
  const value = 1 / (years.value * HOURS_PER_YEAR);
  const label = 'Unexpected interruptions per accelerator-hour';
  return { value, input: derivedInput('λ', label, value, '1/h', 'plan') };
}

/** How large a checkpoint is, how long it takes and how often one is best written. */
function checkpointFigures(evaluated: EvaluatedTraining, between: Figure) {
  const { workload, accelerators, job } = evaluated;
  const named = (name: string): string => figureKey(evaluated, `goodput.${name}`);
  const perParameter = stated(evaluated, 'c', null, 'reliability.checkpointBytesPerParameter');
  const rate = stated(evaluated, 'w', null, 'reliability.checkpointGbPerSecondPerAccelerator');
  const total = workload.checkpointGigabytesPerSecond;
  const rateInput = total ? planInput('w', 'Writing of checkpoints', total, 'GB/s') : rate.input;
  const writers = total ? 1 : accelerators;
  const checkpointGb = figure({
    key: named('checkpointGb'),
    label: 'Size of a checkpoint',
    value: (perParameter.value * job.parameters.total) / 1e9,
    unit: 'GB',
    formula: 'K = c · N / 10⁹',
    inputs: [
      perParameter.input,
      derivedInput('N', 'Parameters', job.parameters.total, '1', 'model'),
    ],
  });
  const checkpointSeconds = figure({
    key: named('checkpointSeconds'),
    label: 'Writing a checkpoint',
    value: (checkpointGb.value ?? Number.NaN) / (rateInput.value * writers),
    unit: 's',
    formula: total ? 'δ = K / w' : 'δ = K / (w · G)',
    inputs: [
      figureInput('K', checkpointGb),
      rateInput,
      derivedInput('G', 'Accelerators used', accelerators, 'accelerators', 'plan'),
    ],
    leavesOut: 'checkpoints that are written while training goes on',
    unavailable: whyNoTime(evaluated),
  });
  const checkpointInterval = figure({
    key: named('checkpointInterval'),
    label: 'Best time between checkpoints',
    value: checkpointIntervalSeconds(
      checkpointSeconds.value ?? Number.NaN,
      between.value ?? Number.NaN,
    ),
    unit: 's',
    formula: 'τ = √(2 · δ · M)',
    inputs: [figureInput('δ', checkpointSeconds), figureInput('M', between)],
    unavailable: whyNoTime(evaluated),
  });
  return { checkpointGb, checkpointSeconds, checkpointInterval };
}

/** How long it takes from an interruption to training again. */
function recoveryFigures(evaluated: EvaluatedTraining, between: Figure) {
  const { workload } = evaluated;
  const named = (name: string): string => figureKey(evaluated, `goodput.${name}`);
  const detection = stated(
    evaluated,
    'd',
    workload.detectionSeconds,
    'reliability.detectionSeconds',
  );
  const restart = stated(evaluated, 'r', workload.restartSeconds, 'reliability.restartSeconds');
  const repair = stated(evaluated, 'T_r', workload.repairDays, 'reliability.repairDays');
  const hardware = stated(evaluated, 'h', null, 'reliability.hardwareShare');
  const spares = workload.spareNodes;
  const faults = {
    perSecond: hardware.value / (between.value ?? Number.NaN),
    repairSeconds: repair.value * SECONDS_PER_DAY,
  };
  const spareWait = figure({
    key: named('spareWait'),
    label: 'Waiting for a node, per interruption',
    value: spares ? hardware.value * spareWaitSeconds(faults, spares.value) : 0,
    unit: 's',
    formula: spares
      ? 'W = h · P(N ≥ S) · 86400 · T_r / (S + 1), N Poisson with mean h · 86400 · T_r / M'
      : '0: a node is always at hand',
    inputs: spares
      ? [
          hardware.input,
          repair.input,
          planInput('S', 'Spare nodes', spares, 'nodes'),
          figureInput('M', between),
        ]
      : [],
    leavesOut: 'training on with fewer nodes',
    unavailable: whyNoTime(evaluated),
  });
  const recovery = figure({
    key: named('recovery'),
    label: 'From interruption to training again',
    value: detection.value + restart.value + (spareWait.value ?? Number.NaN),
    unit: 's',
    formula: 'R = d + r + W',
    inputs: [detection.input, restart.input, figureInput('W', spareWait)],
    unavailable: whyNoTime(evaluated),
  });
  return { spareWait, recovery };
}

/** What interruptions leave of the time of a plan's run, whatever its length: see goodput. */
export function usefulTimeFigures(evaluated: EvaluatedTraining) {
  const { accelerators } = evaluated;
  const named = (name: string): string => figureKey(evaluated, `goodput.${name}`);
  const rate = ratePerHour(evaluated);
  const unavailable = whyNoTime(evaluated);
  const between = figure({
    key: named('between'),
    label: 'Between two interruptions',
    value: secondsBetweenInterruptions(rate.value, accelerators),
    unit: 's',
    formula: 'M = 3600 / (λ · G)',
    inputs: [
      rate.input,
      derivedInput('G', 'Accelerators used', accelerators, 'accelerators', 'plan'),
    ],
    leavesOut: 'failures that come together; parts that fail early or late in their life',
    unavailable,
  });
  const checkpoint = checkpointFigures(evaluated, between);
  const { spareWait, recovery } = recoveryFigures(evaluated, between);
  const share = goodput(
    {
      perAcceleratorHour: rate.value,
      recoverySeconds: recovery.value ?? Number.NaN,
      checkpointSeconds: checkpoint.checkpointSeconds.value ?? Number.NaN,
    },
    accelerators,
  );
  const usefulTime = figure({
    key: named('usefulTime'),
    label: 'Time that advances the run',
    value: share,
    unit: 'fraction',
    formula: 'g = (τ / M) / (e^(R / M) · (e^((τ + δ) / M) − 1))',
    inputs: [
      figureInput('τ', checkpoint.checkpointInterval),
      figureInput('M', between),
      figureInput('R', recovery),
      figureInput('δ', checkpoint.checkpointSeconds),
    ],
    leavesOut: 'slow parts that do not fail; planned stops; evaluation',
    unavailable,
  });
  return { between, ...checkpoint, spareWait, recovery, usefulTime };
}

/** The same with what it makes of the run's days. */
export function goodputReport(
  evaluated: EvaluatedTraining,
  tokensPerSecond: Figure,
): TrainingGoodput {
  const { workload } = evaluated;
  const named = (name: string): string => figureKey(evaluated, `goodput.${name}`);
  const useful = usefulTimeFigures(evaluated);
  const { between, usefulTime } = useful;
  const share = usefulTime.value ?? Number.NaN;
  const unavailable = whyNoTime(evaluated);
  const days = figure({
    key: named('days'),
    label: 'Time to train with these interruptions',
    value:
      workload.tokens.value / ((tokensPerSecond.value ?? Number.NaN) * share * SECONDS_PER_DAY),
    unit: 'days',
    formula: 'D = T / (X · g · 86400)',
    inputs: [
      planInput('T', 'Tokens to train on', workload.tokens, 'tokens'),
      figureInput('X', tokensPerSecond),
      figureInput('g', usefulTime),
    ],
    leavesOut: 'ramp-up of the batch, long-context and annealing phases, evaluation',
    unavailable,
  });
  const interruptions = figure({
    key: named('interruptions'),
    label: 'Interruptions of the run',
    value: ((days.value ?? Number.NaN) * SECONDS_PER_DAY) / (between.value ?? Number.NaN),
    unit: '1',
    formula: 'D · 86400 / M',
    inputs: [figureInput('D', days), figureInput('M', between)],
    unavailable,
  });
  return { interruptions, ...useful, days };
}
