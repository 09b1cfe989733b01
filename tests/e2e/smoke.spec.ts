import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from './support/app';

test('the app starts in a real Electron and shows its window', async ({ launchApp }, testInfo) => {
  const { app, window } = await launchApp();
  await expect(window).toHaveTitle(/Clusterwright/);
  const versions = await app.evaluate(() => process.versions);
  testInfo.annotations.push({
    type: 'runtime',
    description: `Electron ${versions['electron']}, Chromium ${versions['chrome']}`,
  });
  expect(Number.parseInt(versions['electron'], 10)).toBeGreaterThanOrEqual(33);
});

test('windows run inside the operating system sandbox', async ({ launchApp, stage }, testInfo) => {
  const { app } = await launchApp();
  if (stage.excuse) {
    testInfo.annotations.push({ type: 'sandbox', description: stage.excuse });
    return;
  }
  const commandLines = processTree(app.process().pid).map(({ commandLine }) => commandLine);
  expect(commandLines.filter((line) => line.includes('--no-sandbox'))).toEqual([]);
  const renderers = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.webContents.getOSProcessId()),
  );
  expect(renderers.length).toBeGreaterThan(0);
  if (process.platform !== 'linux') return;
  const filtered = processTree(app.process().pid)
    .filter(({ commandLine }) => commandLine.includes('--type=renderer'))
    .map(({ status }) => /^Seccomp:\s+(\d)/m.exec(status)?.[1]);
  expect(filtered.length).toBeGreaterThan(0);
  expect(new Set(filtered)).toEqual(new Set(['2']));
});

interface Process {
  readonly commandLine: string;
  readonly status: string;
}

/** The process and everything it has started, read from /proc (empty where there is none). */
function processTree(root: number | undefined): Process[] {
  if (process.platform !== 'linux' || root === undefined) return [];
  const all = new Map<number, Process & { parent: number }>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const status = readFileSync(`/proc/${name}/status`, 'utf8');
      const commandLine = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const parent = Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
      all.set(Number(name), { parent, commandLine, status });
    } catch {
      // It ended while the list was read.
    }
  }
  const isInTree = (pid: number): boolean =>
    pid === root || (all.has(pid) && isInTree(all.get(pid)?.parent ?? 0));
  return [...all].filter(([pid]) => isInTree(pid)).map(([, found]) => found);
}
