import './app/zod-without-eval';
import { evaluate } from '@engine/evaluate';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { catalogueOf } from './document/catalogue';
import { readMeterSettings } from './document/meter-settings';
import { invoke } from './host/host';
import { loadFonts } from './print/load-fonts';
import { setPage } from './print/page-style';
import { ReportDocument } from './report/document/ReportDocument';
import './theme/fonts/print-fonts.css';
import { ClusterwrightTheme } from './theme/ClusterwrightTheme';

/** Draws the report that the main process asks for. Nothing in it depends on time: widths are fixed, fonts are awaited. */
async function drawReport(): Promise<string | null> {
  const job = await invoke('print.job', null);
  if (!job.ok) return job.error.message;
  const root = document.getElementById('root');
  if (root === null)
    return 'The report could not be drawn: the print page is damaged. Reinstall Clusterwright.';
  const { plan, paper, printedAt } = job.value;
  document.title = plan.name;
  setPage(paper);
  const catalogue = catalogueOf(plan);
  const report = evaluate(plan, bundledCatalogue);
  let drawingError: unknown = null;
  const page = createRoot(root, {
    onUncaughtError: (error) => {
      drawingError = error;
    },
  });
  flushSync(() => {
    page.render(
      <StrictMode>
        <ClusterwrightTheme colorScheme="light">
          <ReportDocument
            plan={plan}
            report={report}
            catalogue={catalogue}
            printedAt={printedAt}
            meter={readMeterSettings()}
          />
        </ClusterwrightTheme>
      </StrictMode>,
    );
  });
  if (drawingError !== null) return problemText(drawingError);
  await loadFonts();
  return null;
}

function problemText(reason: unknown): string {
  const detail = reason instanceof Error ? ` (${reason.message})` : '';
  return `The report could not be drawn${detail}. The plan is unchanged.`;
}

void drawReport()
  .catch(problemText)
  .then((problem) => invoke('print.ready', { problem }));
