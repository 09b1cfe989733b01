import { assumptionOf } from '../catalogue/assumption';
import type { Catalogue, Fact } from '../catalogue/types';
import type { ResolvedCluster, ResolvedPlan } from '../checks/resolve';
import { derivedInput, factInput, figure, figureInput, planInput } from '../explain';
import type { Acquisition, Plan, Quantity } from '../plan';
import type { Figure, FigureInput, WorkloadReport } from '../report';
import { HOURS_PER_YEAR } from '../units';
import { addMonths } from './calendar';
import { quarters, shortFrom, type QuarterPoint } from './demand';
import { scheduleOf, type Schedule, type Step } from './schedule';

/** When one cluster can be in service and what waiting for it costs. */
export interface ClusterSchedule extends Schedule {
  readonly clusterId: string;
  /** months from the start to the date of service */
  readonly monthsToService: Figure;
  readonly delayUsd: Figure;
}

/** A plan over time: deliveries, and demand beside capacity. */
export interface TimelineReport {
  readonly startOn: string;
  readonly schedules: readonly ClusterSchedule[];
  readonly quarters: readonly QuarterPoint[];
  /** name of the quarter from which demand exceeds capacity; null where it does not */
  readonly shortFrom: string | null;
  readonly delayUsd: Figure;
}

/** Deliveries, demand and capacity of a plan over its horizon. */
export function reportTimeline(
  plan: Plan,
  { clusters, workloads }: ResolvedPlan,
  reports: ReadonlyMap<string, WorkloadReport>,
  catalogue: Catalogue,
): TimelineReport {
  const { timeline, costs } = plan;
  const startOn = timeline?.startOn ?? catalogue.date;
  const schedules = clusters.map((entry) => clusterSchedule(entry, plan, startOn, catalogue));
  const inService = new Map(
    schedules.map(({ clusterId, inServiceOn }) => [clusterId, inServiceOn]),
  );
  const arrivals = clusters.map((entry) => ({
    on: inService.get(entry.cluster.id) ?? startOn,
    accelerators: acceleratorsOf(entry),
  }));
  const jobs = workloads.flatMap(({ workload, on }) => {
    const report = reports.get(workload.id);
    const days = report?.kind === 'training' ? report.days.value : null;
    if (days === null) return [];
    const from = inService.get(on.cluster.id) ?? startOn;
    // Beyond a thousand years no date is computed.
    const to = addMonths(from, Math.min(12_000, days / 30.436875));
    return [{ from, to, accelerators: acceleratorsOf(on) }];
  });
  const services = [...reports.values()].reduce(
    (sum, report) =>
      sum + (report.kind === 'training' ? 0 : (report.acceleratorsNeeded.value ?? 0)),
    0,
  );
  const points = quarters(startOn, costs.horizonYears.value, {
    services,
    growthPerYear: timeline?.demandGrowthPerYear?.value ?? 0,
    jobs,
    arrivals,
  });
  return {
    startOn,
    schedules,
    quarters: points,
    shortFrom: shortFrom(points)?.quarter ?? null,
    delayUsd: totalDelay(schedules),
  };
}

function acceleratorsOf({ cluster, system }: ResolvedCluster): number {
  return cluster.nodes.value * system.acceleratorsPerNode.value;
}

const isOwned: Readonly<Record<Acquisition, boolean>> = {
  rent: false,
  buy: true,
  build: true,
  hybrid: true,
};

interface Wait {
  readonly step: Step;
  readonly input: FigureInput;
}

function waitOf(kind: Step['kind'], label: string, symbol: string, months: Quantity | Fact): Wait {
  const input =
    'origin' in months
      ? planInput(symbol, label, months, 'months')
      : factInput(symbol, label, months);
  return { step: { kind, label, months: months.value }, input };
}

