import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isSound } from '../../src/main/storage/database';
import { PlanStore } from '../../src/main/storage/plan-store';
import { openLibrary } from '../../src/main/storage/recover';
import { fixturePlan } from '../fixtures/plan-fixture';
import { temporaryFolder } from './support';

const saver = join(import.meta.dirname, '../fixtures/endless-saver.mjs');

/** Starts the saver, kills it once it has acknowledged `saves` revisions, and returns the last one it acknowledged. */
async function killAfter(saves: number, folder: string): Promise<number> {
  const child = spawn(process.execPath, [saver, folder, JSON.stringify(fixturePlan())]);
  let output = '';
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    if (output.split('\n').length > saves) child.kill('SIGKILL');
  });
  await once(child, 'close');
  expect(child.signalCode, complaint).toBe('SIGKILL');
  return Number(output.trimEnd().split('\n').at(-1));
}

test.each([1, 7, 40])(
  'a process killed after %i saves has lost none that it acknowledged',
  async (saves) => {
    const folder = temporaryFolder();
    const acknowledged = await killAfter(saves, folder);
    expect(acknowledged).toBeGreaterThan(saves);

    const paths = {
      databasePath: join(folder, 'library.sqlite'),
      backupFolder: join(folder, 'backups'),
    };
    const opened = await openLibrary(paths, new Date());
    if (!opened.ok) throw new Error(opened.error.message);
    const { database, notice } = opened.value;
    expect(notice).toBeNull();
    expect(isSound(database)).toBe(true);
    const store = new PlanStore(database, { engineVersion: 'test', now: () => new Date() });
    const [record] = store.list(true);
    if (record === undefined) throw new Error('The plan is gone.');
    expect(record.revision).toBeGreaterThanOrEqual(acknowledged);
    for (let revision = 2; revision <= record.revision; revision += 1) {
      expect(store.plan(record.id, revision)).toMatchObject({
        ok: true,
        value: { notes: `after ${revision - 1}` },
      });
    }
    database.close();
  },
  30_000,
);
