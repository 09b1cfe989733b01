import { factInput, figure, figureInput, derivedInput, planInput } from '../explain';
import { auxiliaryShare, clusterPowerKw, nodePowerInputs } from '../facility/power';
import type { Figure } from '../report';
import { acceleratorPrice } from '../cost/accelerator-price';
import { HOURS_PER_YEAR } from '../units';
import { whyNoBatch, type EvaluatedTask } from './evaluated-task';
import { taskWords } from './task-context';
import { taskFigureKey } from './task-figures';
import { unitsPerRequest } from './task-size';

const leavesOut = 'taxes, storage, traffic, staff; idle accelerators of the cluster beyond G';

/**
 * Cost and energy of an image, a million tokens or an hour of audio, at the real load.
 *
 *   c = p · G / (3600 · λ · u · U)        E = G / g · (p + α · r) · PUE / (3600 · λ · u · U)
 *
 * p price, see acceleratorPrice [USD per accelerator-hour] · G accelerators kept for the peak [1] · λ requests per second at the peak · u mean load over
 * the peak [1] · U units per request [1] · g accelerators per node [1] · p power of a node under load, r its rated power [kW] · α share of switches and
 * storage [1]
 *
 * Source: definition.
 */
export function taskEconomics(
  evaluated: EvaluatedTask,
  capacity: { readonly acceleratorsNeeded: Figure; readonly peakRequestsPerSecond: Figure },
) {
  const { workload, context, sizing, size, peakRequestsPerSecond } = evaluated;
  const { system, site } = context;
  const { unit } = taskWords[workload.task];
  const price = acceleratorPrice(context);
  const usdPerHour = price.usdPerHour;
  const perHour =
    3600 * peakRequestsPerSecond * workload.meanLoadFraction.value * unitsPerRequest(size);
  const { accelerators } = sizing;
  const isUsed = perHour > 0 && accelerators !== null;
  const { assumptions } = context.catalogue;
  const why = (isKnown: boolean): string => {
    if (sizing.batch === null) return whyNoBatch(evaluated);
    return isKnown ? 'No requests are sent, so nothing shares the cost.' : price.unavailable;
  };
  const shared = [
    figureInput('G', capacity.acceleratorsNeeded),
    figureInput('λ', capacity.peakRequestsPerSecond),
    planInput('u', 'Mean load over the peak', workload.meanLoadFraction, 'fraction'),
    derivedInput('U', `Of ${unit}, one request is`, unitsPerRequest(size), '1', 'plan'),
  ];
  const hasPrice = usdPerHour !== null;
  return {
    usdPerUnit: figure({
      key: taskFigureKey(evaluated, 'usdPerUnit'),
      label: `Cost of ${unit}`,
      value: isUsed && hasPrice ? (usdPerHour * accelerators) / perHour : null,
      unit: 'USD',
      formula: 'c = p · G / (3600 · λ · u · U)',
      inputs: [price.input, ...shared],
      leavesOut,
      unavailable: why(hasPrice),
    }),
    usdPerMonth: figure({
      key: taskFigureKey(evaluated, 'usdPerMonth'),
      label: 'Cost of the service per month',
      value:
        accelerators !== null && hasPrice
          ? (usdPerHour * accelerators * HOURS_PER_YEAR) / 12
          : null,
      unit: 'USD/month',
      formula: 'c = p · G · 730',
      inputs: [price.input, ...shared.slice(0, 1)],
      leavesOut,
      unavailable: why(hasPrice),
    }),
    kilowattHoursPerUnit: figure({
      key: taskFigureKey(evaluated, 'kilowattHoursPerUnit'),
      label: `Energy of ${unit}`,
      value: isUsed
        ? (clusterPowerKw(
            system,
            accelerators / system.acceleratorsPerNode.value,
            auxiliaryShare(assumptions).value,
          ) *
            site.powerUsageEffectiveness.value) /
          perHour
        : null,
      unit: 'kWh',
      formula: 'E = G / g · (p + α · r) · PUE / (3600 · λ · u · U)',
      inputs: [
        ...shared,
        factInput('g', 'Accelerators per node', system.acceleratorsPerNode),
        ...nodePowerInputs(system, assumptions),
        planInput('PUE', 'Power usage effectiveness', site.powerUsageEffectiveness, '1'),
      ],
      leavesOut: 'the lower power of idle hours: an upper estimate',
      unavailable: why(true),
    }),
  };
}
