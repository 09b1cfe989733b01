import { derivedInput, figure, figureInput, planInput } from '../explain';
import type { Acquisition, Workload } from '../plan';
import type { Figure, TaskReport, WorkloadCost, WorkloadReport } from '../report';
import { ownPrice, type AcceleratorPrice } from './accelerator-price';
import { HOURS_PER_YEAR } from '../units';
import { acceleratorsOf } from './capital';
import { presentValueOfAll, type CostLine } from './cost-line';
import { missingPrices } from './missing-price';
import { termsOf } from './options';
import { notInTotals } from './owned-figures';
import { ownLines } from './own-lines';
import { annuityYears } from './present-value';
import type { PriceEnd, PricedPlan } from './price-range';
import { rentLines } from './rent-lines';
import { ranged, type CostedPlan, type RangedTotal } from './totals';

type Way = Exclude<Acquisition, 'hybrid'>;

const ways: readonly Way[] = ['rent', 'buy', 'build'];
const wayLabels: Readonly<Record<Way, string>> = {
  rent: 'rented',
  buy: 'bought, colocated',
  build: 'bought, own building',
};

interface CostedWorkload {
  readonly workload: Workload;
  readonly report: WorkloadReport;
}

/** What every workload costs on its own cluster: a training run, a million output tokens, or a month of a service. */
export function unitCosts(cost: CostedPlan, workloads: readonly CostedWorkload[]): WorkloadCost[] {
  return workloads.map(({ workload, report }) => ({
    workloadId: workload.id,
    figures: ways.map((kind) => {
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

/** The price of the accelerators of a kind of workload on a cluster that a plan owns. */
export function ownAcceleratorPrice(
  cost: CostedPlan,
  on: Pick<Workload, 'kind' | 'clusterId'>,
  way: Way,
): AcceleratorPrice {
  const { usd, missing } = hourCost(cost, on, way);
  const hour =
    on.kind === 'training' ? 'An accelerator-hour in use' : 'An accelerator-hour at hand';
  return ownPrice(usd.value, `${hour}, ${wayLabels[way]}`, missing);
}

interface HourCost {
  readonly usd: RangedTotal;
  readonly missing: string | null;
}

/** One accelerator-hour of a workload's cluster: in use for a run that ends, kept at hand for a service that does not. */
function hourCost(
  cost: CostedPlan,
  { kind, clusterId }: Pick<Workload, 'kind' | 'clusterId'>,
  way: Way,
): HourCost {
  const isRun = kind === 'training';
  const at = (end: PriceEnd): number => {
    const plan = cost.priced[end];
    const entry = plan.clusters.find(({ cluster }) => cluster.id === clusterId);
    if (entry === undefined) return Number.NaN;
    const terms = termsOf(plan);
    const use = isRun ? plan.costs.utilisationFraction.value : 1;
    const annuity = annuityYears(terms.horizonYears, terms.discountRatePerYear);
    const usd = presentValueOfAll(linesOf(plan, entry, way, use), terms);
    return usd / (acceleratorsOf(entry) * HOURS_PER_YEAR * use * annuity);
  };
  const clusters = cost.priced.value.clusters.filter(({ cluster }) => cluster.id === clusterId);
  return { usd: ranged(at), missing: missingPrices(clusters)[way] };
}

function linesOf(
  plan: PricedPlan,
  entry: PricedPlan['clusters'][number],
  way: Way,
  rentedUse: number,
): CostLine[] {
  if (way === 'rent') return rentLines(entry, plan.costs, rentedUse);
  return ownLines(entry, plan, way === 'buy' ? 'colocation' : 'own building');
}

function runFigure(
  { id }: Workload,
  acceleratorHours: Figure,
  { usd, missing }: HourCost,
  kind: Way,
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
  kind: Way,
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
  kind: Way,
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
