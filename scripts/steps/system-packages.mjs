import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { hasDisplay, isRoot } from './project.mjs';
import { announce } from './report.mjs';
import { run } from './run.mjs';

/** Debian's package for each program the scripts start. */
const packageOfProgram = {
  Xvfb: 'xvfb',
  make: 'make',
  'g++': 'g++',
  python3: 'python3',
  pdftotext: 'poppler-utils',
  pdftoppm: 'poppler-utils',
  fakeroot: 'fakeroot',
  'dpkg-deb': 'dpkg',
};

/** Debian's package for each library Electron needs; the rest of its libraries come along with these. */
const packageOfLibrary = {
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnss3.so': 'libnss3',
  'libnspr4.so': 'libnspr4',
  'libasound.so.2': 'libasound2',
  'libgbm.so.1': 'libgbm1',
  'libdrm.so.2': 'libdrm2',
  'libcups.so.2': 'libcups2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libxkbcommon.so.0': 'libxkbcommon0',
  'libudev.so.1': 'libudev1',
  'libexpat.so.1': 'libexpat1',
};

const compileTools = ['make', 'g++', 'python3'];

/**
 * Installs what Electron and the scripts need from the system, or says how to.
 *
 * @param needs {executable, compiles, programs}: the Electron binary, whether the SQLite binding must be compiled, and
 *   further programs by name.
 */
export async function prepareSystem({ executable, compiles = false, programs = [] }) {
  if (process.platform !== 'linux') return undefined;
  const wantedPrograms = [
    ...(hasDisplay ? [] : ['Xvfb']),
    ...(compiles ? compileTools : []),
    ...programs,
  ];
  const missingPrograms = wantedPrograms.filter((name) => !findProgram(name));
  const missingLibraries = await findMissingLibraries(executable);
  const missing = [...missingPrograms, ...missingLibraries];
  if (missing.length === 0) return undefined;

  if (!findProgram('apt-get')) {
    throw new StepFailure(
      `These are missing: ${missing.join(', ')}. Everything else was kept; install them with this system's package manager and run the command again.`,
    );
  }
  const packages = await choosePackages(missing);
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  if (!isRoot) {
    throw new StepFailure(
      `Some system packages are missing; everything else was kept. Install them with the line below and run the command again.\n\n  sudo apt-get ${install.join(' ')}\n`,
    );
  }
  await installPackages(install, packages);
  const left = [
    ...missingPrograms.filter((name) => !findProgram(name)),
    ...(await findMissingLibraries(executable)),
  ];
  if (left.length > 0) {
    throw new StepFailure(
      `After installing ${packages.join(', ')} these are still missing: ${left.join(', ')}. Install them by hand and run the command again.`,
    );
  }
  return `Installed system packages: ${packages.join(', ')}`;
}

/** The full path of a program, also from the administrator's folders, which an ordinary user's path leaves out. */
export function findProgram(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

async function findMissingLibraries(executable) {
  const [linked, known] = await Promise.all([
    run('ldd', [executable]),
    run(findProgram('ldconfig') ?? 'ldconfig', ['-p']),
  ]);
  const missing = [...linked.stdout.matchAll(/^\s*(\S+) => not found/gm)].map(([, name]) => name);
  // Newer Electron loads GTK only when it starts, so it is not among the linked libraries.
  const gtk = 'libgtk-3.so.0';
  if (known.ok && !known.stdout.includes(gtk) && !missing.includes(gtk)) missing.push(gtk);
  return missing;
}

async function choosePackages(missing) {
  const names = missing.map((name) => packageOfProgram[name] ?? packageOfLibrary[name]);
  const unknown = missing.filter((_, index) => names[index] === undefined);
  // The libraries without a line of their own are dependencies of GTK.
  if (unknown.length > 0) names.push('libgtk-3-0');
  if (isRoot) await run('apt-get', ['update', '-qq', '-o', 'Acquire::Retries=3']);
  const wanted = [...new Set(names.filter(Boolean))];
  return Promise.all(
    wanted.map(async (name) => ((await isInstallable(name)) ? name : withTimeSuffix(name))),
  );
}

/** Debian 13 and Ubuntu 24.04 renamed many libraries when time became 64 bits wide. */
async function withTimeSuffix(name) {
  return (await isInstallable(`${name}t64`)) ? `${name}t64` : name;
}

async function isInstallable(name) {
  const { stdout } = await run('apt-cache', ['policy', name], { env: plainEnvironment() });
  return /Candidate: (?!\(none\))/.test(stdout);
}

async function installPackages(install, packages) {
  announce(`Installing system packages: ${packages.join(', ')}`);
  const options = { env: plainEnvironment(), timeoutMs: 20 * 60_000 };
  const args = ['-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=300', ...install];
  let result = await run('apt-get', args, options);
  if (!result.ok && /dpkg --configure -a/.test(result.stderr)) {
    await run('dpkg', ['--configure', '-a'], options);
    result = await run('apt-get', args, options);
  }
  if (!result.ok) {
    throw new StepFailure(
      `The system packages ${packages.join(', ')} could not be installed; everything else was kept. Check the network connection and the package sources and run the command again.`,
      result.stderr,
    );
  }
}

function plainEnvironment() {
  return { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
}
