import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { projectFolder } from './project.mjs';
import { run } from './run.mjs';

/** Runs npm through this very Node, whatever `npm` on the path would be. */
export function runNpm(args, options = {}) {
  return run(process.execPath, [npmScript(), ...args], { cwd: projectFolder, ...options });
}

/** node-gyp comes with npm, so compiling needs no download. */
export function nodeGypScript() {
  const script = join(dirname(npmScript()), '../node_modules/node-gyp/bin/node-gyp.js');
  if (existsSync(script)) return script;
  throw new StepFailure(
    'npm came without its node-gyp, which compiles the SQLite binding; nothing was changed. Install npm 10 or newer and run the command again.',
  );
}

function npmScript() {
  const nodeFolder = dirname(process.execPath);
  const candidates = [
    process.env.npm_execpath ?? '',
    join(nodeFolder, '../lib/node_modules/npm/bin/npm-cli.js'),
    join(nodeFolder, 'node_modules/npm/bin/npm-cli.js'),
    ...(process.env.PATH ?? '').split(delimiter).map((folder) => resolveLink(join(folder, 'npm'))),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
  ];
  const found = candidates.find((path) => basename(path) === 'npm-cli.js' && existsSync(path));
  if (found) return found;
  throw new StepFailure(
    'npm was not found; nothing was changed. Install npm (it comes with Node.js) and run the command again.',
  );
}

function resolveLink(path) {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
