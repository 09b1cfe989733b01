import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const projectFolder = resolve(import.meta.dirname, '../..');

export const isRoot = process.getuid?.() === 0;

export const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

export function inProject(...parts) {
  return join(projectFolder, ...parts);
}

/**
 * Where finished downloads and builds are kept between clones. Root's home is closed to everyone else, and the
 * end-to-end tests run as an ordinary user, so root keeps them where all can read.
 */
export function cacheFolder() {
  const base = process.env.XDG_CACHE_HOME || (isRoot ? '/var/cache' : join(homedir(), '.cache'));
  return join(base, 'clusterwright');
}

/** The parsed file, or undefined when it is missing or was cut short. */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Writes beside the target and renames, so a reader sees the old file or the new one and never a half. */
export function writeJson(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(temporary, path);
}
