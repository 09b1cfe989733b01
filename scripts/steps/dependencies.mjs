import { existsSync, readFileSync, rmSync } from 'node:fs';
import { StepFailure } from './failure.mjs';
import { runNpm } from './npm.mjs';
import { inProject, readJson, writeJson } from './project.mjs';
import { announce } from './report.mjs';
import { waitFor } from './wait-for.mjs';

const installationFile = inProject('.cache/installation.json');

/** Installs exactly what package-lock.json says, when node_modules holds anything else. */
export async function installDependencies() {
  const interrupted = readJson(installationFile);
  if (!interrupted && areDependenciesComplete()) return undefined;
  await endLeftover(interrupted?.pid);
  announce('Installing packages from package-lock.json');
  // Install scripts stay off: the two that matter (Electron, SQLite) are steps of their own here.
  const result = await runNpm(
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      timeoutMs: 30 * 60_000,
      // npm's own list of what is installed can outlive an interruption that left files empty.
      onStart: (child) => writeJson(installationFile, { pid: child.pid }),
    },
  );
  if (!result.ok || !areDependenciesComplete()) {
    throw new StepFailure(
      'The packages could not be installed; files outside node_modules were not touched. Check the network connection and that package-lock.json belongs to package.json, and run the command again.',
      result.stderr || result.stdout,
    );
  }
  rmSync(installationFile);
  return 'Installed packages from package-lock.json';
}

/** After a kill that could not be forwarded, npm may still be writing. */
async function endLeftover(pid) {
  if (!pid || !isNpm(pid)) return;
  process.kill(-pid, 'SIGKILL');
  await waitFor('npm of an interrupted setup did not end', () => !isNpm(pid));
}

function isNpm(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('npm');
  } catch {
    return false;
  }
}

function areDependenciesComplete() {
  const wanted = readJson(inProject('package-lock.json'));
  // npm writes this list last, so an interrupted installation has none.
  const installed = readJson(inProject('node_modules/.package-lock.json'));
  if (!wanted || !installed) return false;
  const { '': root, ...packages } = wanted.packages;
  const direct = Object.keys({ ...root.dependencies, ...root.devDependencies });
  return (
    Object.entries(packages).every(
      ([path, entry]) => isOptional(entry) || installed.packages[path]?.version === entry.version,
    ) && direct.every((name) => existsSync(inProject('node_modules', name, 'package.json')))
  );
}

function isOptional(entry) {
  return entry.optional || entry.devOptional || entry.peer || entry.link;
}
