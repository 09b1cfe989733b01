import { app, session } from 'electron';
import { join } from 'node:path';
import { createRouter } from '../router';
import { claimExportFolder } from '../services/export-folder';
import type { ExportOrder } from '../services/launch-arguments';
import { readPlanFile } from '../services/plan-files';
import { PrintJobs } from '../services/print-jobs';
import { exportPdf } from '../services/reports';
import { guardSession } from './guard';
import { type KnownWindows, receiveMessages } from './messages';
import { serveBuild } from './pages';
import { createPrinter } from './printer';

/** Prints one plan file to PDF without a window and without the library, then leaves with 0 or 1. */
export async function runExport(order: ExportOrder): Promise<void> {
  const root = join(app.getPath('userData'), 'export');
  app.setPath('userData', claimExportFolder(root, process.pid));
  // The print window closes before the file is written, which must not end the run.
  app.on('window-all-closed', () => undefined);
  await app.whenReady();
  const problem = await printOrder(order).catch((error: unknown) => String(error));
  if (problem !== null) process.stderr.write(`${problem}\n`);
  app.exit(problem === null ? 0 : 1);
}

async function printOrder(order: ExportOrder): Promise<string | null> {
  const plan = await readPlanFile(order.planPath);
  if (!plan.ok) return plan.error.message;
  serveBuild(session.defaultSession);
  guardSession(session.defaultSession);
  const jobs = new PrintJobs();
  const windows: KnownWindows = new Map();
  const route = createRouter(jobs.handlers, { explain: () => null, log: () => undefined });
  receiveMessages(route, windows, { listening: () => undefined, closeConfirmed: () => undefined });
  const result = await exportPdf(plan.value, order.paper, order.pdfPath, {
    printer: createPrinter(jobs, windows),
    now: () => new Date(),
  });
  return result.ok ? null : result.error.message;
}
