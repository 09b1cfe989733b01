import './steps/node-version.mjs';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDisplay } from './steps/display.mjs';
import { StepFailure, runScript } from './steps/failure.mjs';
import { becomeUser, findOrdinaryUser, giveTo } from './steps/ordinary-user.mjs';
import { findProcesses } from './steps/processes.mjs';
import { inProject, isRoot } from './steps/project.mjs';
import { run, startProgram } from './steps/run.mjs';
import { waitFor } from './steps/wait-for.mjs';

// Installs the Debian package as an administrator would, uses the app as an ordinary user would, removes it again, and
// checks what a user cares about at each point. Changes the system's packages: meant for a machine of its own.

const executable = '/usr/lib/clusterwright/clusterwright';
const desktopEntry = '/usr/share/applications/clusterwright.desktop';
const example = inProject('resources/templates/llama-3-405b.clusterplan');

await runScript(async () => {
  const user = await findOrdinaryUser();
  if (!isRoot || !user || !existsSync('/etc/debian_version')) {
    throw new StepFailure(
      'This test installs a package, so it runs as root on Debian or Ubuntu only.',
    );
  }
  const home = mkdtempSync(join(tmpdir(), 'clusterwright-home-'));
  const plan = join(home, 'from the file manager.clusterplan');
  copyFileSync(example, plan);
  giveTo(user, home);
  await installPackage();
  await testFuses();
  const display = await startDisplay({ owner: user });
  try {
    const session = { user, home, environment: display.environment };
    await testDesktopEntry(session);
    await testFileAssociation(session, plan);
    await testPurge(home);
  } finally {
    endApp('SIGKILL');
    await display.stop();
    await apt('purge', 'clusterwright');
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
  console.log(
    'The package installs, runs sandboxed, opens plans and leaves data when it is removed.',
  );
  return 0;
});

async function installPackage() {
  const names = existsSync(inProject('dist')) ? readdirSync(inProject('dist')) : [];
  const [name] = names.filter((entry) => entry.endsWith('.deb'));
  if (!name) throw new StepFailure('There is no package in dist/. Run `npm run package` first.');
  await apt('update');
  const result = await apt('install', '--no-install-recommends', inProject('dist', name));
  if (!result.ok) throw new StepFailure(`${name} could not be installed.`, result.stderr);
  console.log(`Installed ${name}`);
}

async function testFuses() {
  const { FuseV1Options, getCurrentFuseWire } = (await import('@electron/fuses')).default;
  const wire = await getCurrentFuseWire(executable);
  const wanted = {
    RunAsNode: '0',
    EnableNodeOptionsEnvironmentVariable: '0',
    EnableNodeCliInspectArguments: '0',
    GrantFileProtocolExtraPrivileges: '0',
    OnlyLoadAppFromAsar: '1',
    EnableEmbeddedAsarIntegrityValidation: '1',
  };
  const wrong = Object.keys(wanted).filter(
    (name) => String.fromCharCode(wire[FuseV1Options[name]]) !== wanted[name],
  );
  if (wrong.length > 0) throw new StepFailure(`These fuses are not set: ${wrong.join(', ')}.`);
  console.log('Its fuses are set');
}

async function testDesktopEntry(session) {
  const [, command] = readFileSync(desktopEntry, 'utf8').match(/^Exec=(.*)$/m);
  startAsUser(session, command.replace(/ %\w/g, '').split(' '));
  await checkSandbox();
  const database = await waitFor('no database in the data folder', () =>
    findDatabase(session.home),
  );
  console.log(
    `Started from its desktop entry, sandboxed; its data is in ${database.slice(session.home.length + 1)}`,
  );
  await quitApp();
}

async function testFileAssociation(session, plan) {
  startAsUser(session, ['gio', 'open', plan]);
  await waitFor('opening a .clusterplan file did not start the app with it', () =>
    findProcesses(executable).some(({ args }) => args.join(' ').includes(plan)),
  );
  await checkSandbox();
  console.log('Opened a .clusterplan file through its file type');
  await quitApp();
}

async function testPurge(home) {
  await apt('purge', 'clusterwright');
  const left = [executable, desktopEntry, '/usr/bin/clusterwright'].filter((path) =>
    existsSync(path),
  );
  if (left.length > 0) throw new StepFailure(`Removing the package left ${left.join(', ')}.`);
  if (!findDatabase(home)) throw new StepFailure("Removing the package removed the user's data.");
  console.log('Removed; the data is still there');
}

async function checkSandbox() {
  const renderers = await waitFor('no window opened', () => {
    const found = findProcesses(executable).filter(({ args }) => args.includes('--type=renderer'));
    return found.length > 0 && found.every(({ seccomp }) => seccomp === 2) && found;
  });
  const unsafe = findProcesses(executable).filter(({ args }) => args.includes('--no-sandbox'));
  if (unsafe.length > 0 || renderers.some(({ args }) => args.includes('--no-sandbox'))) {
    throw new StepFailure('The app runs with --no-sandbox.');
  }
}

function startAsUser({ user, home, environment }, command) {
  startProgram('setpriv', [...becomeUser(user), ...command], {
    cwd: home,
    stdio: 'ignore',
    env: { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', HOME: home, USER: user.name, ...environment },
  });
}

async function quitApp() {
  endApp('SIGTERM');
  await waitFor('the app did not quit', () => findProcesses(executable).length === 0);
}

function endApp(signal) {
  const all = findProcesses(executable);
  const main = all.filter(({ args }) => !args.some((argument) => argument.startsWith('--type=')));
  for (const { pid } of signal === 'SIGKILL' ? all : main) process.kill(pid, signal);
}

function findDatabase(folder) {
  const config = join(folder, '.config');
  if (!existsSync(config)) return undefined;
  return readdirSync(config, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(db|sqlite3?)$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .find((path) => readFileSync(path).subarray(0, 15).toString() === 'SQLite format 3');
}

function apt(command, ...args) {
  return run('apt-get', ['-y', '-q', '-o', 'Acquire::Retries=3', command, ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: 20 * 60_000,
  });
}
