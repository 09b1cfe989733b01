import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { copyFile, cp, mkdir, rename, rm } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { applyPatch } from './apply-patch.mjs';
import { StepFailure } from './failure.mjs';
import { removeLeftovers, unfinished } from './leftovers.mjs';
import { nodeGypScript } from './npm.mjs';
import { cacheFolder, inProject, readJson, writeJson } from './project.mjs';
import { announce } from './report.mjs';
import { run } from './run.mjs';

/** The prebuilt binding keeps references to strings, which Node-API has allowed since version 10. */
const neededNodeApi = 10;
const firstElectronWithIt = 35;

const packageFolder = inProject('node_modules/better-sqlite3');
const builtBinding = join(packageFolder, 'build/Release/better_sqlite3.node');
const stampFile = join(packageFolder, 'build/Release/built-from.json');

export function mustCompileSqlite(electron) {
  return (
    Number(process.versions.napi) < neededNodeApi ||
    Number.parseInt(electron.version, 10) < firstElectronWithIt
  );
}

/** True when a compiler is needed: the binding must be compiled and the cache has none. */
export function compilerIsNeeded(electron) {
  if (!mustCompileSqlite(electron)) return false;
  const { key, path } = cachedBinding();
  return !isInstalled(key) && !existsSync(path);
}

/**
 * Makes better-sqlite3 load in this Node and in this Electron. Older runtimes crash on the prebuilt binding without an
 * error, so for them it is compiled once, for the older Node-API, and one binary then serves both.
 */
export async function prepareSqlite(electron) {
  if (!mustCompileSqlite(electron)) return undefined;
  const { key, path } = cachedBinding();
  if (isInstalled(key)) return undefined;
  const isCompiled = existsSync(path);
  if (!isCompiled) await compile(path);
  await removeLeftovers(builtBinding);
  const temporary = unfinished(builtBinding);
  await copyFile(path, temporary);
  await rename(temporary, builtBinding);
  writeJson(stampFile, { key });
  return `${isCompiled ? 'Installed' : 'Compiled'} the SQLite binding for Node-API 9`;
}

function isInstalled(key) {
  return existsSync(builtBinding) && readJson(stampFile)?.key === key;
}

function cachedBinding() {
  const { version } = readJson(join(packageFolder, 'package.json'));
  const patchPath = inProject(`patches/better-sqlite3-${version}-node-api-9.patch`);
  if (!existsSync(patchPath)) {
    throw new StepFailure(
      `better-sqlite3 ${version} cannot be used with Node ${process.versions.node}: there is no patch for it in patches/. Everything was kept; use Node 22.14 or newer with the official Electron, or write the patch.`,
    );
  }
  const patch = readFileSync(patchPath, 'utf8');
  const hash = createHash('sha256').update(patch).digest('hex').slice(0, 12);
  const key = `better-sqlite3-${version}-${process.platform}-${process.arch}-${hash}`;
  return { key, patch, path: join(cacheFolder(), `${key}.node`) };
}

async function compile(target) {
  announce('Compiling the SQLite binding (a minute or two)');
  await removeLeftovers(target);
  const workFolder = unfinished(target);
  try {
    await mkdir(workFolder);
    for (const part of ['binding.gyp', 'package.json', 'lib', 'deps', 'src']) {
      await cp(join(packageFolder, part), join(workFolder, part), { recursive: true });
    }
    await cp(
      inProject('node_modules/node-addon-api'),
      join(workFolder, 'node_modules/node-addon-api'),
      { recursive: true },
    );
    applyPatch(cachedBinding().patch, workFolder);
    const result = await run(process.execPath, [nodeGypScript(), ...buildArguments()], {
      cwd: workFolder,
      timeoutMs: 20 * 60_000,
      env: {
        ...process.env,
        // The build asks `node` for paths and must get this one.
        PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      },
    });
    const binding = join(workFolder, 'build/Release/better_sqlite3.node');
    if (!result.ok || !existsSync(binding)) {
      throw new StepFailure(
        'The SQLite binding could not be compiled; everything else was kept. Install a C++20 compiler, make and Python 3, and run the command again.',
        `${result.stdout}\n${result.stderr}`,
      );
    }
    await rename(binding, target);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

function buildArguments() {
  const prefix = dirname(dirname(process.execPath));
  const hasHeaders = existsSync(join(prefix, 'include/node/node_api.h'));
  return [
    'rebuild',
    '--release',
    '--force_build=1',
    '--jobs=2',
    '--loglevel=warn',
    ...(hasHeaders ? [`--nodedir=${prefix}`] : []),
  ];
}
