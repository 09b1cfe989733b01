import { app, protocol } from 'electron';
import { engineVersion } from '@engine/evaluate';
import { readLaunchArguments } from './services/launch-arguments';
import { runDesktopApp } from './shell/desktop-app';
import { runExport } from './shell/export-run';
import { guardContents } from './shell/guard';
import { appSchemePrivileges } from './shell/pages';

protocol.registerSchemesAsPrivileged([appSchemePrivileges]);
app.commandLine.appendSwitch('disable-background-networking');
app.on('web-contents-created', (_event, contents) => guardContents(contents));

const launch = readLaunchArguments(process.argv, process.cwd());
if (!launch.ok) {
  process.stderr.write(`${launch.error.message}\n`);
  app.exit(1);
} else if (launch.value.exportOrder !== null) {
  void runExport(launch.value.exportOrder);
} else {
  void runDesktopApp(launch.value.files, engineVersion);
}
