import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app';

const folder = join(import.meta.dirname, '../../resources/catalogue');

interface Row {
  readonly id?: string;
  readonly name?: string;
  readonly source?: string;
}

/** Every row of the catalogue's files, and the general figures by their keys. */
function readCatalogue() {
  const rows: Row[] = [];
  const facts = new Map<string, Row>();
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    const content = JSON.parse(readFileSync(join(folder, name), 'utf8')) as unknown;
    if (Array.isArray(content)) rows.push(...(content as Row[]));
    else if (name.startsWith('assumptions') || name === 'outlook.json') {
      for (const [key, row] of Object.entries(content as Record<string, Row>)) facts.set(key, row);
    }
  }
  return { rows, facts };
}

const { rows, facts } = readCatalogue();
const ids = new Set(rows.map(({ id }) => id));

/** Words with digits that are names, not numbers: those of models and parts, and widths such as "16-bit". */
function withoutNames(text: string, names: readonly string[]): string {
  const known = names.reduce((rest, name) => rest.replaceAll(name, ''), text);
  return known.replaceAll(/\b[A-Z]{1,2}\d{3}\b|\b\d+-bit\b/g, '');
}

const names = rows
  .flatMap(({ name }) => (name === undefined ? [] : [name, name.replace(/ \(.*\)$/, '')]))
  .filter((name) => /\d/.test(name) && name.length > 3)
  .concat(['Llama 3.1', 'Llama 3'])
  .sort((one, other) => other.length - one.length);

async function openExplore(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Explore', exact: true }).click();
  // Everything that another thread works on is there.
  await expect(window.getByText(/^(Searching the fastest layout|Simulating requests)/)).toHaveCount(
    0,
    { timeout: 60_000 },
  );
  await expect(window.getByRole('figure', { name: /published runs lie within/ })).toContainText(
    'DeepSeek-V3',
  );
}

/** Texts of the chapters with a digit that stand in nothing which says where they come from. */
async function bareTexts(window: Page): Promise<readonly string[]> {
  return window.getByRole('main').evaluate((main) => {
    const texts: string[] = [];
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const text = node.textContent ?? '';
      const traced = node.parentElement?.closest('[data-figure], [data-from], [data-source], code');
      if (/\d/.test(text) && !traced) texts.push(text);
    }
    return texts;
  });
}

async function attributes(window: Page, name: string): Promise<readonly string[]> {
  const found = await window
    .getByRole('main')
    .locator(`[${name}]`)
    .evaluateAll((all, attribute) => all.map((one) => one.getAttribute(attribute) ?? ''), name);
  return [...new Set(found)];
}

test('no number of the explorable stands without its origin, and every origin leads somewhere', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await openExplore(window);
  const services = ['Short prompts', 'Assistants that reason', 'Image generation'];
  for (const service of services) {
    await window.getByText(service, { exact: true }).click();
    await expect(window.getByText(/^Simulating requests/)).toHaveCount(0, { timeout: 60_000 });
    const bare = (await bareTexts(window)).filter((text) => /\d/.test(withoutNames(text, names)));
    expect(bare).toEqual([]);

    const figures = new Set([
      ...(await attributes(window, 'data-figure')),
      ...(await attributes(window, 'data-traced')),
    ]);
    expect(figures.size).toBeGreaterThan(35);
    for (const origin of await attributes(window, 'data-from')) {
      const end = origin.indexOf(':');
      const [kind, key] = [origin.slice(0, end), origin.slice(end + 1)];
      switch (kind) {
        case 'figure':
          expect(figures, origin).toContain(key);
          break;
        case 'fact':
          expect(ids, origin).toContain(facts.get(key)?.source);
          break;
        case 'source':
          expect(ids, origin).toContain(key);
          break;
        default:
          expect(origin).toMatch(/^reader:\w+$/);
      }
    }
    for (const source of await attributes(window, 'data-source')) expect(ids).toContain(source);
  }
});

test('every figure of the explorable opens its formula, and each number in it says where it comes from', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await openExplore(window);
  const tiles = window.getByRole('main').locator('[data-figure]:has(button[aria-haspopup])');
  const count = await tiles.count();
  expect(count).toBeGreaterThan(30);
  for (let index = 0; index < count; index += 1) {
    const tile = tiles.nth(index);
    const key = (await tile.getAttribute('data-figure')) ?? '';
    await tile.locator('button[aria-haspopup]').click();
    const dialog = window.getByRole('dialog').last();
    await expect(dialog.locator('code'), key).not.toBeEmpty();
    const inputs = dialog.locator('tbody tr');
    expect(await inputs.count(), key).toBeGreaterThan(0);
    for (const input of await inputs.all()) {
      await expect(input, key).toContainText(
        /from the plan|entered by hand|from the catalogue|computed|official|measured|derived|estimate|proxy|from memory/,
      );
    }
    await window.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
});
