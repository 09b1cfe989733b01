import { PDFDict, PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plan } from '@engine/plan';
import { canonicalPlan } from '@shared/plan/canonical';
import { fixturePlan } from '../fixtures/plan-fixture';
import { expect, test } from './support/app';
import { answerDialogs, ask, askOk } from './support/bridge';

/** Width and height in points, rounded to whole ones as printers do. */
const papers = { A4: [595, 842], Letter: [612, 792] } as const;

for (const paper of ['A4', 'Letter'] as const) {
  test(`a report on ${paper} is tagged, has an outline, page numbers and its plan inside`, async ({
    launchApp,
    folder,
  }) => {
    const { app, window } = await launchApp();
    const plan = fixturePlan({ name: `Report on ${paper} <b>&` });
    const { id } = await askOk(window, 'plan.create', { plan });
    const path = join(folder, `${paper}.pdf`);
    await answerDialogs(app, { save: path });
    expect(await askOk(window, 'report.exportPdf', { id, paper })).toEqual({ path });

    const document = await PDFDocument.load(readFileSync(path), { updateMetadata: false });
    const pages = document.getPageCount();
    expect(pages).toBeGreaterThan(1);
    for (const page of document.getPages()) {
      expect([Math.round(page.getWidth()), Math.round(page.getHeight())]).toEqual(papers[paper]);
    }
    const { catalog } = document;
    expect(catalog.lookup(PDFName.of('StructTreeRoot'))).toBeInstanceOf(PDFDict);
    expect(String(catalog.lookup(PDFName.of('MarkInfo'), PDFDict).get(PDFName.of('Marked')))).toBe(
      'true',
    );
    const outlines = catalog.lookup(PDFName.of('Outlines'), PDFDict);
    expect(outlines.lookup(PDFName.of('First'), PDFDict).get(PDFName.of('Title'))).toBeDefined();
    expect(document.getTitle()).toBe(plan.name);
    expect(document.getLanguage()).toBe('en');
    expect(document.getAttachments()).toMatchObject([
      { name: `Report on ${paper} b &.clusterplan` },
    ]);

    const text = execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8' });
    expect(text).toContain(plan.name);
    for (let page = 1; page <= pages; page += 1) expect(text).toContain(`Page ${page} of ${pages}`);
    expect(execFileSync('pdffonts', [path], { encoding: 'utf8' })).not.toMatch(
      / no +(yes|no) +(yes|no) +\d+ +\d+$/m,
    );

    await answerDialogs(app, { open: path });
    expect(await askOk(window, 'file.open', null)).toMatchObject({ id, plan });
    expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });
}

interface Word {
  readonly text: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Words of a page that another word is printed over; the outline of a label is the same word once more. */
function printedOver(page: string): string[] {
  const words = [
    ...page.matchAll(/<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</g),
  ].map(([, left, top, right, bottom, text = '']): Word => ({
    text,
    left: Number(left),
    top: Number(top),
    right: Number(right),
    bottom: Number(bottom),
  }));
  const isOver = (one: Word, other: Word): boolean => {
    const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    return one.text !== other.text && width > 2 && height > (one.bottom - one.top) / 2;
  };
  return words.flatMap((one, index) =>
    words
      .slice(index + 1)
      .flatMap((other) => (isOver(one, other) ? `${one.text} ${other.text}` : [])),
  );
}

test('no word of the report of any template is printed over another', async ({
  launchApp,
  folder,
  stage,
}) => {
  test.setTimeout(180_000);
  const { app, window } = await launchApp();
  const templates = join(stage.project, 'resources', 'templates');
  for (const name of readdirSync(templates)) {
    const plan = JSON.parse(readFileSync(join(templates, name), 'utf8')) as Plan;
    const { id } = await askOk(window, 'plan.create', { plan });
    const path = join(folder, `${name}.pdf`);
    await answerDialogs(app, { save: path });
    await askOk(window, 'report.exportPdf', { id, paper: 'A4' });
    const boxes = execFileSync('pdftotext', ['-bbox', path, '-'], {
      encoding: 'utf8',
      maxBuffer: 1e8,
    });
    const pages = boxes.split('<page ').slice(1);
    expect(pages.length).toBeGreaterThan(5);
    expect(pages.flatMap(printedOver), name).toEqual([]);
  }
});

test('two reports at once do not mix', async ({ launchApp, folder }) => {
  const { app, window } = await launchApp();
  const paths = [join(folder, 'one.pdf'), join(folder, 'two.pdf')];
  const plans = ['one', 'two'].map((name) => fixturePlan({ name: `Report ${name}` }));
  const ids: string[] = [];
  for (const plan of plans) ids.push((await askOk(window, 'plan.create', { plan })).id);
  await app.evaluate(({ dialog }, targets) => {
    const left = [...targets];
    dialog.showSaveDialog = () =>
      Promise.resolve({ canceled: false, filePath: left.shift() ?? '' });
  }, paths);
  await Promise.all(ids.map((id) => askOk(window, 'report.exportPdf', { id, paper: 'A4' })));
  for (const [index, path] of paths.entries()) {
    const document = await PDFDocument.load(readFileSync(path), { updateMetadata: false });
    expect(document.getTitle()).toBe(plans[index]?.name);
  }
});

test('a folder that cannot be written gets a sentence and no half a PDF', async ({
  launchApp,
  folder,
}) => {
  const { app, window } = await launchApp();
  const { id } = await askOk(window, 'plan.create', { plan: fixturePlan() });
  const path = join(folder, 'no such folder', 'a.pdf');
  await answerDialogs(app, { save: path });
  expect(await ask(window, 'report.exportPdf', { id, paper: 'A4' })).toMatchObject({
    ok: false,
    error: { kind: 'cannot write' },
  });
  expect(existsSync(path)).toBe(false);
});

test('the command line prints a plan without a window and without the library', async ({
  stage,
  folder,
}) => {
  const plan = join(folder, 'in.clusterplan');
  writeFileSync(plan, canonicalPlan(fixturePlan()));
  const userData = join(folder, 'user-data-export');
  const run = async (...order: string[]) => {
    const child = spawn(stage.executable, [
      ...stage.switches,
      `--user-data-dir=${userData}`,
      stage.project,
      ...order,
    ]);
    let complaint = '';
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, complaint };
  };
  const pdf = join(folder, 'out.pdf');
  expect(await run(`--export-pdf=${plan}`, `--pdf-out=${pdf}`, '--paper=Letter')).toMatchObject({
    code: 0,
  });
  const document = await PDFDocument.load(readFileSync(pdf), { updateMetadata: false });
  expect(document.getAttachments()).toHaveLength(1);
  expect(Math.round(document.getPage(0).getWidth())).toBe(612);
  expect(existsSync(join(userData, 'library.sqlite'))).toBe(false);

  const missing = await run(`--export-pdf=${join(folder, 'gone.clusterplan')}`, `--pdf-out=${pdf}`);
  expect(missing.code).toBe(1);
  expect(missing.complaint).toContain('does not exist (any more)');
});
