import { clipboard, shell } from 'electron';
import type { AppInfo, Handlers } from '@shared/ipc/contract';
import { failure, type Result, success } from '@shared/result';
import { createFileHandlers } from '../services/files';
import { calibrationAddresses } from '@shared/calibration/calibration-sources';
import { hostsOf, isAllowedLink } from '../services/external-links';
import { createPlanHandlers } from '../services/plans';
import type { PrintJobs } from '../services/print-jobs';
import { createReportHandlers, type Printer, WrittenFiles } from '../services/reports';
import type { SettingsService } from '../services/settings';
import { createTableHandlers } from '../services/tables';
import type { PlanStore } from '../storage/plan-store';
import { chooseFileToOpen, chooseFileToSave } from './dialogs';
import type { MainWindow } from './main-window';
import type { MenuState } from './menu';

export interface HandlerParts {
  readonly plans: Result<PlanStore>;
  readonly settings: SettingsService;
  readonly jobs: PrintJobs;
  readonly printer: Printer;
  readonly info: AppInfo;
  readonly window: () => MainWindow;
  readonly onHistory: (history: MenuState['history']) => void;
}

/** Every channel of the contract with what answers it; one that is missing does not compile. */
export function createHandlers(parts: HandlerParts): Handlers {
  const written = new WrittenFiles();
  const dialogs = {
    chooseFileToOpen: () => chooseFileToOpen(parts.window().window),
    chooseFileToSave: (suggestedName: string) =>
      chooseFileToSave(parts.window().window, suggestedName),
  };
  return {
    ...createPlanHandlers(parts.plans, catalogue),
    ...createFileHandlers(parts.plans, dialogs, (path) => written.add(path)),
    ...createReportHandlers(parts.plans, written, {
      printer: parts.printer,
      now: () => new Date(),
      chooseFileToSave: dialogs.chooseFileToSave,
      showInFolder: (path) => shell.showItemInFolder(path),
    }),
    ...createTableHandlers({
      chooseFileToSave: dialogs.chooseFileToSave,
      writeClipboard: (text) => clipboard.writeText(text),
      onWritten: (path) => written.add(path),
    }),
    ...parts.settings.handlers,
    ...parts.jobs.handlers,
    'app.info': () => success(parts.info),
    'shell.openExternal': async ({ url }) => {
      const { sources } = await catalogue();
      const urls = [
        ...[...sources.values()].map((source) => source.url),
        ...calibrationAddresses(),
      ];
      if (!isAllowedLink(url, hostsOf(urls))) {
        return failure(
          'invalid input',
          `“${url}” was not opened: it is not the address of a source in the catalogue.`,
        );
      }
      await shell.openExternal(url);
      return success(null);
    },
    'menu.state': (history) => {
      parts.onHistory(history);
      return success(null);
    },
  };
}

/** Read when first needed, so that it does not delay the window. */
async function catalogue() {
  const { bundledCatalogue } = await import('@shared/catalogue/bundled');
  return bundledCatalogue;
}
