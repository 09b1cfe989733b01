import { extname, isAbsolute, join, relative, sep } from 'node:path';

export const appScheme = 'app';
export const appHost = 'clusterwright';
export const appOrigin = `${appScheme}://${appHost}`;

/**
 * What a page of the application may load: itself and nothing from anywhere else. Scripts never inline.
 * Styles may be inline because the component library writes <style> elements and attributes at run time;
 * with every other source closed, a style has nowhere to send anything.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

export interface AppFile {
  readonly path: string;
  readonly mediaType: string;
}

/** The file of the build that an app:// address names; null for anything outside the build or of another kind. */
export function appFile(buildFolder: string, address: string): AppFile | null {
  if (!isAppAddress(address)) return null;
  let decoded: string;
  try {
    decoded = decodeURIComponent(new URL(address).pathname);
  } catch {
    return null;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return null;
  const path = join(buildFolder, decoded === '/' ? 'index.html' : decoded);
  const inside = relative(buildFolder, path);
  if (inside === '' || isAbsolute(inside) || inside.split(sep)[0] === '..') return null;
  const mediaType = mediaTypes[extname(path)];
  return mediaType === undefined ? null : { path, mediaType };
}

/** Whether an address belongs to the application's own pages, compared part by part. */
export function isAppAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === `${appScheme}:` && host === appHost && username === '' && password === '';
}