/** What a cluster waits for: the site’s power, and its systems where they are bought. */
function waitsFor({ cluster, site }: ResolvedCluster, plan: Plan, catalogue: Catalogue): Wait[] {
  const owned = isOwned[plan.costs.acquisition];
  const usual = owned ? assumptionOf(catalogue.assumptions, 'timeline.systemsMonths') : null;
  const systems = cluster.leadTimeMonths ?? usual;
  return [
    ...(site.gridLeadTimeMonths
      ? [waitOf('grid', 'Grid connection', 'L1', site.gridLeadTimeMonths)]
      : []),
    ...(site.transformerLeadTimeMonths
      ? [waitOf('transformers', 'Transformers', 'L2', site.transformerLeadTimeMonths)]
      : []),
    ...(systems ? [waitOf('systems', 'Systems', 'L3', systems)] : []),
  ];
}

function clusterSchedule(
  entry: ResolvedCluster,
  plan: Plan,
  startOn: string,
  catalogue: Catalogue,
): ClusterSchedule {
  const { cluster } = entry;
  const waits = waitsFor(entry, plan, catalogue);
  const owned = isOwned[plan.costs.acquisition];
  const install = assumptionOf(catalogue.assumptions, 'timeline.installationMonths');
  const installation: Step = {
    kind: 'installation',
    label: 'Installation and tests',
    months: owned ? install.value : 0,
  };
  const schedule = scheduleOf(
    waits.map(({ step }) => step),
    installation,
    startOn,
    cluster.inServiceOn ?? null,
  );
  const longest = Math.max(0, ...waits.map(({ step }) => step.months));
  const key = (name: string): string => `${cluster.id}.timeline.${name}`;
  const symbols = waits.map(({ input }) => input.symbol);
  const delivery = symbols.length > 1 ? `max(${symbols.join(', ')})` : (symbols[0] ?? '0');
  return {
    clusterId: cluster.id,
    ...schedule,
    monthsToService: figure({
      key: key('monthsToService'),
      label: `From the order of ${cluster.name} to its first day of service`,
      value: longest + installation.months,
      unit: 'months',
      formula: owned ? `${delivery} + I` : delivery,
      inputs: [
        ...waits.map(({ input }) => input),
        ...(owned ? [factInput('I', install.label, install)] : []),
      ],
      leavesOut: 'permits and money; deliveries in parts; delays of the deliveries themselves',
    }),
    delayUsd: delayFigure(entry, plan, schedule.delayMonths),
  };
}

/** What a delay costs: as entered for the plan, else renting the accelerators that are late. */
function delayFigure(entry: ResolvedCluster, plan: Plan, months: number): Figure {
  const { cluster } = entry;
  const perMonth = plan.timeline?.delayUsdPerMonth;
  const rent = cluster.rentUsdPerAcceleratorHour;
  const late = derivedInput('t', 'Delay', months, 'months', 'timeline');
  const shared = {
    key: `${cluster.id}.timeline.delayUsd`,
    label: `Cost of the delay of ${cluster.name}`,
    unit: 'USD',
  };
  if (perMonth) {
    return figure({
      ...shared,
      value: months * perMonth.value,
      formula: 't · d',
      inputs: [late, planInput('d', 'Cost of a month', perMonth, 'USD')],
    });
  }
  const use = plan.costs.utilisationFraction;
  const hours = HOURS_PER_YEAR / 12;
  const isKnown = rent.value > 0 || months === 0;
  return figure({
    ...shared,
    value: isKnown ? months * acceleratorsOf(entry) * rent.value * hours * use.value : null,
    formula: 't · G · p · 8760 / 12 · u',
    inputs: [
      late,
      derivedInput('G', 'Accelerators', acceleratorsOf(entry), 'accelerators', 'plan'),
      planInput('p', 'Rent of an accelerator', rent, 'USD/h'),
      planInput('u', 'Share of hours in use', use, 'fraction'),
    ],
    leavesOut: 'whether as many can be rented for so short a time; contracts with customers',
    unavailable: `${cluster.name} has no rent: enter one, or what a month of delay costs.`,
  });
}

function totalDelay(schedules: readonly ClusterSchedule[]): Figure {
  return figure({
    key: 'plan.delayUsd',
    label: 'Cost of all delays',
    value: schedules.reduce((sum, { delayUsd }) => sum + (delayUsd.value ?? Number.NaN), 0),
    unit: 'USD',
    formula: 'Σ dᵢ',
    inputs: schedules.map(({ delayUsd }, index) => figureInput(`d${index + 1}`, delayUsd)),
    unavailable: 'The cost of one delay is not known.',
  });
}
