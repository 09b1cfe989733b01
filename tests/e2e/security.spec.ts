import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contract } from '@shared/ipc/contract';
import { expect, test } from './support/app';
import { ask } from './support/bridge';

/**
 * Electron's security checklist on the running application; the number is that of the point in Electron's tutorial.
 * tests/main/security.test.ts looks at the source. Fuses (19) are tested on the package.
 */
test('1, 18: every page and every part of it comes from the application’s own scheme', async ({
  launchApp,
}) => {
  const { app } = await launchApp();
  await app.evaluate(({ session }) => {
    const requests: string[] = [];
    Object.assign(globalThis, { requests });
    session.defaultSession.webRequest.onCompleted(({ url }) => requests.push(url));
  });
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.reloadIgnoringCache(),
  );
  const requested = () =>
    app.evaluate(() => (globalThis as unknown as { requests: string[] }).requests);
  const kinds = async () =>
    (await requested()).map((address) => new URL(address).pathname.split('.').at(-1));
  await expect.poll(kinds).toEqual(expect.arrayContaining(['html', 'js', 'css', 'woff2']));
  const addresses = await requested();
  const foreign = addresses.filter((address) => {
    const { protocol, host } = new URL(address);
    return protocol !== 'data:' && (protocol !== 'app:' || host !== 'clusterwright');
  });
  expect(foreign).toEqual([]);
});

test('1: nothing can be fetched from outside, by page or by main process', async ({
  launchApp,
}) => {
  const { app, window } = await launchApp();
  const outcomes = await window.evaluate(async () => {
    const tries = ['https://example.com/', 'http://127.0.0.1:1/', 'file:///etc/hostname'];
    return Promise.all(
      tries.map((address) => fetch(address).then(String, (error: unknown) => String(error))),
    );
  });
  expect(outcomes).toEqual(Array(3).fill('TypeError: Failed to fetch'));
  const blocked = await app.evaluate(async ({ session }) =>
    session.defaultSession.fetch('https://example.com/').then(
      () => 'fetched',
      (error: unknown) => String(error),
    ),
  );
  expect(blocked).toContain('ERR_BLOCKED_BY_CLIENT');
});

test('2, 3, 20: the page sees no Node, no Electron, only the three functions of the bridge', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  const seen = await window.evaluate(() => {
    const page = globalThis as unknown as Record<string, unknown>;
    return {
      missing: ['require', 'process', 'module', 'global', 'Buffer', 'ipcRenderer', 'electron'].map(
        (name) => typeof page[name],
      ),
      bridge: Object.entries(page['clusterwright'] as object).map(
        ([name, value]) => `${name}: ${typeof value}`,
      ),
    };
  });
  expect(new Set(seen.missing)).toEqual(new Set(['undefined']));
  expect(seen.bridge.toSorted()).toEqual([
    'closeConfirmed: function',
    'invoke: function',
    'on: function',
  ]);
});

test('3: what the page does to its own built-ins does not reach the preload', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  const isSeparate = await window.evaluate(async () => {
    let calls = 0;
    const original = Array.prototype.push;
    Array.prototype.push = function (...items: unknown[]) {
      calls += 1;
      return original.apply(this, items);
    };
    const { clusterwright } = globalThis as unknown as {
      clusterwright: { invoke(c: string, i: null): Promise<unknown> };
    };
    await clusterwright.invoke('settings.get', null);
    Array.prototype.push = original;
    return calls === 0;
  });
  expect(isSeparate).toBe(true);
});

test('2 to 6, 8 to 11: every window runs with the safe preferences', async ({ launchApp }) => {
  const { app } = await launchApp();
  const preferences = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => {
      const all = (
        window.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      ).getLastWebPreferences();
      return Object.fromEntries(
        [
          'sandbox',
          'contextIsolation',
          'nodeIntegration',
          'nodeIntegrationInWorker',
          'nodeIntegrationInSubFrames',
          'webSecurity',
          'allowRunningInsecureContent',
          'experimentalFeatures',
          'webviewTag',
          'enableBlinkFeatures',
        ].map((name) => [name, all[name] ?? false]),
      );
    }),
  );
  expect(preferences).toEqual([
    {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      enableBlinkFeatures: '',
    },
  ]);
});

test('5: every permission is refused', async ({ launchApp }) => {
  const { window } = await launchApp();
  const answers = await window.evaluate(async () => ({
    notification: await Notification.requestPermission(),
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      (error: unknown) => (error as Error).name,
    ),
    location: await new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        (error) => resolve(error.code),
      );
    }),
    clipboard: (await navigator.permissions.query({ name: 'clipboard-read' as PermissionName }))
      .state,
  }));
  expect(answers).toMatchObject({ notification: 'denied', clipboard: 'denied', location: 1 });
  expect(answers.camera).toMatch(/NotAllowedError|NotFoundError/);
});

test('7: scripts that are inline, evaluated or from elsewhere do not run', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  const response = await window.evaluate(async () => {
    const { headers } = await fetch('/index.html');
    return {
      policy: headers.get('content-security-policy'),
      sniffing: headers.get('x-content-type-options'),
    };
  });
  expect(response.policy).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(response.sniffing).toBe('nosniff');
  const ran = await window.evaluate(async () => {
    const page = globalThis as unknown as { ran?: string[] };
    page.ran = [];
    const violations: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(event.effectiveDirective),
    );
    const settled = (element: HTMLElement) =>
      new Promise((resolve) => {
        element.onerror = resolve;
        element.onload = resolve;
      });
    const inline = document.createElement('script');
    inline.textContent = "ran.push('inline')";
    document.head.append(inline);
    const remote = document.createElement('script');
    const remoteSettled = settled(remote);
    remote.src = 'data:text/javascript,ran.push("data")';
    document.head.append(remote);
    await remoteSettled;
    try {
      (0, eval)("ran.push('eval')");
    } catch {
      violations.push('eval threw');
    }
    return { ran: page.ran, violations };
  });
  expect(ran.ran).toEqual([]);
  expect(ran.violations).toEqual(expect.arrayContaining(['script-src-elem', 'eval threw']));
});

