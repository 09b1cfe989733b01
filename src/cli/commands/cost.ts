import { evaluate } from '@engine/evaluate';
import type { CostReport, Part } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatFigure, formatValue } from '@shared/format/value';
import { parseArguments, type Command } from '../command';
import { exitStatus } from '../io';
import { readPlan } from '../read-input';
import { textTable } from '../table';

/** `cost PLAN`: what a plan costs, bought and rented. */
export const costCommand: Command = {
  name: 'cost',
  summary: 'what a plan costs, bought and rented',
  help: `Usage: clusterwright cost PLAN.clusterplan [--json]

Prints the cost of the plan's clusters over its horizon: bought, rented, per accelerator-hour, with the parts that add
up to each total, and when owning catches up. Present values in US dollars, taxes excluded. --json prints every figure
with its formula, inputs and sources.`,
  async perform(args, io) {
    const { positionals, isSet } = parseArguments(args, 1, { json: { type: 'boolean' } });
    const plan = await readPlan(positionals[0] ?? '', io);
    const { cost } = evaluate(plan, bundledCatalogue);
    io.print(isSet('json') ? JSON.stringify(cost, null, 2) : `${plan.name}\n\n${costTable(cost)}`);
    return exitStatus.done;
  },
};

function costTable(cost: CostReport): string {
  const figures = [
    cost.chosenUsdTotal,
    cost.buyUsdTotal,
    cost.rentUsdTotal,
    cost.capitalUsd,
    cost.operatingUsdPerYear,
    cost.usdPerAcceleratorHourBought,
    cost.usdPerAcceleratorHourRented,
    cost.breakEvenUtilisation,
    cost.breakEvenMonth,
  ];
  const rows = figures.map((figure) => [figure.label, formatFigure(figure).text]);
  const reasons = figures
    .filter((figure) => figure.unavailable !== undefined)
    .map((figure) => `${figure.label}: ${figure.unavailable ?? ''}`);
  return [
    textTable(rows),
    partTable('Bought', cost.buyParts),
    partTable('Rented', cost.rentParts),
    reasons.join('\n'),
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

function partTable(title: string, parts: readonly Part[]): string {
  if (parts.length === 0) return '';
  const rows = parts.map((part) => [`  ${part.label}`, formatValue(part.value, part.unit)]);
  return `${title}, present value\n${textTable(rows)}`;
}
