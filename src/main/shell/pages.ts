import { app, type Session } from 'electron';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  appFile,
  appOrigin,
  appScheme,
  contentSecurityPolicy,
  isAppAddress,
} from '../services/app-content';

/** Electron's privileges for the application's own scheme; to be called before the app is ready. */
export const appSchemePrivileges = {
  scheme: appScheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

export function preloadPath(): string {
  return join(app.getAppPath(), 'out/preload/index.cjs');
}

export function buildFolder(): string {
  return join(app.getAppPath(), 'out/renderer');
}

export function pageAddress(page: 'index' | 'print'): string {
  return `${developmentServer()?.origin ?? appOrigin}/${page}.html`;
}

/** Whether an address is one of the application's own pages. */
export function isOwnAddress(address: string): boolean {
  if (isAppAddress(address)) return true;
  const server = developmentServer();
  return server !== null && URL.canParse(address) && new URL(address).origin === server.origin;
}

/** The watch mode's server; never in a packaged build, whatever its environment says. */
export function developmentServer(): URL | null {
  const address = process.env['ELECTRON_RENDERER_URL'];
  return app.isPackaged || address === undefined ? null : new URL(address);
}

/** Serves the build, and nothing but the build, under app://clusterwright/. */
export function serveBuild(session: Session): void {
  const folder = buildFolder();
  session.protocol.handle(appScheme, async (request) => {
    const file = request.method === 'GET' ? appFile(folder, request.url) : null;
    const bytes = file === null ? null : await readFile(file.path).catch(() => null);
    if (file === null || bytes === null) return new Response('Not found', { status: 404 });
    return new Response(new Uint8Array(bytes), {
      headers: {
        'Content-Type': file.mediaType,
        'Content-Security-Policy': contentSecurityPolicy,
        'X-Content-Type-Options': 'nosniff',
        'Referrer-Policy': 'no-referrer',
      },
    });
  });
}
