import { existsSync, statSync } from 'node:fs';
import { StepFailure } from './failure.mjs';
import { hasDisplay, inProject, isRoot, readJson, writeJson } from './project.mjs';
import { announce } from './report.mjs';
import { run } from './run.mjs';

const runtimeFile = inProject('node_modules/.cache/clusterwright/runtime.json');
const checkScript = inProject('scripts/steps/sqlite-check.js');
const binding = inProject('node_modules/better-sqlite3/build/Release/better_sqlite3.node');

/**
 * Proves once per combination that this Electron starts and that SQLite loads in both runtimes, and writes down which
 * Electron runs: {executable, version, kind, wantedVersion, label, args, checked}.
 */
export async function recordRuntime(electron) {
  const runtime = { ...electron, args: electronSwitches(), checked: fingerprint(electron) };
  const known = readJson(runtimeFile);
  if (JSON.stringify(known) === JSON.stringify(runtime)) return undefined;
  if (known?.checked === runtime.checked) {
    writeJson(runtimeFile, runtime);
    return undefined;
  }
  announce('Checking Electron and SQLite');
  await check(process.execPath, `Node ${process.versions.node}`);
  await check(electron.executable, electron.label);
  writeJson(runtimeFile, runtime);
  return `Checked ${electron.label} and SQLite`;
}

/** What Electron must be told because of who runs it, and where. */
export function electronSwitches() {
  return [
    // Chromium refuses to run its sandbox for root.
    ...(isRoot && process.platform === 'linux' ? ['--no-sandbox'] : []),
    ...(hasDisplay ? [] : ['--disable-gpu']),
  ];
}

async function check(executable, label) {
  const result = await run(executable, [checkScript], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeoutMs: 60_000,
  });
  if (result.ok && result.stdout.includes('sqlite works')) return;
  throw new StepFailure(
    `SQLite does not load in ${label}; everything was kept. Delete node_modules and run the command again.`,
    result.stderr || `It ended with ${result.signal ?? `exit code ${result.code}`}.`,
  );
}

function fingerprint(electron) {
  return [process.versions.node, ...[electron.executable, binding].map(describeFile)].join(' · ');
}

function describeFile(path) {
  if (!existsSync(path)) return 'none';
  const { size, mtimeMs } = statSync(path);
  return `${size} bytes at ${new Date(mtimeMs).toISOString()}`;
}
