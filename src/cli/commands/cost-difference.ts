import { planDifference } from '@engine/cost/plan-difference';
import type { Plan } from '@engine/plan';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { formatValue } from '@shared/format/value';
import { CommandFailure, exitStatus, type CommandIo } from '../io';
import { textTable } from '../table';

/** Prints why one plan costs more than another, shared out to what differs between them. */
export function printDifference(from: Plan, to: Plan, isJson: boolean, io: CommandIo): number {
  const found = planDifference(from, to, bundledCatalogue);
  if (found === null) {
    throw new CommandFailure(
      'The total of one of the plans is not known because a price is missing. `clusterwright check` names it.',
    );
  }
  if (isJson) {
    io.print(JSON.stringify(found, null, 2));
    return exitStatus.done;
  }
  const usd = found.toUsd - found.fromUsd;
  const share = (value: number): string => (usd === 0 ? '' : formatValue(value / usd, 'fraction'));
  const rows = found.parts.map(({ label, value }) => [
    `  ${label}`,
    formatValue(value, 'USD'),
    share(value),
  ]);
  io.print(
    [
      `${to.name} costs ${formatValue(Math.abs(usd), 'USD')} ${usd < 0 ? 'less' : 'more'} than ${from.name}`,
      textTable([
        [`  ${from.name}`, formatValue(found.fromUsd, 'USD'), ''],
        ...rows,
        [`  ${to.name}`, formatValue(found.toUsd, 'USD'), share(usd)],
      ]),
      'US dollars, present values of the totals as planned. Shapley values: the mean over every order in which the parts change.',
    ].join('\n\n'),
  );
  return exitStatus.done;
}
