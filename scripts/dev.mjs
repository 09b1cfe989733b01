import './steps/node-version.mjs';
import { runScript } from './steps/failure.mjs';
import { prepare } from './steps/prepare.mjs';
import { inProject, isRoot } from './steps/project.mjs';
import { run } from './steps/run.mjs';

// The app in watch mode: the window follows every change of the sources.
await runScript(async () => {
  await prepare({ build: false });
  const command = inProject('node_modules/electron-vite/bin/electron-vite.js');
  const switches = isRoot && process.platform === 'linux' ? ['--noSandbox'] : [];
  const { code } = await run(process.execPath, [command, 'dev', ...switches], {
    output: 'inherit',
  });
  return code ?? 1;
});
