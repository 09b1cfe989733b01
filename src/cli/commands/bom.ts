import { evaluate } from '@engine/evaluate';
import type { FacilityReport } from '@engine/facility/report-facility';
import type { Plan } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { billCells, billColumns, billCsv } from '@shared/format/bill-table';
import { defaultLocale } from '@shared/format/number';
import { formatFigure } from '@shared/format/value';
import { parseArguments, type Command } from '../command';
import { exitStatus } from '../io';
import { readPlan } from '../read-input';
import { textTable } from '../table';

/** `bom PLAN`: what to buy for a plan's clusters. */
export const bomCommand: Command = {
  name: 'bom',
  summary: 'what to buy: nodes, switches, transceivers, cables, racks',
  help: `Usage: clusterwright bom PLAN.clusterplan [--csv | --json]

Prints the bill of materials of every cluster: quantities, spares, unit and total prices with their ranges, and how far
each price can be trusted (confirmed, estimate, unknown). An unknown price stays out of the totals. --csv prints one
row per line with numbers in full, sources and basis; --json prints the whole report of fabric, racks and bill.`,
  async perform(args, io) {
    const { positionals, isSet } = parseArguments(args, 1, {
      csv: { type: 'boolean' },
      json: { type: 'boolean' },
    });
    const plan = await readPlan(positionals[0] ?? '', io);
    const { facilities } = evaluate(plan, bundledCatalogue);
    if (isSet('json')) io.print(JSON.stringify(facilities, null, 2));
    else if (isSet('csv')) {
      io.print(
        billCsv(
          facilities.flatMap(({ bill }) => bill),
          (id) => clusterName(plan, id),
        ),
      );
    } else {
      io.print(
        [plan.name, ...facilities.map((facility) => facilityText(plan, facility))].join('\n\n'),
      );
    }
    return exitStatus.done;
  },
};

function clusterName(plan: Plan, id: string): string {
  return plan.clusters.find((cluster) => cluster.id === id)?.name ?? id;
}

function facilityText(plan: Plan, facility: FacilityReport): string {
  const figures = [
    facility.leaves,
    facility.spines,
    facility.cores,
    facility.bisectionTbps,
    facility.racks,
    facility.rackPowerKw,
    facility.coolingTons,
    facility.billUsd,
  ];
  const rows = figures.map((figure) => {
    const { text, range } = formatFigure(figure);
    return [figure.label, range === null ? text : `${text} (${range})`];
  });
  const bill = [
    billColumns.map(({ title }) => title),
    ...facility.bill.map((line) => billCells(line, defaultLocale)),
  ];
  const reasons = facility.fabric.kind === 'built' ? [] : [facility.fabric.reason];
  return [
    clusterName(plan, facility.clusterId),
    textTable(rows),
    ...reasons,
    textTable(bill),
    `Not in it: ${facility.billUsd.leavesOut}.`,
  ].join('\n\n');
}
