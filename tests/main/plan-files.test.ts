import { PDFDocument } from '@cantoo/pdf-lib';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalPlan } from '@shared/plan/canonical';
import { success } from '@shared/result';
import { createFileHandlers, openFile } from '../../src/main/services/files';
import {
  fileNameFor,
  readPlanBytes,
  readPlanFile,
  writeFileFor,
  writePlanFile,
} from '../../src/main/services/plan-files';
import { embedPlan, extractPlanText } from '../../src/main/services/plan-pdf';
import { fixturePlan } from '../fixtures/plan-fixture';
import { temporaryFolder, temporaryStore } from '../storage/support';

const printedAt = new Date('2026-11-23T12:00:00Z');

async function blankPdf(): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  document.addPage();
  return document.save();
}

describe('plan files', () => {
  test('a written plan reads back as the same plan and is canonical', async () => {
    const path = join(temporaryFolder(), 'Plan.clusterplan');
    expect(await writePlanFile(path, fixturePlan())).toEqual(success({ path }));
    expect(readFileSync(path, 'utf8')).toBe(canonicalPlan(fixturePlan()));
    expect(await readPlanFile(path)).toEqual(success(fixturePlan()));
  });

  test('a file that is not there, a folder, and a foreign file each get a sentence', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'notes.txt'), 'hello');
    expect(await readPlanFile(join(folder, 'gone.clusterplan'))).toMatchObject({
      error: { kind: 'not found' },
    });
    expect(await readPlanFile(folder)).toMatchObject({ error: { kind: 'unreadable file' } });
    expect(await readPlanFile(join(folder, 'notes.txt'))).toMatchObject({
      error: { kind: 'not a plan' },
    });
  });

  test('writing into a folder that is not there keeps everything and says so', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'missing', 'a.pdf');
    const result = await writeFileFor(path, new Uint8Array([1]));
    expect(result).toMatchObject({ ok: false, error: { kind: 'cannot write' } });
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['Llama 3 405B', 'Llama 3 405B.clusterplan'],
    ['a/b\\c:d*e?"<>|', 'a b c d e.clusterplan'],
    ['..', 'Plan.clusterplan'],
    ['CON', 'Plan CON.clusterplan'],
    ['试验 🧮', '试验 🧮.clusterplan'],
    ['line\nbreak\u202E', 'line break.clusterplan'],
    ['.hidden', 'hidden.clusterplan'],
  ])('the plan “%s” is saved as “%s”', (name, file) => {
    expect(fileNameFor(name, 'clusterplan')).toBe(file);
  });
});

describe('plans inside a PDF', () => {
  test('what went in comes out, with title, language and author set', async () => {
    const plan = fixturePlan();
    const pdf = await embedPlan(await blankPdf(), plan, printedAt);
    expect(await extractPlanText(pdf, 'a.pdf')).toEqual(success(canonicalPlan(plan)));
    expect(await readPlanBytes(pdf, 'a.pdf')).toEqual(success(plan));
    const document = await PDFDocument.load(pdf, { updateMetadata: false });
    expect(document.getTitle()).toBe(plan.name);
    expect(document.getAuthor()).toBe('Clusterwright');
    expect(document.getCreationDate()).toEqual(printedAt);
    expect(document.getAttachments().map((attachment) => attachment.name)).toEqual([
      fileNameFor(plan.name, 'clusterplan'),
    ]);
  });

  test('a PDF without a plan and a damaged PDF are told apart', async () => {
    expect(await readPlanBytes(await blankPdf(), 'a.pdf')).toMatchObject({
      error: { kind: 'not a plan' },
    });
    const bytes = new TextEncoder().encode('%PDF-1.7 and then nothing');
    expect(await readPlanBytes(bytes, 'a.pdf')).toMatchObject({
      error: { kind: 'unreadable file' },
    });
  });
});

describe('the file handlers', () => {
  const sender = { windowId: 1 };
  const never = () => Promise.resolve(null);

  test('a cancelled dialog is no error', async () => {
    const { store } = temporaryStore();
    const { id } = store.create(fixturePlan(), 'Created');
    const dialogs = { chooseFileToOpen: never, chooseFileToSave: never };
    const handlers = createFileHandlers(success(store), dialogs, () => undefined);
    expect(await handlers['file.open'](null, sender)).toEqual(success(null));
    expect(await handlers['file.save']({ id }, sender)).toEqual(success(null));
  });

  test('saving a copy suggests the plan’s name, writes it, and remembers the path', async () => {
    const { store } = temporaryStore();
    const folder = temporaryFolder();
    const { id } = store.create(fixturePlan({ name: 'A: B' }), 'Created');
    const written: string[] = [];
    const dialogs = {
      chooseFileToOpen: never,
      chooseFileToSave: (name: string) => Promise.resolve(join(folder, name)),
    };
    const handlers = createFileHandlers(success(store), dialogs, (path) => written.push(path));
    const path = join(folder, 'A B.clusterplan');
    expect(await handlers['file.save']({ id }, sender)).toEqual(success({ path }));
    expect(written).toEqual([path]);
    expect(await openFile(success(store), path)).toMatchObject({
      ok: true,
      value: { id, revision: 1 },
    });
  });

  test('a dropped file becomes a plan of the library', async () => {
    const { store } = temporaryStore();
    const dialogs = { chooseFileToOpen: never, chooseFileToSave: never };
    const handlers = createFileHandlers(success(store), dialogs, () => undefined);
    const base64 = Buffer.from(canonicalPlan(fixturePlan())).toString('base64');
    const opened = await handlers['file.import']({ name: 'a.clusterplan', base64 }, sender);
    expect(opened).toMatchObject({ ok: true, value: { plan: fixturePlan() } });
    const id = opened.ok ? opened.value.id : '';
    expect(store.revisions(id)).toMatchObject({
      value: [{ label: 'Imported from “a.clusterplan”' }],
    });
    const broken = await handlers['file.import']({ name: 'x', base64: 'AAAA' }, sender);
    expect(broken).toMatchObject({ error: { kind: 'not a plan' } });
    expect(store.list(true)).toHaveLength(1);
  });

  test('a plan file in a folder with a name like a plan is not followed into', async () => {
    const { store } = temporaryStore();
    const folder = join(temporaryFolder(), 'x.clusterplan');
    mkdirSync(folder);
    expect(await openFile(success(store), folder)).toMatchObject({
      error: { kind: 'unreadable file' },
    });
  });
});
