import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFileDurably } from '../../src/main/storage/durable-file';
import { storageFailure } from '../../src/main/storage/storage-failure';
import { asOrdinaryUser, temporaryFolder } from './support';

const bytes = new TextEncoder().encode('{"ö": "日本"}\n');

async function errorOf(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => null,
    (error: unknown) => error,
  );
}

test('a new file holds the bytes and nothing is left beside it', async () => {
  const folder = temporaryFolder();
  await writeFileDurably(join(folder, 'Plan 日本.clusterplan'), bytes);
  expect(readdirSync(folder)).toEqual(['Plan 日本.clusterplan']);
  expect(readFileSync(join(folder, 'Plan 日本.clusterplan'))).toEqual(Buffer.from(bytes));
});

test('an existing file is replaced and keeps its permissions', async () => {
  const file = join(temporaryFolder(), 'a.clusterplan');
  writeFileSync(file, 'old and much longer than the new content is going to be');
  chmodSync(file, 0o600);
  await writeFileDurably(file, bytes);
  expect(readFileSync(file)).toEqual(Buffer.from(bytes));
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a symbolic link stays a link and its target is replaced', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'elsewhere'));
  const target = join(folder, 'elsewhere', 'real.clusterplan');
  writeFileSync(target, 'old');
  symlinkSync(target, join(folder, 'link.clusterplan'));
  await writeFileDurably(join(folder, 'link.clusterplan'), bytes);
  expect(lstatSync(join(folder, 'link.clusterplan')).isSymbolicLink()).toBe(true);
  expect(readFileSync(target)).toEqual(Buffer.from(bytes));
});

test('a folder that cannot be written keeps the old file and says what to do', async () => {
  const folder = temporaryFolder();
  const file = join(folder, 'a.clusterplan');
  writeFileSync(file, 'old');
  chmodSync(folder, 0o555);
  const error = await asOrdinaryUser(() => errorOf(writeFileDurably(file, bytes)));
  chmodSync(folder, 0o755);
  expect(storageFailure(error, file)).toMatchObject({ kind: 'cannot write' });
  expect(readFileSync(file, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['a.clusterplan']);
});

test('a target that is a folder fails and leaves nothing beside it', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'a.clusterplan'));
  expect(await errorOf(writeFileDurably(join(folder, 'a.clusterplan'), bytes))).toBeInstanceOf(
    Error,
  );
  expect(readdirSync(folder)).toEqual(['a.clusterplan']);
});

test.each([
  ['ENOSPC', 'storage full'],
  ['EDQUOT', 'storage full'],
  ['SQLITE_FULL', 'storage full'],
  ['EROFS', 'cannot write'],
  ['EACCES', 'cannot write'],
  ['SQLITE_READONLY_DBMOVED', 'cannot write'],
  ['SQLITE_CANTOPEN', 'cannot write'],
  ['SQLITE_IOERR_FSYNC', 'cannot write'],
  ['SQLITE_CORRUPT', 'storage damaged'],
])('%s becomes “%s” with a sentence that names the file', (code, kind) => {
  const failure = storageFailure(Object.assign(new Error('x'), { code }), '/plans/a.sqlite');
  expect(failure?.kind).toBe(kind);
  expect(failure?.message).toContain('/plans/a.sqlite');
});

test('a bug is not explained away as a storage problem', () => {
  expect(storageFailure(new TypeError('x is not a function'), '/a')).toBeNull();
});
