import { evaluate } from '@engine/evaluate';
import type { Plan } from '@engine/plan';
import type { CostReport, Figure, Part } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatFigure, formatValue } from '@shared/format/value';
import { parseArguments, type Command } from '../command';
import { exitStatus } from '../io';
import { readPlan } from '../read-input';
import { textTable } from '../table';
import { printDifference } from './cost-difference';

/** `cost PLAN`: what a plan costs in every way to get its accelerators. */
export const costCommand: Command = {
  name: 'cost',
  summary: 'what a plan costs: rented, bought, built for or mixed',
  help: `Usage: clusterwright cost PLAN.clusterplan [--against OTHER.clusterplan] [--json]

Prints the cost of the plan's clusters over its horizon: rented, bought and colocated, bought with a building, and owned in
part, with ranges, the parts that add up to each total, and why the dearest way costs more than the cheapest; break-even,
net present value, rate of return and payback; the cost of every run and of a million tokens; and what each provider asks.
--against says why this plan costs more or less than the other: the difference is shared out to hardware, sites, the way to get
the hardware and the cost assumptions by their Shapley values, which add up to it.
--json prints every figure with its formula, inputs and sources.`,
  async perform(args, io) {
    const { positionals, isSet, text } = parseArguments(args, 1, {
      json: { type: 'boolean' },
      against: { type: 'string' },
    });
    const plan = await readPlan(positionals[0] ?? '', io);
    const against = text('against');
    if (against !== null) {
      return printDifference(await readPlan(against, io), plan, isSet('json'), io);
    }
    const { cost } = evaluate(plan, bundledCatalogue);
    io.print(
      isSet('json') ? JSON.stringify(cost, null, 2) : `${plan.name}\n\n${costTable(plan, cost)}`,
    );
    return exitStatus.done;
  },
};

function costTable(plan: Plan, cost: CostReport): string {
  const figures = [
    cost.chosenUsdTotal,
    ...cost.inCurrency,
    ...cost.options.map(({ totalUsd }) => totalUsd),
    ...cost.options.map(({ usdPerAcceleratorHour }) => usdPerAcceleratorHour),
    cost.capitalUsd,
    cost.operatingUsdPerYear,
    cost.depreciationUsdPerYear,
    cost.breakEvenUtilisation,
    cost.breakEvenMonth,
    cost.netPresentValueUsd,
    cost.internalRateOfReturn,
    cost.paybackMonth,
    cost.ownedShare,
  ];
  return [
    figureTable(figures),
    siteTable(plan, cost),
    partTable('Capital, from the bill of materials', cost.capitalParts),
    ...cost.options.map(({ label, parts }) => partTable(`${label}, present value`, parts)),
    differenceTable(cost),
    ...cost.workloads.map(
      ({ workloadId, figures: units }) => `${nameOf(plan, workloadId)}\n${figureTable(units)}`,
    ),
    offerTable(plan, cost),
    'US dollars, present values. Not in any total: taxes, duties, financing beyond the discount rate.',
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

function siteTable(plan: Plan, { sites }: CostReport): string {
  if (sites.length < 2) return '';
  const rows = sites.map(({ siteId, totalUsd }) => {
    const { text, range } = formatFigure(totalUsd);
    return [`  ${nameOf(plan, siteId)}`, text, range ?? ''];
  });
  return `The total as planned, by site\n${textTable(rows)}`;
}

function nameOf(plan: Plan, id: string): string {
  return (
    [...plan.sites, ...plan.clusters, ...plan.workloads].find((part) => part.id === id)?.name ?? id
  );
}

function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { text, range } = formatFigure(figure);
    return [figure.label, text, range ?? ''];
  });
  const reasons = figures.flatMap(({ label, unavailable }) =>
    unavailable === undefined ? [] : [`${label}: ${unavailable}`],
  );
  return [textTable(rows), ...reasons].join('\n');
}

function differenceTable({ difference, options }: CostReport): string {
  if (difference === null) return '';
  const label = (kind: string): string =>
    options.find((option) => option.kind === kind)?.label ?? kind;
  const rows = difference.parts.map((part) => [
    `  ${part.label}`,
    formatValue(part.value, part.unit),
    formatValue(part.value / difference.usd, 'fraction'),
  ]);
  const title = `${label(difference.to)} costs ${formatValue(difference.usd, 'USD')} more than: ${label(difference.from)}`;
  return `${title}\n${textTable([...rows, ['  All of it', formatValue(difference.usd, 'USD'), '100 %']])}`;
}

function offerTable(plan: Plan, { offers }: CostReport): string {
  if (offers.length === 0) return '';
  const rows = offers.map((offer) => [
    nameOf(plan, offer.clusterId),
    offer.provider,
    offer.term,
    formatValue(offer.usdPerAcceleratorHour, 'USD/h'),
    formatValue(offer.totalUsd, 'USD'),
    offer.isOld ? `${offer.date}, old` : offer.date,
  ]);
  return textTable([['Cluster', 'Provider', 'Term', 'Rent', 'Total', 'Quoted on'], ...rows]);
}

function partTable(title: string, parts: readonly Part[]): string {
  if (parts.length === 0) return '';
  const rows = parts.map((part) => [`  ${part.label}`, formatValue(part.value, part.unit)]);
  return `${title}\n${textTable(rows)}`;
}
