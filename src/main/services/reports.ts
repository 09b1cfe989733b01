import type { Plan } from '@engine/plan';
import type { Handlers, Paper } from '@shared/ipc/contract';
import { failure, type Result, success } from '@shared/result';
import type { PlanStore } from '../storage/plan-store';
import { fileNameFor, writeFileFor } from './plan-files';
import { openNewest } from './plans';
import type { PrintJob } from './print-jobs';

/** Draws a job in a hidden window and prints it to PDF. */
export type Printer = (job: PrintJob) => Promise<Result<Uint8Array>>;

export interface ReportPorts {
  readonly printer: Printer;
  readonly now: () => Date;
  chooseFileToSave(suggestedName: string): Promise<string | null>;
  showInFolder(path: string): void;
}

/** Files written since the start: only these may be shown in the file manager. */
export class WrittenFiles {
  readonly #paths = new Set<string>();

  add(path: string): void {
    this.#paths.add(path);
  }

  has(path: string): boolean {
    return this.#paths.has(path);
  }
}

export function createReportHandlers(
  store: Result<PlanStore>,
  written: WrittenFiles,
  ports: ReportPorts,
): Pick<Handlers, 'report.exportPdf' | 'report.showInFolder'> {
  return {
    'report.exportPdf': async ({ id, paper }) => {
      if (!store.ok) return store;
      const open = openNewest(store.value, id);
      if (!open.ok) return open;
      const { plan } = open.value;
      const path = await ports.chooseFileToSave(fileNameFor(plan.name, 'pdf'));
      if (path === null) return success(null);
      const result = await exportPdf(plan, paper, path, ports);
      if (result.ok) written.add(result.value.path);
      return result;
    },
    'report.showInFolder': ({ path }) => {
      if (!written.has(path)) {
        return failure('not found', `“${path}” was not written by Clusterwright since it started.`);
      }
      ports.showInFolder(path);
      return success(null);
    },
  };
}

/** Prints a plan's report, puts the plan into it and writes the file. */
export async function exportPdf(
  plan: Plan,
  paper: Paper,
  path: string,
  { printer, now }: Pick<ReportPorts, 'printer' | 'now'>,
): Promise<Result<{ path: string }>> {
  const printedAt = now();
  const printed = await printer({ plan, paper, printedAt: printedAt.toISOString() });
  if (!printed.ok) return printed;
  const { embedPlan } = await import('./plan-pdf');
  return writeFileFor(path, await embedPlan(printed.value, plan, printedAt));
}
