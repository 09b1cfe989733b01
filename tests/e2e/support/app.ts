import { execFileSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  _electron,
  test as base,
  type ElectronApplication,
  type Page,
  type TestInfo,
} from '@playwright/test';

const quitDeadlineMs = 15_000;
const screenDeadlineMs = 30_000;

/** How to start the app; scripts/steps/test-stage.mjs sets it up. */
interface TestStage {
  readonly executable: string;
  readonly project: string;
  readonly switches: readonly string[];
  readonly user?: { readonly userId: number; readonly groupId: number };
  readonly workFolder: string;
  /** Why Chromium's sandbox is off, when it is. */
  readonly excuse?: string;
}

export interface LaunchOptions {
  /** The app's data folder; a fresh one inside `folder` unless given. Pass one again to start a second time on it. */
  readonly userData?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface LaunchedApp {
  readonly app: ElectronApplication;
  readonly window: Page;
  readonly userData: string;
  /** What went to the consoles of the windows at level error, and warnings of the security kind. */
  readonly consoleErrors: readonly string[];
  /** Quits the app and waits until its process has ended; called at the end of the test at the latest. */
  readonly close: () => Promise<void>;
}

interface Fixtures {
  readonly stage: TestStage;
  /** A folder of this test that the app, too, may read and write: put the files there that it opens or saves. */
  readonly folder: string;
  readonly launchApp: (options?: LaunchOptions) => Promise<LaunchedApp>;
}

interface Running extends LaunchedApp {
  /** Failures nobody asserted on: errors of pages, of the main process, or of quitting. */
  readonly failures: string[];
  readonly output: string[];
}

export const test = base.extend<Fixtures>({
  // Playwright reads a fixture's needs from this pattern, also where there are none.
  // eslint-disable-next-line no-empty-pattern
  stage: async ({}, use) => {
    const text = process.env['CLUSTERWRIGHT_TEST_STAGE'];
    if (!text) throw new Error('The stage is not set: run the tests with playwright.config.ts.');
    await use(JSON.parse(text) as TestStage);
  },

  folder: async ({ stage }, use, testInfo) => {
    // An ordinary user whom root has handed Electron to cannot write into the project.
    const parent = stage.user ? join(stage.workFolder, 'tests') : testInfo.outputDir;
    const folder = join(parent, `${testInfo.testId}-${String(testInfo.repeatEachIndex)}`);
    mkdirSync(folder, { recursive: true });
    if (stage.user) giveTo(stage.user, folder);
    await use(folder);
  },

  launchApp: async ({ stage, folder }, use, testInfo) => {
    const running: Running[] = [];
    await use(async (options = {}) => {
      const userData = options.userData ?? join(folder, `user-data-${String(running.length + 1)}`);
      // Whatever the test has put there must belong to the user the app runs as.
      if (stage.user) giveTo(stage.user, folder);
      const launched = await launch(stage, userData, options);
      running.push(launched);
      return launched;
    });
    if (testInfo.status !== testInfo.expectedStatus) await attachScreenshots(running, testInfo);
    for (const launched of running) await launched.close();
    const output = running.flatMap((launched) => launched.output).join('');
    if (output) await testInfo.attach('output of the app', { body: output });
    const failures = running.flatMap((launched) => launched.failures);
    if (failures.length > 0) throw new Error(`The app reported errors:\n${failures.join('\n')}`);
  },
});

export { expect } from '@playwright/test';

async function launch(
  stage: TestStage,
  userData: string,
  options: LaunchOptions,
): Promise<Running> {
  const app = await _electron.launch({
    executablePath: stage.executable,
    // Playwright adds --no-sandbox of its own accord unless told otherwise.
    chromiumSandbox: stage.excuse === undefined,
    args: [
      ...stage.switches,
      `--user-data-dir=${userData}`,
      stage.project,
      ...(options.args ?? []),
    ],
    env: { ...inheritedEnvironment(), ...options.env },
    timeout: 60_000,
  });
  const failures: string[] = [];
  const consoleErrors: string[] = [];
  const output: string[] = [];
  // Once the app has ended, Playwright no longer knows its process.
  const child = app.process();
  const collect = (chunk: Buffer) => {
    const text = chunk.toString();
    output.push(text);
    if (/uncaught ?exception|unhandled ?(promise)? ?rejection/i.test(text)) failures.push(text);
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const watch = (page: Page) => {
    page.on('pageerror', (error) => failures.push(error.stack ?? error.message));
    page.on('crash', () => failures.push(`A window crashed: ${page.url()}`));
    page.on('console', (message) => {
      if (message.type() === 'error') consoleErrors.push(message.text());
    });
  };
  app.windows().forEach(watch);
  app.on('window', watch);
  const close = () => quit(app, child, failures);
  try {
    const window = await app.firstWindow();
    await window.waitForLoadState();
    // Keys pressed before the first screen is there would reach nobody.
    await window.getByRole('main').waitFor({ timeout: screenDeadlineMs });
    return { app, window, userData, consoleErrors, failures, output, close };
  } catch (error) {
    await close();
    throw new Error(`The app opened no window.\n${output.join('')}`, { cause: error });
  }
}

function giveTo(user: NonNullable<TestStage['user']>, folder: string): void {
  execFileSync('chown', ['-R', `${String(user.userId)}:${String(user.groupId)}`, folder]);
}

function inheritedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(ELECTRON_|NODE_OPTIONS|CLUSTERWRIGHT_)/.test(entry[0]),
  );
  return Object.fromEntries(entries);
}

async function quit(
  app: ElectronApplication,
  child: ChildProcess,
  failures: string[],
): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  const deadline = setTimeout(() => {
    failures.push(`The app did not quit within ${String(quitDeadlineMs / 1000)} seconds.`);
    child.kill('SIGKILL');
  }, quitDeadlineMs);
  await app.close().catch(() => undefined);
  if (!hasEnded(child)) await ended;
  clearTimeout(deadline);
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function attachScreenshots(running: readonly Running[], testInfo: TestInfo): Promise<void> {
  for (const page of running.flatMap(({ app }) => app.windows())) {
    const body = await page.screenshot({ timeout: 5_000 }).catch(() => undefined);
    if (body) await testInfo.attach('window', { body, contentType: 'image/png' });
  }
}
