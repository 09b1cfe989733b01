import './steps/node-version.mjs';
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { StepFailure, runScript } from './steps/failure.mjs';
import { prepare } from './steps/prepare.mjs';
import { hasDisplay, inProject, isRoot, projectFolder } from './steps/project.mjs';
import { run } from './steps/run.mjs';
import { electronSwitches } from './steps/runtime.mjs';

const usage = `Usage: npm start -- [FILE.clusterplan]

Opens Clusterwright, with the file when one is given. Where there is no display, prints the plan's headline
figures and writes its report as a PDF into the current folder.`;

const exampleFile = inProject('resources/templates/llama-3-405b.clusterplan');

// npm runs scripts in the project folder; names on the command line are meant from where it was called.
const callerFolder = process.env.npm_lifecycle_event === 'start' && process.env.INIT_CWD;
const currentFolder = callerFolder || process.cwd();

await runScript(async () => {
  const args = process.argv.slice(2);
  if (args.length > 1 || args.some((argument) => !argument.endsWith('.clusterplan'))) {
    console.error(usage);
    return 2;
  }
  const [file] = args.map((argument) => resolve(currentFolder, argument));
  if (file && !existsSync(file)) {
    throw new StepFailure(`${file} was not found; nothing was started. Check the name.`);
  }
  const electron = await prepare();
  return hasDisplay ? openWindow(electron, file) : writeReport(file ?? exampleFile);
});

async function openWindow(electron, file) {
  console.log(`Starting Clusterwright on ${electron.label}`);
  if (isRoot) console.log("Chromium's sandbox is off because root runs it; use an ordinary user.");
  const args = [...electronSwitches(), projectFolder, ...(file ? [file] : [])];
  return exitCodeOf(await run(electron.executable, args, { output: 'inherit' }));
}

async function writeReport(file) {
  const target = resolve(currentFolder, `${basename(file, '.clusterplan')}.pdf`);
  console.log(`No display: writing the report of ${basename(file)} to ${target}`);
  const args = [inProject('out/cli/index.js'), 'report', file, '--out', target, '--headline'];
  return exitCodeOf(await run(process.execPath, args, { output: 'inherit' }));
}

function exitCodeOf({ code, signal }) {
  if (signal) console.error(`Clusterwright was ended by ${signal}.`);
  return code ?? 1;
}
