import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { appFile, contentSecurityPolicy, isAppAddress } from '../../src/main/services/app-content';

const project = join(import.meta.dirname, '../..');
const build = '/app/out/renderer';

function sources(folder: string): { path: string; text: string }[] {
  return readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

function filesWith(folder: string, pattern: RegExp): string[] {
  return sources(folder)
    .filter(({ text }) => pattern.test(text))
    .map(({ path }) => path.slice(project.length + 1));
}

/** The static half of Electron's security checklist; tests/e2e/security.spec.ts looks at the running application. */
describe('in the source', () => {
  test('only the shell, the composition root and the preload import electron', () => {
    expect(
      filesWith('src', /from 'electron(\/[^']*)?'/).filter(
        (path) => !path.startsWith('src/main/shell/'),
      ),
    ).toEqual(['src/main/index.ts', 'src/preload/index.ts']);
  });

  test('every window is made with the safe preferences and none of them is weakened', () => {
    expect(filesWith('src', /new BrowserWindow\(/)).toEqual(
      filesWith('src', /webPreferences: .*safeWebPreferences\(\)/),
    );
    const weak =
      /(sandbox|contextIsolation|webSecurity): false|(nodeIntegration\w*|allowRunningInsecureContent|experimentalFeatures|webviewTag|enableBlinkFeatures): (true|')/;
    expect(filesWith('src/main', weak)).toEqual([]);
    const guard = readFileSync(join(project, 'src/main/shell/guard.ts'), 'utf8');
    for (const line of [
      'sandbox: true',
      'contextIsolation: true',
      'nodeIntegration: false',
      'webSecurity: true',
      'devTools: !app.isPackaged',
    ]) {
      expect(guard).toContain(line);
    }
  });

  test('nothing is switched off for the whole application', () => {
    expect(
      filesWith(
        'src',
        /no-sandbox|disable-web-security|ignore-certificate-errors|bypassCSP|remote-debugging/,
      ),
    ).toEqual([]);
    expect(
      filesWith('src', /<webview|allowpopups|ipcRenderer\.sendSync|enableRemoteModule/),
    ).toEqual([]);
  });

  test('the preload exposes the bridge and no Electron object, in at most 40 lines', () => {
    const text = readFileSync(join(project, 'src/preload/index.ts'), 'utf8');
    expect(text.split('\n').length).toBeLessThanOrEqual(41);
    expect(text.match(/exposeInMainWorld/g)).toHaveLength(1);
    expect(text).not.toMatch(/exposeInMainWorld\([^)]*ipcRenderer/);
    // Every channel is a literal of the application or starts with one.
    const channels = [...text.matchAll(/ipcRenderer\.\w+\(([^,)]+)/g)].map(([, first]) => first);
    expect(channels).toEqual([
      "'clusterwright:invoke'",
      'channel',
      "'clusterwright:listening'",
      'channel',
      "'clusterwright:close-confirmed'",
    ]);
    expect(text).toContain('const channel = `clusterwright:event:${event}`');
  });

  test('the pages hold no inline script, no inline handler and no address of another host', () => {
    const pages = readdirSync(join(project, 'src/renderer')).filter((name) =>
      name.endsWith('.html'),
    );
    expect(pages.length).toBeGreaterThan(0);
    for (const page of pages) {
      const html = readFileSync(join(project, 'src/renderer', page), 'utf8');
      expect(html.match(/<script(?![^>]*\bsrc=)[^>]*>/g) ?? [], page).toEqual([]);
      expect(html, page).not.toMatch(/\son\w+=|https?:\/\//);
    }
  });

  test('user input never becomes code or markup', () => {
    expect(
      filesWith(
        'src',
        /\beval\(|new Function\(|\.innerHTML\s*=|dangerouslySetInnerHTML|insertAdjacentHTML/,
      ),
    ).toEqual([]);
  });

  test('addresses go to the browser only through the allow-list or as a constant', () => {
    expect(
      filesWith('src', /openExternal\((?!homepage\))/).filter((path) =>
        path.startsWith('src/main'),
      ),
    ).toEqual(['src/main/shell/handlers.ts']);
    const text = readFileSync(join(project, 'src/main/shell/handlers.ts'), 'utf8');
    expect(text.match(/openExternal\(/g)).toHaveLength(1);
    const refusal = text.indexOf('if (!isAllowedLink(url, hostsOf(urls))) {');
    expect(refusal).toBeGreaterThan(0);
    expect(text.indexOf('openExternal(url)')).toBeGreaterThan(
      text.indexOf('return failure(', refusal),
    );
  });

  test('the address of a development server counts in unpackaged runs only', () => {
    expect(filesWith('src', /ELECTRON_RENDERER_URL/)).toEqual(['src/main/shell/pages.ts']);
    expect(readFileSync(join(project, 'src/main/shell/pages.ts'), 'utf8')).toMatch(
      /app\.isPackaged \|\| address === undefined \? null/,
    );
  });
});

describe('the content security policy', () => {
  const rules = new Map(
    contentSecurityPolicy.split('; ').map((rule) => {
      const [name = '', ...values] = rule.split(' ');
      return [name, values];
    }),
  );

  test('starts from nothing', () => {
    expect(rules.get('default-src')).toEqual(["'none'"]);
  });

  test('scripts come from the build only: none inline, none evaluated', () => {
    expect(rules.get('script-src')).toEqual(["'self'"]);
  });

  test('no rule lets anything in from the network', () => {
    for (const [name, values] of rules) {
      for (const value of values) {
        expect(["'self'", "'none'", "'unsafe-inline'", 'data:', 'blob:'], name).toContain(value);
      }
    }
    expect(
      [...rules].filter(([, values]) => values.includes("'unsafe-inline'")).map(([name]) => name),
    ).toEqual(['style-src']);
  });

  test.each(['object-src', 'frame-src', 'base-uri', 'form-action', 'frame-ancestors'])(
    '%s is closed',
    (name) => {
      expect(rules.get(name)).toEqual(["'none'"]);
    },
  );
});

describe('the application’s own addresses', () => {
  test.each([
    ['app://clusterwright/', '/app/out/renderer/index.html'],
    ['app://clusterwright/print.html?x=1#y', '/app/out/renderer/print.html'],
    ['app://clusterwright/assets/a%20b.js', '/app/out/renderer/assets/a b.js'],
    ['app://clusterwright/assets/x/../y.css', '/app/out/renderer/assets/y.css'],
    ['app://clusterwright/%2e%2e/%2e%2e/main/index.js', '/app/out/renderer/main/index.js'],
  ])('%s is served', (address, path) => {
    expect(appFile(build, address)?.path).toBe(path);
  });

  test.each([
    'app://clusterwright/..%2f..%2fpackage.json',
    'app://clusterwright/..%2frenderer-other/a.js',
    'app://clusterwright/..%5c..%5cpackage.json',
    'app://clusterwright/%00.html',
    'app://clusterwright/%zz.html',
    'app://clusterwright/index.cjs',
    'app://clusterwright/assets',
    'app://clusterwright/a.node',
    'app://other/index.html',
    'app://clusterwright.evil/index.html',
    'app://user@clusterwright/index.html',
    'file:///app/out/renderer/index.html',
    'https://clusterwright/index.html',
    'not an address',
  ])('%s is not served', (address) => {
    expect(appFile(build, address)).toBeNull();
  });

  test.each([
    ['app://clusterwright/index.html', true],
    ['app://clusterwright.evil/', false],
    ['apps://clusterwright/', false],
    ['https://example.org/?app://clusterwright/', false],
    ['', false],
  ])('%s is its own: %s', (address, isOwn) => {
    expect(isAppAddress(address)).toBe(isOwn);
  });
});
