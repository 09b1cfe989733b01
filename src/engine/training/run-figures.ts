import { acceleratorPrice } from '../cost/accelerator-price';
import { derivedInput, figure, figureInput, planInput } from '../explain';
import { auxiliaryShare, carbonTonnes, clusterPowerKw, nodePowerInputs } from '../facility/power';
import type { Figure } from '../report';
import { SECONDS_PER_DAY } from '../units';
import { effectiveTime } from './effective-time';
import { figureKey, type EvaluatedTraining } from './evaluated-training';
import { scaled, stepRange, whyNoTime } from './time-range';

/** How long the whole run takes. */
export function runFigures(evaluated: EvaluatedTraining, tokensPerSecond: Figure) {
  const { workload, accelerators } = evaluated;
  const range = stepRange(evaluated);
  const rate = tokensPerSecond.value;
  const effective = effectiveTime(evaluated);
  const dayCount =
    rate === null ? null : workload.tokens.value / (rate * effective.value * SECONDS_PER_DAY);
  const days = figure({
    key: figureKey(evaluated, 'days'),
    label: 'Time to train',
    value: dayCount,
    unit: 'days',
    low: scaled(dayCount, range.low),
    high: scaled(dayCount, range.high),
    formula: 'D = T / (X · e · 86400)',
    inputs: [
      planInput('T', 'Tokens to train on', workload.tokens, 'tokens'),
      figureInput('X', tokensPerSecond),
      effective.input,
    ],
    leavesOut: 'ramp-up of the batch, long-context and annealing phases, evaluation',
    unavailable: whyNoTime(evaluated),
  });
  const hours = dayCount === null ? null : dayCount * 24 * accelerators;
  return {
    days,
    acceleratorHours: figure({
      key: figureKey(evaluated, 'acceleratorHours'),
      label: 'Accelerator-hours',
      value: hours,
      unit: 'h',
      low: scaled(hours, range.low),
      high: scaled(hours, range.high),
      formula: 'H = D · 24 · G',
      inputs: [
        figureInput('D', days),
        derivedInput('G', 'Accelerators used', accelerators, 'accelerators', 'plan'),
      ],
      unavailable: whyNoTime(evaluated),
    }),
  };
}

/** What the whole run draws, emits and costs. */
export function billFigures(
  evaluated: EvaluatedTraining,
  run: { days: Figure; acceleratorHours: Figure },
) {
  const { context, accelerators } = evaluated;
  const { site, system } = context;
  const { assumptions } = context.catalogue;
  const nodes = accelerators / system.acceleratorsPerNode.value;
  const days = run.days.value;
  const mwh =
    days === null
      ? null
      : (clusterPowerKw(system, nodes, auxiliaryShare(assumptions).value) *
          site.powerUsageEffectiveness.value *
          days *
          24) /
        1e3;
  const unavailable = whyNoTime(evaluated);
  const price = acceleratorPrice(context);
  const energyMwh = figure({
    key: figureKey(evaluated, 'energyMwh'),
    label: 'Electricity of the run',
    value: mwh,
    unit: 'MWh',
    formula: 'E = n · (p + α · r) · PUE · D · 24 / 1000',
    inputs: [
      derivedInput('n', 'Nodes used', nodes, 'nodes', 'plan'),
      ...nodePowerInputs(system, assumptions),
      planInput('PUE', 'Power usage effectiveness', site.powerUsageEffectiveness, '1'),
      figureInput('D', run.days),
    ],
    leavesOut: 'accelerators of the cluster that the run does not use',
    unavailable,
  });
  return {
    energyMwh,
    carbonTonnes: figure({
      key: figureKey(evaluated, 'carbonTonnes'),
      label: 'Emissions of the run',
      value: mwh === null ? null : carbonTonnes(mwh, site.gridGramsCo2PerKwh.value),
      unit: 't CO2e',
      formula: 'E · g / 1000',
      inputs: [
        figureInput('E', energyMwh),
        planInput('g', 'Carbon intensity of the grid', site.gridGramsCo2PerKwh, 'g CO2e/kWh'),
      ],
      leavesOut: 'making of hardware and buildings; contracts for clean electricity',
      unavailable,
    }),
    costUsd: figure({
      key: figureKey(evaluated, 'costUsd'),
      label: 'Cost of the run',
      value:
        run.acceleratorHours.value === null || price.usdPerHour === null
          ? null
          : run.acceleratorHours.value * price.usdPerHour,
      unit: 'USD',
      formula: 'H · p',
      inputs: [figureInput('H', run.acceleratorHours), price.input],
      leavesOut: 'taxes, storage, traffic; experiments before the run',
      unavailable: run.acceleratorHours.value === null ? unavailable : price.unavailable,
    }),
  };
}
