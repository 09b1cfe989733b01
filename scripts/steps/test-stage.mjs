import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDisplay } from './display.mjs';
import {
  findOrdinaryUser,
  giveTo,
  stageElectron,
  stageProject,
  writeLauncher,
} from './ordinary-user.mjs';
import { hasDisplay, isRoot, projectFolder } from './project.mjs';
import { sandboxWorks } from './sandbox-probe.mjs';

/**
 * Sets the stage for end-to-end tests: a display, an ordinary user instead of root, and Chromium's sandbox wherever it
 * can be had.
 *
 * @returns {stage, environment, stop}: `stage` says how to start the app: {executable, project, switches, user,
 *   workFolder, excuse}, `excuse` being the sentence why the sandbox is off.
 */
export async function setTestStage(electron) {
  const workFolder = mkdtempSync(join(tmpdir(), 'clusterwright-test-'));
  const user = await findOrdinaryUser();
  giveTo(user, workFolder);
  const display = hasDisplay ? undefined : await startDisplay({ owner: user });
  const environment = display?.environment ?? {};
  const stop = async () => {
    await display?.stop();
    rmSync(workFolder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const launch = user
      ? await stageForUser(electron, user, workFolder)
      : { executable: electron.executable, project: projectFolder };
    const switches = hasDisplay ? [] : ['--disable-gpu'];
    const probeFolder = join(workFolder, 'probe');
    mkdirSync(probeFolder);
    giveTo(user, probeFolder);
    const works =
      (!isRoot || user) &&
      (await sandboxWorks({
        executable: launch.executable,
        switches,
        environment,
        folder: probeFolder,
      }));
    const excuse = works ? undefined : excuseFor(user);
    if (excuse) switches.push('--no-sandbox');
    return { stage: { ...launch, switches, user, workFolder, excuse }, environment, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function stageForUser(electron, user, workFolder) {
  const project = await stageProject(workFolder);
  const executable = await stageElectron(electron.executable, user, workFolder);
  return { project, executable: writeLauncher({ user, executable, staged: project, workFolder }) };
}

function excuseFor(user) {
  if (isRoot && !user) {
    return "Chromium's sandbox is off in this run: root cannot use it and there is no way to become an ordinary user here.";
  }
  return "Chromium's sandbox is off in this run: this system allows neither user namespaces nor a set-uid helper.";
}
