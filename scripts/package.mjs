import './steps/node-version.mjs';
import { readdirSync, rmSync } from 'node:fs';
import { packageDebian } from './steps/debian-package.mjs';
import { StepFailure, runScript } from './steps/failure.mjs';
import { prepare } from './steps/prepare.mjs';
import { inProject, readJson } from './steps/project.mjs';
import { announce, reportStep } from './steps/report.mjs';
import { run } from './steps/run.mjs';

const usage = `Usage: npm run package

Packages the app for this system into dist/, without further downloads: a folder that runs as it is, and on Debian
and Ubuntu a .deb. (electron-builder.yml also describes the installers for Windows and macOS.)`;

await runScript(async () => {
  if (process.argv.length > 2) {
    console.error(usage);
    return 2;
  }
  const makesDebianPackage = process.platform === 'linux';
  const electron = await prepare({ programs: makesDebianPackage ? ['dpkg-deb'] : [] });
  await reportStep(() => packageFolder(electron));
  if (makesDebianPackage)
    await reportStep(() => packageDebian(readJson(inProject('package.json'))));
  if (electron.kind === 'stand-in') {
    console.log(
      `This package holds Electron ${electron.version} instead of ${electron.wantedVersion}: good for trying, not for publishing.`,
    );
  }
  return 0;
});

async function packageFolder(electron) {
  announce('Packaging the app');
  const builder = inProject('node_modules/electron-builder/cli.js');
  const options = [
    ...['--dir', '--publish', 'never'],
    `-c.electronDist=${inProject('node_modules/electron/dist')}`,
    `-c.electronVersion=${electron.version}`,
  ];
  const result = await run(process.execPath, [builder, ...options], {
    cwd: inProject(),
    timeoutMs: 20 * 60_000,
  });
  if (!result.ok) {
    throw new StepFailure(
      'The app could not be packaged; the build in out/ was kept. Correct what is shown above and run the command again.',
      `${result.stdout}\n${result.stderr}`,
    );
  }
  // Left over from development; the fuses forbid loading it, and a package should not hold what it cannot use.
  const folder = readdirSync(inProject('dist')).find((name) => name.endsWith('-unpacked'));
  if (folder) rmSync(inProject('dist', folder, 'resources/default_app.asar'), { force: true });
  return 'Packaged the app into dist/';
}
