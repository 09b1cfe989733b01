import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { inProject, readJson, writeJson } from './project.mjs';
import { announce } from './report.mjs';
import { run } from './run.mjs';

const stampFile = inProject('out/build-stamp.json');
const outputs = ['main/index.cjs', 'preload/index.cjs', 'renderer/index.html', 'cli/index.js'];

const builds = [
  ['node_modules/electron-vite/bin/electron-vite.js', 'build'],
  ['node_modules/vite/bin/vite.js', 'build', '--config', 'vite.cli.config.ts'],
];

/** Builds the app when its sources changed since the last build that finished. */
export async function buildApp() {
  const sources = fingerprintSources();
  const isBuilt = outputs.every((path) => existsSync(inProject('out', path)));
  if (isBuilt && readJson(stampFile)?.sources === sources) return undefined;
  announce('Building the app');
  rmSync(stampFile, { force: true });
  for (const [script, ...args] of builds) {
    const result = await run(process.execPath, [inProject(script), ...args], {
      cwd: inProject(),
      env: { ...process.env, NODE_ENV: 'production' },
      timeoutMs: 15 * 60_000,
    });
    if (!result.ok) {
      throw new StepFailure(
        'The app could not be built; the sources were not touched. Correct what is shown above and run the command again.',
        `${result.stdout}\n${result.stderr}`,
      );
    }
  }
  writeJson(stampFile, { sources });
  return 'Built the app';
}

function fingerprintSources() {
  const hash = createHash('sha256');
  const rootFiles = readdirSync(inProject()).filter((name) =>
    /^(package(-lock)?\.json|tsconfig.*\.json|.*\.config\.\w+)$/.test(name),
  );
  for (const name of [...rootFiles, 'src', 'resources']) addToHash(hash, name);
  return hash.digest('hex');
}

function addToHash(hash, path) {
  const stats = statSync(inProject(path), { throwIfNoEntry: false });
  if (!stats) return;
  if (stats.isDirectory()) {
    for (const name of readdirSync(inProject(path)).sort()) addToHash(hash, join(path, name));
  } else {
    hash.update(`${path}\0${stats.size}\0${stats.mtimeMs}\n`);
  }
}
