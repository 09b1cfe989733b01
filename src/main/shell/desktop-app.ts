import { app, BrowserWindow, Menu, nativeTheme, session } from 'electron';
import { join } from 'node:path';
import type { OpenPlan } from '@shared/ipc/contract';
import { type Result, success } from '@shared/result';
import { createRouter } from '../router';
import { openFile } from '../services/files';
import { readLaunchArguments } from '../services/launch-arguments';
import { Log } from '../services/log';
import { PrintJobs } from '../services/print-jobs';
import { SettingsService, usualPaper, windowStateSchema } from '../services/settings';
import { keepBackups } from '../storage/backup';
import { sqliteVersion } from '../storage/database';
import { PlanStore } from '../storage/plan-store';
import { type OpenedLibrary, openLibrary } from '../storage/recover';
import { SettingStore } from '../storage/setting-store';
import { storageFailure } from '../storage/storage-failure';
import { appInfo } from './app-info';
import { guardSession } from './guard';
import { createHandlers } from './handlers';
import { MainWindow } from './main-window';
import { type MenuState, showMenu } from './menu';
import { type KnownWindows, receiveMessages } from './messages';
import { serveBuild } from './pages';
import { createPrinter } from './printer';

const now = () => new Date();

/** The desktop application: one instance, one window, one library. */
export async function runDesktopApp(
  files: readonly string[],
  engineVersion: string,
): Promise<void> {
  if (!app.requestSingleInstanceLock({ files })) {
    app.quit();
    return;
  }
  const waitingFiles = [...files];
  let openFiles = (paths: readonly string[]) => {
    waitingFiles.push(...paths);
  };
  app.on('second-instance', (_event, argv, workingFolder, data) => {
    openFiles(filesOf(data) ?? filesFrom(argv, workingFolder));
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openFiles([path]);
  });
  // The default menu takes time to build and would flash before the real one.
  Menu.setApplicationMenu(null);

  const folder = app.getPath('userData');
  const log = new Log(join(folder, 'logs', 'clusterwright.log'), now);
  process.on('unhandledRejection', (reason) => {
    log.write('Unhandled rejection', reason);
    process.stderr.write(`Unhandled rejection: ${String(reason)}\n`);
  });
  const paths = {
    databasePath: join(folder, 'library.sqlite'),
    backupFolder: join(folder, 'backups'),
  };
  const [library] = await Promise.all([openLibrary(paths, now()), app.whenReady()]);
  if (!library.ok) log.write(library.error.message);
  const plans = planStore(library, engineVersion);
  const settingStore = library.ok ? new SettingStore(library.value.database) : null;

  const windows: KnownWindows = new Map();
  const jobs = new PrintJobs();
  let main: MainWindow | null = null;
  let isQuitting = false;
  let history: MenuState['history'] = { undo: null, redo: null, hasPlan: false };
  const refreshMenu = () => {
    showMenu({ history, colorScheme: settings.current.colorScheme }, (id) => {
      main?.post('command', { id });
    });
  };
  const settings = new SettingsService(
    settingStore,
    { paper: usualPaper(app.getLocaleCountryCode()) },
    ({ colorScheme }) => {
      nativeTheme.themeSource = systemTheme(colorScheme);
      refreshMenu();
    },
  );
  nativeTheme.themeSource = systemTheme(settings.current.colorScheme);

  const mainWindow = (): MainWindow => {
    if (main !== null) return main;
    const opened = new MainWindow({
      state: settingStore?.get('window', windowStateSchema) ?? null,
      log: log.write,
      onState: (state) => settingStore?.set('window', state),
    });
    main = opened;
    windows.set(opened.id, 'main');
    opened.window.on('closed', () => {
      windows.delete(opened.id);
      main = null;
    });
    return opened;
  };

  serveBuild(session.defaultSession);
  guardSession(session.defaultSession);
  const handlers = createHandlers({
    plans,
    settings,
    jobs,
    printer: createPrinter(jobs, windows),
    info: appInfo({
      ...paths,
      sqlite: library.ok ? sqliteVersion(library.value.database) : '',
      startupNotice: library.ok ? library.value.notice : library.error.message,
    }),
    window: mainWindow,
    onHistory: (newest) => {
      history = newest;
      refreshMenu();
    },
  });
  const route = createRouter(handlers, {
    explain: (error) => storageFailure(error, paths.databasePath),
    log: log.write,
  });
  receiveMessages(route, windows, {
    listening: (_windowId, event) => main?.listening(event),
    closeConfirmed: () => main?.closeConfirmed(),
  });
  openFiles = (paths) => {
    const window = mainWindow();
    window.focus();
    for (const path of paths) {
      void openFile(plans, path).then((result) => announce(window, result));
    }
  };

  app.on('before-quit', () => {
    isQuitting = true;
  });
  app.on('window-all-closed', () => {
    if (isQuitting || process.platform !== 'darwin') app.quit();
  });
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) mainWindow();
  });
  app.on('will-quit', () => {
    if (library.ok) library.value.database.close();
  });

  const window = mainWindow();
  refreshMenu();
  if (waitingFiles.length > 0) openFiles(waitingFiles);
  window.window.once('show', () => {
    if (library.ok && plans.ok) void tidy(library.value, plans.value, paths.backupFolder, log);
  });
}

function planStore(library: Result<OpenedLibrary>, engineVersion: string): Result<PlanStore> {
  return library.ok
    ? success(new PlanStore(library.value.database, { engineVersion, now }))
    : library;
}

/** The day's work once the window is there: remove what was deleted long ago, then back up. */
async function tidy(
  { database }: OpenedLibrary,
  plans: PlanStore,
  backupFolder: string,
  log: Log,
): Promise<void> {
  try {
    plans.purge();
    await keepBackups(database, backupFolder, now());
  } catch (error) {
    if (database.open) log.write('The daily backup was not taken', error);
  }
}

function announce(window: MainWindow, result: Result<OpenPlan>): void {
  if (result.ok) window.post('planOpened', { id: result.value.id });
  else window.post('notice', { level: 'problem', message: result.error.message });
}

function systemTheme(scheme: 'light' | 'dark' | 'auto'): 'light' | 'dark' | 'system' {
  return scheme === 'auto' ? 'system' : scheme;
}

/** Files that the second instance resolved itself; Chromium may reorder its command line. */
function filesOf(data: unknown): string[] | null {
  if (typeof data !== 'object' || data === null || !('files' in data)) return null;
  const { files } = data;
  return Array.isArray(files) && files.every((file) => typeof file === 'string') ? files : null;
}

function filesFrom(argv: readonly string[], workingFolder: string): readonly string[] {
  const read = readLaunchArguments(argv, workingFolder);
  return read.ok ? read.value.files : [];
}
