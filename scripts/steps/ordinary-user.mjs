import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { inProject, isRoot, projectFolder, readJson } from './project.mjs';
import { run } from './run.mjs';
import { findProgram } from './system-packages.mjs';

/**
 * The ordinary user that root hands Electron to, since Chromium has no sandbox for root: {name, userId, groupId}, or
 * undefined when this process is an ordinary user's already or there is no way to become one.
 */
export async function findOrdinaryUser() {
  if (!isRoot || process.platform !== 'linux' || !findProgram('setpriv')) return undefined;
  const name = 'nobody';
  const [userId, groupId] = await Promise.all(
    ['-u', '-g'].map(async (option) => Number((await run('id', [option, name])).stdout || NaN)),
  );
  if (!userId || !groupId) return undefined;
  const trial = await run('setpriv', [...becomeUser({ userId, groupId }), 'true']);
  return trial.ok ? { name, userId, groupId } : undefined;
}

export function becomeUser({ userId, groupId }) {
  return ['--reuid', String(userId), '--regid', String(groupId), '--clear-groups'];
}

export function giveTo(user, path) {
  if (!user) return;
  chownSync(path, user.userId, user.groupId);
  if (!lstatSync(path).isDirectory()) return;
  for (const name of readdirSync(path)) giveTo(user, join(path, name));
}

/**
 * Copies what the built app needs at run time to a place the user can read: root's clone may lie in a closed folder.
 *
 * @returns the folder to start Electron on.
 */
export async function stageProject(workFolder) {
  const { packages } = readJson(inProject('package-lock.json'));
  const production = Object.keys(packages).filter((path) => path && !packages[path].dev);
  const loader = 'node_modules/playwright-core/lib/server/electron';
  const parts = ['package.json', 'out', 'resources', loader, ...production];
  const staged = join(workFolder, 'project');
  mkdirSync(staged);
  await copyReadable(
    projectFolder,
    parts.filter((path) => existsSync(inProject(path))),
    staged,
  );
  return staged;
}

/** The Electron the user can start: the one in place, or a copy when it lies in a closed folder. */
export async function stageElectron(executable, user, workFolder) {
  const trial = await run('setpriv', [...becomeUser(user), 'test', '-x', executable]);
  if (trial.ok) return executable;
  const staged = join(workFolder, 'electron');
  mkdirSync(staged);
  await copyReadable(dirname(executable), ['.'], staged);
  return join(staged, basename(executable));
}

async function copyReadable(folder, paths, target) {
  const copied = await run('cp', ['-R', '--parents', ...paths, target], { cwd: folder });
  const opened = await run('chmod', ['-R', 'a+rX', target]);
  if (copied.ok && opened.ok) return;
  throw new StepFailure(
    'The app could not be copied for the test user; the project was not touched. Free some disk space (1 GB is enough) and run the command again.',
    copied.stderr + opened.stderr,
  );
}

/**
 * Writes the program that starts Electron as the user, with a home and a temporary folder of its own. Arguments that
 * name files of the project are pointed at the staged copies, Playwright's own loader among them.
 */
export function writeLauncher({ user, executable, staged, workFolder }) {
  const home = join(workFolder, 'home');
  const temporary = join(workFolder, 'tmp');
  for (const folder of [home, temporary]) mkdirSync(folder, { mode: 0o700 });
  for (const folder of [workFolder, home, temporary]) {
    chownSync(folder, user.userId, user.groupId);
  }
  const launcher = join(workFolder, 'electron-as-ordinary-user');
  const script = `#!/bin/sh
project=${quote(projectFolder)}
for argument do
  shift
  case $argument in
    "$project" | "$project"/*) argument=${quote(staged)}\${argument#"$project"} ;;
  esac
  set -- "$@" "$argument"
done
unset XDG_RUNTIME_DIR XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME
export HOME=${quote(home)} TMPDIR=${quote(temporary)} USER=${user.name} LOGNAME=${user.name}
cd /
exec setpriv ${becomeUser(user).join(' ')} ${quote(executable)} "$@"
`;
  writeFileSync(launcher, script);
  chmodSync(launcher, 0o755);
  return launcher;
}

function quote(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
