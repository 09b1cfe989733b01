import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { success } from '@shared/result';
import { createTableHandlers } from '../../src/main/services/tables';
import { temporaryFolder } from '../storage/support';

const sender = { windowId: 1 };
const base64 = Buffer.from('Item,Price\r\nLeaf,36000').toString('base64');

function handlers(path: string | null) {
  const ports = {
    chooseFileToSave: vi.fn(() => Promise.resolve(path)),
    writeClipboard: vi.fn(),
    onWritten: vi.fn(),
  };
  return { ports, found: createTableHandlers(ports) };
}

test('a copied table reaches the clipboard as it is', async () => {
  const { ports, found } = handlers(null);
  expect(await found['table.copy']({ text: 'Item\tPrice' }, sender)).toEqual(success(null));
  expect(ports.writeClipboard).toHaveBeenCalledWith('Item\tPrice');
});

test('an exported table is written where the dialog says, under a name made of its title', async () => {
  const path = join(temporaryFolder(), 'bill.csv');
  const { ports, found } = handlers(path);
  const input = { title: 'Bill: $1.2 M / “what?”', format: 'csv', base64 } as const;
  expect(await found['table.export'](input, sender)).toEqual(success({ path }));
  expect(ports.chooseFileToSave).toHaveBeenCalledWith('Bill $1.2 M “what ”.csv');
  expect(readFileSync(path, 'utf8')).toBe('Item,Price\r\nLeaf,36000');
  expect(ports.onWritten).toHaveBeenCalledWith(path);
});

test('a cancelled dialog writes nothing; a folder that is not there is named', async () => {
  const folder = temporaryFolder();
  const cancelled = handlers(null);
  const input = { title: 'Bill', format: 'xlsx', base64 } as const;
  expect(await cancelled.found['table.export'](input, sender)).toEqual(success(null));
  expect(readdirSync(folder)).toEqual([]);
  const missing = handlers(join(folder, 'nowhere', 'bill.xlsx'));
  const answer = await missing.found['table.export'](input, sender);
  expect(answer).toMatchObject({ ok: false });
  expect(missing.ports.onWritten).not.toHaveBeenCalled();
});
