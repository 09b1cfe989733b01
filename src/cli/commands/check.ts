import { evaluate } from '@engine/evaluate';
import type { Finding } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { parseArguments, type Command } from '../command';
import { exitStatus } from '../io';
import { readPlan } from '../read-input';

/** `check PLAN`: what is wrong with a plan, why, and how to mend it. */
export const checkCommand: Command = {
  name: 'check',
  summary: 'what is wrong with a plan, why, and how to mend it',
  help: `Usage: clusterwright check PLAN.clusterplan [--json]

Prints problems, warnings and notes, each with its cause and what to do, and what no check looked at. --json prints
{findings, notChecked}. Ends with status 1 when there is a problem, so that a script can stop there.`,
  async perform(args, io) {
    const { positionals, isSet } = parseArguments(args, 1, { json: { type: 'boolean' } });
    const plan = await readPlan(positionals[0] ?? '', io);
    const { findings, notChecked } = evaluate(plan, bundledCatalogue);
    if (isSet('json')) {
      io.print(JSON.stringify({ findings, notChecked }, null, 2));
    } else {
      const names = new Map(
        [...plan.sites, ...plan.clusters, ...plan.workloads].map(({ id, name }) => [id, name]),
      );
      const found = findings.map((finding) => findingText(finding, names));
      const unchecked = ['Not checked:', ...notChecked.map((sentence) => `  ${sentence}`)];
      const blocks = found.length === 0 ? ['Nothing found.'] : found;
      io.print([plan.name, ...blocks, unchecked.join('\n')].join('\n\n'));
    }
    const hasProblem = findings.some(({ level }) => level === 'problem');
    return hasProblem ? exitStatus.failed : exitStatus.done;
  },
};

function findingText(finding: Finding, names: ReadonlyMap<string, string>): string {
  const level = finding.level.charAt(0).toUpperCase() + finding.level.slice(1);
  const subject = finding.subjectId === null ? null : names.get(finding.subjectId);
  const where = subject === undefined || subject === null ? '' : ` (${subject})`;
  const fix = finding.fix === null ? [] : [`  Fix: ${finding.fix.label}`];
  return [
    `${level}: ${finding.title}${where}`,
    `  ${finding.cause}`,
    `  ${finding.advice}`,
    ...fix,
  ].join('\n');
}
