import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Results are made in a folder or file of this name and then renamed, so what has the final name is finished. */
export function unfinished(target) {
  return `${target}.${process.pid}.tmp`;
}

/** Removes what interrupted runs left beside `target`; a run that is still going keeps its work. */
export async function removeLeftovers(target) {
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(target)}.`) || !name.endsWith('.tmp')) continue;
    if (isAlive(Number(name.split('.').at(-2)))) continue;
    await rm(join(folder, name), { recursive: true, force: true });
  }
}

export function isAlive(pid) {
  if (!pid || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
