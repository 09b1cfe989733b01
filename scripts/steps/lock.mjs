import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { isAlive } from './leftovers.mjs';
import { inProject } from './project.mjs';
import { announce } from './report.mjs';

const lockFile = inProject('.cache/setup.lock');

/** Two setups of one folder would delete each other's files, so the second waits for the first. */
export async function withSetupLock(work) {
  mkdirSync(dirname(lockFile), { recursive: true });
  while (!tryLock()) {
    announce('Waiting for another setup of this folder');
    await wait(200);
  }
  const release = () => rmSync(lockFile, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    release();
    process.removeListener('exit', release);
  }
}

function tryLock() {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (!isAlive(readHolder())) rmSync(lockFile, { force: true });
    return false;
  }
}

function readHolder() {
  try {
    return Number(readFileSync(lockFile, 'utf8'));
  } catch {
    return undefined;
  }
}
