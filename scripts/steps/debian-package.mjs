import { chmodSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StepFailure } from './failure.mjs';
import { inProject } from './project.mjs';
import { announce } from './report.mjs';
import { run } from './run.mjs';

const name = 'clusterwright';
const architectures = { x64: 'amd64', arm64: 'arm64' };

/** What Electron links to or loads; Debian 13 and Ubuntu 24.04 renamed some of it when time became 64 bits wide. */
const dependencies = [
  'desktop-file-utils',
  'libasound2 | libasound2t64',
  'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libcups2 | libcups2t64',
  'libdrm2',
  'libgbm1',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnss3',
  'libxkbcommon0',
  'xdg-utils',
];

/** Turns electron-builder's folder into a .deb with dpkg-deb alone. */
export async function packageDebian({ version, description, author, homepage }) {
  announce('Making the Debian package');
  const architecture = architectures[process.arch];
  const target = inProject('dist', `${name}_${version}_${architecture}.deb`);
  const root = inProject('dist/debian-root');
  await rm(root, { recursive: true, force: true });
  await installApp(root);
  installDesktopFiles(root);
  const control = {
    Package: name,
    Version: version,
    Architecture: architecture,
    Maintainer: author,
    'Installed-Size': await sizeInKibibytes(root),
    Depends: dependencies.join(', '),
    Section: 'science',
    Priority: 'optional',
    Homepage: homepage,
    Description: `plans GPU clusters for AI training and inference\n ${description}`,
  };
  const lines = Object.entries(control).map(([field, value]) => `${field}: ${value}\n`);
  write(root, 'DEBIAN/control', lines.join(''));
  write(root, 'DEBIAN/postinst', refreshDatabases, 0o755);
  write(root, 'DEBIAN/postrm', refreshDatabases, 0o755);

  const temporary = `${target}.tmp`;
  await runOrFail('dpkg-deb', ['--root-owner-group', '-Zxz', '-z1', '--build', root, temporary]);
  await rename(temporary, target);
  await rm(root, { recursive: true });
  return `Made dist/${basename(target)}`;
}

async function installApp(root) {
  const unpacked = readdirSync(inProject('dist')).find((entry) => /^linux.*-unpacked$/.test(entry));
  const target = join(root, 'usr/lib', name);
  mkdirSync(dirname(target), { recursive: true });
  await runOrFail('cp', ['-R', inProject('dist', unpacked), target]);
  await runOrFail('chmod', ['-R', 'u=rwX,go=rX', target]);
  // Only used where the system allows ordinary users no namespaces of their own.
  chmodSync(join(target, 'chrome-sandbox'), 0o4755);
  mkdirSync(join(root, 'usr/bin'));
  await symlink(`../lib/${name}/${name}`, join(root, 'usr/bin', name));
}

function installDesktopFiles(root) {
  copy(root, 'clusterwright.desktop', `usr/share/applications/${name}.desktop`);
  copy(root, 'clusterwright-mime.xml', `usr/share/mime/packages/${name}.xml`);
  const icons = 'usr/share/icons/hicolor';
  copy(root, 'clusterwright.svg', `${icons}/scalable/apps/${name}.svg`);
  copy(root, 'clusterplan.svg', `${icons}/scalable/mimetypes/application-x-clusterplan.svg`);
  for (const file of readdirSync(inProject('resources/desktop/icons'))) {
    const size = basename(file, '.png');
    copy(root, `icons/${file}`, `${icons}/${size}/apps/${name}.png`);
    const documentIcon = `${icons}/${size}/mimetypes/application-x-clusterplan.png`;
    copy(root, `document-icons/${file}`, documentIcon);
  }
  const license = readFileSync(inProject('LICENSE'), 'utf8');
  write(
    root,
    `usr/share/doc/${name}/copyright`,
    `${license.trimEnd()}\n\nElectron and Chromium, which the app runs on, come with their own licences in\n/usr/lib/${name}/LICENSE.electron.txt and /usr/lib/${name}/LICENSES.chromium.html.\n`,
  );
}

/** Packages that own these databases refresh them through triggers, but not every system has all of them. */
const refreshDatabases = `#!/bin/sh
set -e
for refresh in \\
  'update-mime-database /usr/share/mime' \\
  'update-desktop-database -q /usr/share/applications' \\
  'gtk-update-icon-cache -q -t -f /usr/share/icons/hicolor'
do
  if command -v "\${refresh%% *}" > /dev/null; then
    $refresh || true
  fi
done
`;

function copy(root, source, target) {
  write(root, target, readFileSync(inProject('resources/desktop', source)));
}

function write(root, path, content, mode = 0o644) {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, content);
  chmodSync(target, mode);
}

async function sizeInKibibytes(folder) {
  const { stdout } = await runOrFail('du', ['-sk', folder]);
  return Number.parseInt(stdout, 10);
}

async function runOrFail(command, args) {
  const result = await run(command, args);
  if (result.ok) return result;
  throw new StepFailure(
    `The Debian package could not be made (${command} failed); the packaged folder in dist/ was kept. Run the command again.`,
    result.stderr,
  );
}
