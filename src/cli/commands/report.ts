import { resolve } from 'node:path';
import { evaluate } from '@engine/evaluate';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { parseArguments, type Command } from '../command';
import { headlineTable } from '../headline';
import { exitStatus, UsageError } from '../io';
import { exportPdf, type Paper } from '../pdf/export-pdf';
import { readPlan } from '../read-input';

const papers: readonly Paper[] = ['A4', 'Letter'];

/** `report PLAN --out FILE.pdf`: the report as a PDF, made by the application without a window. */
export const reportCommand: Command = {
  name: 'report',
  summary: 'write the report of a plan as a PDF',
  help: `Usage: clusterwright report PLAN.clusterplan --out FILE.pdf [--paper A4|Letter] [--headline]

Writes the report that the application shows and prints, with the plan inside, so that the PDF opens in the application
again. Starts the application hidden; on Linux without a display it brings a display of its own.
--headline also prints the headline figures.`,
  async perform(args, io) {
    const { positionals, text, isSet } = parseArguments(args, 1, {
      out: { type: 'string' },
      paper: { type: 'string' },
      headline: { type: 'boolean' },
    });
    const out = text('out');
    if (out === null) throw new UsageError('--out FILE.pdf is missing.');
    const paper = papers.find((known) => known === (text('paper') ?? 'A4'));
    if (paper === undefined) throw new UsageError('--paper is A4 or Letter.');
    const [path = ''] = positionals;
    if (path === '-') throw new UsageError('report needs a plan file, not standard input.');
    const plan = await readPlan(path, io);
    if (isSet('headline')) io.print(headlineTable(plan, evaluate(plan, bundledCatalogue)));
    await exportPdf({ plan: resolve(path), out: resolve(out), paper });
    io.tell(`Report written to ${out}`);
    return exitStatus.done;
  },
};
