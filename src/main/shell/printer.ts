import { BrowserWindow } from 'electron';
import { success } from '@shared/result';
import { drawsMarginBoxes, footerStyle, footerTemplate } from '../services/print-footer';
import type { PrintJobs } from '../services/print-jobs';
import type { Printer } from '../services/reports';
import { safeWebPreferences } from './guard';
import type { KnownWindows } from './messages';
import { pageAddress } from './pages';

const drawDeadlineMs = 60_000;

/** Prints jobs in hidden windows on the print page, one window per job. */
export function createPrinter(jobs: PrintJobs, windows: KnownWindows): Printer {
  return async (job) => {
    const window = new BrowserWindow({
      show: false,
      width: 1_000,
      height: 1_400,
      webPreferences: { ...safeWebPreferences(), backgroundThrottling: false },
    });
    const contents = window.webContents;
    const { id } = contents;
    windows.set(id, 'print');
    try {
      const drawn = jobs.waitUntilDrawn(id, job, drawDeadlineMs);
      contents.on('render-process-gone', (_event, { reason }) => {
        jobs.fail(id, `the print window stopped working (${reason})`);
      });
      window.loadURL(pageAddress('print')).catch((error: unknown) => {
        jobs.fail(id, `the print page did not load (${String(error)})`);
      });
      const result = await drawn;
      if (!result.ok) return result;
      const { name } = job.plan;
      const isFootInStyle = drawsMarginBoxes(process.versions.chrome);
      if (isFootInStyle) await contents.insertCSS(footerStyle(name));
      const pdf = await contents.printToPDF({
        pageSize: job.paper,
        preferCSSPageSize: true,
        printBackground: true,
        // An outline is made from tags: without them it comes out empty, silently.
        generateTaggedPDF: true,
        generateDocumentOutline: true,
        displayHeaderFooter: !isFootInStyle,
        headerTemplate: '<span></span>',
        footerTemplate: footerTemplate(name),
      });
      return success(new Uint8Array(pdf));
    } finally {
      windows.delete(id);
      window.destroy();
    }
  };
}
