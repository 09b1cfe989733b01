import { derivedInput, figure, figureInput, planInput } from '../explain';
import type { Acquisition, Workload } from '../plan';
import type { Figure, TaskReport, WorkloadCost, WorkloadReport } from '../report';
import { plannedPrice, type AcceleratorPrice } from './accelerator-price';
import { HOURS_PER_YEAR } from '../units';
import { acceleratorsOf, type CostedCluster } from './capital';
import { presentValueOfAll, type CostLine } from './cost-line';
import { missingPrices } from './missing-price';
import { acquisitions, hybridLines, termsOf } from './options';
import { notInTotals } from './owned-figures';
import { ownLines } from './own-lines';
import { annuityYears } from './present-value';
import type { PriceEnd, PricedPlan } from './price-range';
import { rentLines } from './rent-lines';
import { ranged, type CostedPlan, type RangedTotal } from './totals';

const wayLabels: Readonly<Record<Acquisition, string>> = {
  rent: 'rented',
  buy: 'bought, colocated',
  build: 'bought, own building',
  hybrid: 'owned base, rented peaks',
};

interface CostedWorkload {
  readonly workload: Workload;
  readonly report: WorkloadReport;
}

/** What every workload costs on its own cluster: a training run, a million output tokens, or a month of a service. */
export function unitCosts(cost: CostedPlan, workloads: readonly CostedWorkload[]): WorkloadCost[] {
  return workloads.map(({ workload, report }) => ({
    workloadId: workload.id,
    figures: acquisitions.map((kind) => {
      const label = wayLabels[kind];
      const hour = hourCost(cost, workload, kind);
      switch (report.kind) {
        case 'training':
          return runFigure(workload, report.acceleratorHours, hour, kind, label);
        case 'inference':
          return tokenFigure(workload, report, hour, kind, label);
        case 'task':
          return taskFigure(workload, report, hour, kind, label);
      }
    }),
  }));
}

/** What an accelerator-hour costs a kind of workload on a cluster that a plan gets in one way. */
export function acceleratorHourPrice(
  cost: CostedPlan,
  on: Pick<Workload, 'kind' | 'clusterId'>,
  way: Acquisition,
): AcceleratorPrice {
  const { usd, missing } = hourCost(cost, on, way);
  const hour =
    on.kind === 'training' ? 'An accelerator-hour in use' : 'An accelerator-hour at hand';
  return plannedPrice(usd.value, `${hour}, ${wayLabels[way]}`, missing);
}

interface HourCost {
  readonly usd: RangedTotal;
  readonly missing: string | null;
}

/**
 * One accelerator-hour of a workload's cluster: in use for a run that ends, kept at hand for a service that does not.
 *
 *   c = V / (G · 8760 · u · a)
 *
 * V present value of what the cluster costs in that way [USD] · G its accelerators [1] · u share of hours in use, 1 for a service · a present
 * value of one unit per year [years]. A hybrid owns the same share of each cluster of the plan and rents what the plan's load asks for beyond it.
 *
 * Leaves out: links between sites, which no cluster causes alone; for a hybrid, that a service's own mean load differs from the plan's.
 * Source: definition; summed over the clusters, c is the cost per accelerator-hour of the plan's options.
 */
function hourCost(
  cost: CostedPlan,
  { kind, clusterId }: Pick<Workload, 'kind' | 'clusterId'>,
  way: Acquisition,
): HourCost {
  const isRun = kind === 'training';
  const at = (end: PriceEnd): number => {
    const plan = cost.priced[end];
    const entry = plan.clusters.find(({ cluster }) => cluster.id === clusterId);
    if (entry === undefined) return Number.NaN;
    const terms = termsOf(plan);
    const use = isRun ? plan.costs.utilisationFraction.value : 1;
    const annuity = annuityYears(terms.horizonYears, terms.discountRatePerYear);
    const usd = presentValueOfAll(linesOf(entry, plan, cost, way, use), terms);
    return usd / (acceleratorsOf(entry) * HOURS_PER_YEAR * use * annuity);
  };
  const clusters = cost.priced.value.clusters.filter(({ cluster }) => cluster.id === clusterId);
  return { usd: ranged(at), missing: missingPrices(clusters)[way] };
}