test('12: a web view is an unknown element that loads nothing', async ({ launchApp }) => {
  const { app, window } = await launchApp();
  const kind = await window.evaluate(() => {
    const view = document.createElement('webview');
    view.setAttribute('src', 'https://example.com/');
    document.body.append(view);
    return {
      getId: typeof (view as unknown as Record<string, unknown>)['getWebContentsId'],
      name: view.constructor.name,
    };
  });
  expect(kind).toEqual({ getId: 'undefined', name: 'HTMLElement' });
  expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
});

test('13: the window cannot be led away, not even to another page of the application', async ({
  launchApp,
}) => {
  const { app, window } = await launchApp();
  const address = window.url();
  for (const target of [
    'https://example.com/',
    'file:///etc/hostname',
    'app://clusterwright/print.html',
    'data:text/html,x',
  ]) {
    await window.evaluate((to) => {
      location.href = to;
    }, target);
    await window.evaluate((to) => {
      const link = document.createElement('a');
      link.href = to;
      document.body.append(link);
      link.click();
      link.remove();
    }, target);
    // A round trip through the main process: a navigation that was going to happen would have begun.
    await ask(window, 'settings.get', null);
    expect(window.url()).toBe(address);
  }
  const held = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
  );
  expect(held).toBe(address);
});

test('14: no page opens a window', async ({ launchApp }) => {
  const { app, window } = await launchApp();
  const opened = await window.evaluate(() =>
    ['https://example.com/', 'app://clusterwright/index.html', 'about:blank'].map(
      (address) => open(address) === null,
    ),
  );
  expect(opened).toEqual([true, true, true]);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
});

test('15: only addresses of the catalogue’s sources reach the browser', async ({ launchApp }) => {
  const { app, window } = await launchApp();
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    shell.openExternal = (address: string) => {
      opened.push(address);
      return Promise.resolve();
    };
  });
  const sources = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../resources/catalogue/sources.json'), 'utf8'),
  ) as { url: string | null }[];
  const good = sources.map(({ url }) => url).find((url) => url?.startsWith('https:')) ?? '';
  const { host } = new URL(good);
  for (const bad of [
    `http://${host}/`,
    `https://${host}.evil.example/`,
    `https://${host}@evil.example/`,
    'file:///etc/passwd',
    'javascript:alert(1)',
  ]) {
    expect(await ask(window, 'shell.openExternal', { url: bad }), bad).toMatchObject({ ok: false });
  }
  expect(await ask(window, 'shell.openExternal', { url: good })).toEqual({ ok: true, value: null });
  expect(await app.evaluate(() => (globalThis as unknown as { opened: string[] }).opened)).toEqual([
    good,
  ]);
});

test('17: a window that the application did not register is not answered', async ({
  launchApp,
}) => {
  const { app } = await launchApp();
  const answers = await app.evaluate(async ({ BrowserWindow, app: electronApp }) => {
    const preload = `${electronApp.getAppPath()}/out/preload/index.cjs`;
    const results: unknown[] = [];
    for (const address of ['app://clusterwright/index.html', 'data:text/html,<p>foreign</p>']) {
      const rogue = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
      await rogue.loadURL(address);
      results.push(
        await rogue.webContents.executeJavaScript(
          "clusterwright.invoke('library.list', { search: '', includeArchived: true })",
        ),
      );
      rogue.destroy();
    }
    return results;
  });
  expect(answers).toHaveLength(2);
  for (const answer of answers)
    expect(answer).toMatchObject({ ok: false, error: { kind: 'invalid input' } });
});

test('17: the main window may not speak as a print window, nor ask for what does not exist', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  expect(await ask(window, 'print.job', null)).toMatchObject({ ok: false });
  for (const channel of ['__proto__', 'toString', 'shell.exec', '']) {
    const answer = await window.evaluate(
      (name) =>
        (
          globalThis as unknown as {
            clusterwright: { invoke(c: string, i: null): Promise<unknown> };
          }
        ).clusterwright.invoke(name, null),
      channel,
    );
    expect(answer, channel).toMatchObject({ ok: false });
  }
  expect(Object.keys(contract).length).toBeGreaterThan(20);
});

test('18: the application’s scheme serves the build and nothing beside it', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  const statuses = await window.evaluate(async () =>
    Promise.all(
      [
        '/index.html',
        '/..%2f..%2fpackage.json',
        '/..%2fmain%2findex.cjs',
        '/assets',
        '/nothing.js',
      ].map(async (path) => (await fetch(path)).status),
    ),
  );
  expect(statuses).toEqual([200, 404, 404, 404, 404]);
});

test('16: the application ships on a current Electron', () => {
  const manifest = JSON.parse(
    readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
  ) as {
    devDependencies: Record<string, string>;
  };
  expect(Number.parseInt(manifest.devDependencies['electron'] ?? '', 10)).toBeGreaterThanOrEqual(
    45,
  );
});
