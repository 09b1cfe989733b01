import { app, type Session, type WebContents, type WebPreferences } from 'electron';
import { developmentServer, isOwnAddress, preloadPath } from './pages';

/** What every window runs with: sandboxed, isolated, without Node, without remote or web-view content. */
export function safeWebPreferences(): WebPreferences {
  return {
    preload: preloadPath(),
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: !app.isPackaged,
  };
}

/** No permission is ever granted, nothing is fetched from outside, nothing is downloaded. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
  session.on('will-download', (event) => event.preventDefault());
  session.webRequest.onBeforeRequest((request, answer) => {
    answer({ cancel: !mayLoad(request.url) });
  });
}

/** Pages stay where they are: no navigation, no new windows, no web views. */
export function guardContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.on('will-frame-navigate', (event) => {
    if (developmentServer() === null || !isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => event.preventDefault());
}

const localProtocols = new Set(['data:', 'blob:', 'devtools:']);

function mayLoad(address: string): boolean {
  if (isOwnAddress(address)) return true;
  const { protocol, host } = new URL(address);
  if (localProtocols.has(protocol)) return true;
  const server = developmentServer();
  return server !== null && protocol === 'ws:' && host === server.host;
}