function linesOf(
  entry: CostedCluster,
  plan: PricedPlan,
  { ownedShare }: CostedPlan,
  way: Acquisition,
  rentedUse: number,
): CostLine[] {
  switch (way) {
    case 'rent':
      return rentLines(entry, plan.costs, rentedUse);
    case 'buy':
      return ownLines(entry, plan, 'colocation');
    case 'build':
      return ownLines(entry, plan, 'own building');
    case 'hybrid':
      return hybridLines(entry, plan, ownedShare);
  }
}

function runFigure(
  { id }: Workload,
  acceleratorHours: Figure,
  { usd, missing }: HourCost,
  kind: Acquisition,
  label: string,
): Figure {
  const hours = missing === null ? acceleratorHours.value : null;
  return figure({
    key: `${id}.runUsd.${kind}`,
    label: `The run, ${label}`,
    value: hours === null ? null : hours * usd.value,
    ...(hours === null ? {} : { low: hours * usd.low, high: hours * usd.high }),
    unit: 'USD',
    formula: 'H · c',
    inputs: [
      figureInput('H', acceleratorHours),
      derivedInput('c', `An accelerator-hour in use, ${label}`, usd.value, 'USD/h', 'cost'),
    ],
    leavesOut: `${notInTotals}; experiments before the run; the range of the run's time`,
    unavailable: missing ?? acceleratorHours.unavailable ?? 'The run has no time.',
  });
}

function tokenFigure(
  workload: Workload,
  report: WorkloadReport,
  { usd, missing }: HourCost,
  kind: Acquisition,
  label: string,
): Figure {
  if (workload.kind !== 'inference' || report.kind !== 'inference') {
    throw new TypeError('A service is expected.');
  }
  const { acceleratorsNeeded, peakRequestsPerSecond } = report;
  const tokensPerHour =
    3600 *
    (peakRequestsPerSecond.value ?? 0) *
    workload.outputTokens.value *
    workload.meanLoadFraction.value;
  const perUsd =
    missing === null && acceleratorsNeeded.value !== null && tokensPerHour > 0
      ? (acceleratorsNeeded.value / tokensPerHour) * 1e6
      : null;
  return figure({
    key: `${workload.id}.usdPerMillionTokens.${kind}`,
    label: `A million output tokens, ${label}`,
    value: perUsd === null ? null : perUsd * usd.value,
    ...(perUsd === null ? {} : { low: perUsd * usd.low, high: perUsd * usd.high }),
    unit: 'USD',
    formula: 'c · G / (3600 · λ · O · u) · 10⁶',
    inputs: [
      derivedInput('c', `An accelerator-hour at hand, ${label}`, usd.value, 'USD/h', 'cost'),
      figureInput('G', acceleratorsNeeded),
      figureInput('λ', peakRequestsPerSecond),
      planInput('O', 'Output tokens', workload.outputTokens, 'tokens'),
      planInput('u', 'Mean load as a share of the peak', workload.meanLoadFraction, 'fraction'),
    ],
    leavesOut: `${notInTotals}; idle accelerators of the cluster beyond G`,
    unavailable: missing ?? 'The service needs no accelerators, or none meet its targets.',
  });
}

/** A month of the accelerators that the peak takes: what is asked for is priced per unit in the service's own figures. */
function taskFigure(
  { id }: Workload,
  { acceleratorsNeeded }: TaskReport,
  { usd, missing }: HourCost,
  kind: Acquisition,
  label: string,
): Figure {
  const hours =
    missing === null && acceleratorsNeeded.value !== null
      ? (acceleratorsNeeded.value * HOURS_PER_YEAR) / 12
      : null;
  return figure({
    key: `${id}.usdPerMonth.${kind}`,
    label: `A month of the service, ${label}`,
    value: hours === null ? null : hours * usd.value,
    ...(hours === null ? {} : { low: hours * usd.low, high: hours * usd.high }),
    unit: 'USD',
    formula: 'c · G · 730',
    inputs: [
      derivedInput('c', `An accelerator-hour at hand, ${label}`, usd.value, 'USD/h', 'cost'),
      figureInput('G', acceleratorsNeeded),
    ],
    leavesOut: `${notInTotals}; idle accelerators of the cluster beyond G`,
    unavailable: missing ?? acceleratorsNeeded.unavailable ?? 'The service needs no accelerators.',
  });
}
