import { buildApp } from './build.mjs';
import { installDependencies } from './dependencies.mjs';
import { findElectron, prepareElectron } from './electron-binary.mjs';
import { withSetupLock } from './lock.mjs';
import { compilerIsNeeded, prepareSqlite } from './native-sqlite.mjs';
import { reportStep } from './report.mjs';
import { recordRuntime } from './runtime.mjs';
import { prepareSystem } from './system-packages.mjs';

/**
 * Brings this folder to the point where the app runs. Every step looks first, does only what is missing, and leaves
 * either a finished result or none, so it can be interrupted and run again at any time.
 *
 * @param options {build, officialOnly, programs}: build the app too; insist on the official Electron; programs from the
 *   system that the calling script starts.
 * @returns the Electron that runs: {kind, version, wantedVersion, label, executable}.
 */
export function prepare({ build = true, officialOnly = false, programs = [] } = {}) {
  return withSetupLock(async () => {
    await reportStep(installDependencies);
    await reportStep(() => prepareElectron({ officialOnly }));
    const electron = findElectron();
    const compiles = compilerIsNeeded(electron);
    await reportStep(() => prepareSystem({ executable: electron.executable, compiles, programs }));
    await reportStep(() => prepareSqlite(electron));
    await reportStep(() => recordRuntime(electron));
    if (build) await reportStep(buildApp);
    return electron;
  });
}
