// The default app of the stand-in Electron: it starts the app folder named on the command line, as the official one
// does. It is packed into resources/default_app.asar by scripts/steps/electron-stand-in.mjs.
const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const { join, resolve } = require('node:path');
const { pathToFileURL } = require('node:url');
const { app, dialog } = require('electron');

const { preloads, folder } = parseArguments(process.argv.slice(1));

if (preloads.length > 0) Module._preloadModules(preloads);
if (folder === undefined) {
  process.stderr.write('Usage: electron [-r MODULE] FOLDER\n');
  app.exit(2);
} else {
  startApp(resolve(folder)).catch((error) => {
    process.stderr.write(`${error.stack}\n`);
    if (app.isReady()) dialog.showErrorBox('The app could not be started', String(error.message));
    app.exit(1);
  });
}

function parseArguments(args) {
  const preloads = [];
  for (let index = 0; index < args.length; index += 1) {
    const argument = args[index];
    if (argument === '-r' || argument === '--require') preloads.push(args[(index += 1)]);
    else if (argument.startsWith('--require=')) preloads.push(argument.slice(10));
    else if (!argument.startsWith('-')) return { preloads, folder: argument };
  }
  return { preloads, folder: undefined };
}

async function startApp(packageFolder) {
  Object.defineProperty(process, 'defaultApp', { enumerable: true, value: true });
  const manifestPath = join(packageFolder, 'package.json');
  if (existsSync(manifestPath)) {
    const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
    if (manifest.version) app.setVersion(manifest.version);
    app.setName(manifest.productName ?? manifest.name ?? app.getName());
    app.setDesktopName?.(manifest.desktopName ?? `${app.getName()}.desktop`);
    app.setAppPath(packageFolder);
  }
  const entry = Module._resolveFilename(packageFolder, null, true);
  // A CommonJS entry must run before `ready`, where schemes are registered: an import would come too late by chance.
  if (entry.endsWith('.cjs')) Module._load(entry, null, true);
  else await import(pathToFileURL(entry).href);
}
