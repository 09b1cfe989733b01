import type { Catalogue } from '../catalogue/types';
import { derivedInput, figure, figureInput, planInput } from '../explain';
import type { Plan } from '../plan';
import type { Figure, Report } from '../report';
import { h100Equivalents } from './cross-checks';
import type { MeterFigures } from './meter-figures';
import { systemById } from '../sizing/stand-in-system';

/** What of a plan is set beside the world: its training runs, or a day of its clusters where it trains nothing. */
export type PlanWork = 'training' | 'a day of its clusters';

export interface PlanShare {
  readonly work: PlanWork;
  readonly h100Hours: Figure;
  readonly worldSeconds: Figure;
}

interface Work {
  readonly name: string;
  readonly clusterId: string;
  /** accelerator-hours; null where the plan cannot say */
  readonly hours: number | null;
}

function trainingWork(plan: Plan, report: Report): Work[] {
  return plan.workloads.flatMap((workload) => {
    const found = report.workloads.find(({ workloadId }) => workloadId === workload.id);
    if (workload.kind !== 'training' || found?.kind !== 'training') return [];
    return [
      { name: workload.name, clusterId: workload.clusterId, hours: found.acceleratorHours.value },
    ];
  });
}

function dailyWork(plan: Plan, report: Report): Work[] {
  return plan.clusters.map(({ id, name }) => {
    const count = report.clusters.find(({ clusterId }) => clusterId === id)?.accelerators.value;
    const busy = plan.costs.utilisationFraction.value;
    return { name, clusterId: id, hours: typeof count === 'number' ? count * 24 * busy : null };
  });
}

/**
 * A plan beside the world: how long all AI together takes for the same hours.
 *
 *   s = Σ hᵢ · eᵢ / R
 *
 * hᵢ accelerator-hours of a part of the plan [h] · eᵢ its 8-bit operations over those of an H100 [1] · R hours of the world
 * [H100-equivalent h/s]
 *
 * Leaves out: that a plan's hours may be spread over years in which the world grows. Null where the plan has neither a run
 * nor a cluster.
 */
export function planShare(
  plan: Plan,
  report: Report,
  catalogue: Catalogue,
  world: MeterFigures,
): PlanShare | null {
  const training = trainingWork(plan, report);
  const work = training.length > 0 ? training : dailyWork(plan, report);
  if (work.length === 0) return null;
  const inputs = work.flatMap(({ name, clusterId, hours }, index) => {
    const worth = worthOn(plan, clusterId, catalogue);
    const number = String(index + 1);
    return [
      planInput(`h${number}`, `Accelerator-hours: ${name}`, hours ?? Number.NaN, 'hours'),
      derivedInput(`e${number}`, 'H100-equivalents of one', worth, '1', 'catalogue'),
    ];
  });
  const total = work.reduce(
    (sum, { hours, clusterId }) =>
      sum + (hours ?? Number.NaN) * worthOn(plan, clusterId, catalogue),
    0,
  );
  const unavailable = 'The plan does not say how many accelerator-hours it takes.';
  const h100Hours = figure({
    key: 'world.planHours',
    label: 'Hours of this plan',
    value: total,
    unit: 'H100-equivalent hours',
    formula: 'H = Σ hᵢ · eᵢ',
    inputs,
    leavesOut: 'Work between the runs.',
    unavailable,
  });
  const { hoursPerSecond } = world;
  const seconds = (rate: number | null | undefined) => total / (rate ?? Number.NaN);
  return {
    work: training.length > 0 ? 'training' : 'a day of its clusters',
    h100Hours,
    worldSeconds: figure({
      key: 'world.planSeconds',
      label: 'This plan in time of all AI',
      value: seconds(hoursPerSecond.value),
      low: seconds(hoursPerSecond.high),
      high: seconds(hoursPerSecond.low),
      unit: 's',
      formula: 's = H / R',
      inputs: [figureInput('H', h100Hours), figureInput('R', hoursPerSecond)],
      leavesOut: 'That the plan’s hours may be spread over years in which the world grows.',
      unavailable,
    }),
  };
}

function worthOn(plan: Plan, clusterId: string, catalogue: Catalogue): number {
  const cluster = plan.clusters.find(({ id }) => id === clusterId);
  const system = systemById(catalogue, cluster?.systemId ?? '');
  const accelerator = catalogue.accelerators.get(system?.acceleratorId ?? '');
  return (accelerator && h100Equivalents(accelerator, catalogue)) ?? Number.NaN;
}
