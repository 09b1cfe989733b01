import './steps/node-version.mjs';
import { runScript } from './steps/failure.mjs';
import { prepare } from './steps/prepare.mjs';

const usage = `Usage: npm run setup -- [--no-build] [--official-electron]

Installs everything the app needs to run from this folder and builds it. Safe to repeat and to interrupt.

  --no-build            leave the build of the app out
  --official-electron   replace a stand-in Electron with the official one`;

await runScript(async () => {
  const options = new Set(process.argv.slice(2));
  const build = !options.delete('--no-build');
  const officialOnly = options.delete('--official-electron');
  if (options.size > 0) {
    console.error(usage);
    return 2;
  }
  await prepare({ build, officialOnly });
  return 0;
});
