import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app';

const execute = promisify(execFile);

async function chapterOf(window: Page, name: string) {
  await window.getByRole('button', { name: 'Explore', exact: true }).click();
  return window.getByRole('region', { name });
}

test('a matrix product is split over more GPUs until communication ends the gain', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  const chapter = await chapterOf(window, 'The power of parallel processing');
  const speedUp = chapter
    .getByRole('group', { name: 'Times as fast as one GPU', exact: true })
    .first();
  const gain = async () =>
    Number(/[\d.]+/.exec((await speedUp.innerText()).split('\n')[1] ?? '')?.[0]);
  const gpus = chapter.getByRole('slider', { name: 'GPUs that share the product' });
  await expect(gpus).toHaveAttribute('aria-valuetext', '8');
  const eight = await gain();
  expect(eight).toBeGreaterThan(1);
  expect(eight).toBeLessThan(8);
  await gpus.press('End');
  await expect(chapter.getByText(/Telling one another takes longer/)).toBeVisible();
  await expect.poll(gain).toBeLessThan(eight);
  await expect(chapter.getByRole('img', { name: /^The result in 4,096 stripes/ })).toBeVisible();

  // Larger matrices keep more GPUs busy, and a number that no step has can be typed.
  const edge = chapter.getByRole('textbox', { name: 'Rows and columns of each matrix' });
  await edge.fill('100k');
  await edge.press('Enter');
  await expect(edge).toHaveValue('100,000');
  const typed = chapter.getByRole('textbox', { name: 'GPUs that share the product' });
  await typed.fill('12');
  await typed.press('Enter');
  await expect(chapter.getByRole('img', { name: /^12 GPUs are / })).toBeVisible();
  await typed.fill('many');
  await typed.press('Enter');
  await expect(chapter.getByRole('alert')).toContainText('not a number');
  await typed.press('Escape');
  await expect(typed).toHaveValue('12');
});

test('the two laws take the serial share of the plan that is open', async ({ launchApp }) => {
  const { window } = await launchApp();
  const chapter = await chapterOf(window, 'The power of parallel processing');
  const share = chapter.getByRole('group', { name: 'Time that more GPUs do not shorten' });
  await expect(chapter.getByText('The share is that of Llama 3.1 405B')).toBeVisible();
  const published = await share.innerText();
  await window.getByRole('button', { name: 'Library', exact: true }).click();
  await window
    .getByRole('button', { name: /^DGX SuperPOD|^512/ })
    .first()
    .click();
  await expect(window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await window.keyboard.press('Control+Shift+E');
  await expect(chapter.getByText('The share is that of the plan that is open')).toBeVisible();
  expect(await share.innerText()).not.toBe(published);
});

test('users grow the fleet, datacentres share it, and it opens as a plan with as many GPUs', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  const chapter = await chapterOf(window, 'Inference also requires GPUs');
  const all = chapter.getByRole('group', { name: /^GPUs in all/ });
  const gpus = async () =>
    Number(/[\d,]+/.exec((await all.innerText()).split('\n')[1] ?? '')?.[0].replaceAll(',', ''));
  const users = chapter.getByRole('textbox', { name: 'Users' });
  await users.fill('1');
  await users.press('Enter');
  await expect.poll(gpus).toBe(24);
  await users.fill('20M');
  await users.press('Enter');
  await expect.poll(gpus).toBeGreaterThan(100);
  const shared = await gpus();
  await chapter.getByRole('slider', { name: 'Datacentres' }).press('Home');
  await expect.poll(gpus).toBeLessThan(shared);
  await expect(chapter.getByRole('img', { name: /^At half load the slowest wait/ })).toBeVisible({
    timeout: 60_000,
  });
  const alone = await gpus();
  for (const kind of ['Assistants that reason', 'Image generation']) {
    await chapter.getByText(kind, { exact: true }).click();
    await expect(chapter.getByRole('img', { name: /need [\d,]+ GPUs/ })).toBeVisible({
      timeout: 60_000,
    });
  }
  await chapter.getByText('Short prompts', { exact: true }).click();
  await expect.poll(gpus).toBe(alone);
  await chapter.getByRole('button', { name: 'Open this as a plan' }).click();
  await expect(window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await expect(window.getByRole('main')).toContainText(alone.toLocaleString('en'));
});

test('a word opens its meaning, and the palette finds it in the glossary', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  const chapter = await chapterOf(window, 'Why companies deploy thousands of GPUs');
  await chapter.getByRole('button', { name: 'checkpoint' }).click();
  await expect(window.getByRole('dialog', { name: 'Checkpoint' })).toContainText('after a failure');
  await window.keyboard.press('Escape');
  await window.keyboard.press('Control+K');
  await window.getByRole('textbox', { name: /^Search/ }).fill('goodput');
  const palette = window.getByRole('dialog');
  await expect(palette.getByText('Goodput', { exact: true })).toBeVisible();
  await window.keyboard.press('Enter');
  await expect(window.locator('#glossary-goodput')).toBeFocused();
  await expect(window.locator('#glossary-goodput')).toBeInViewport();
});

test('the outlook tells a plan when a refresh pays', async ({ launchApp }) => {
  const { window } = await launchApp();
  await window.getByRole('button', { name: /^Llama 3 405B/ }).click();
  await window.getByRole('tab', { name: 'Timeline' }).click();
  const outlook = window.getByRole('region', { name: 'Outlook: growth and refresh' });
  await expect(outlook.getByRole('row', { name: /New accelerators cost less/ })).toContainText(
    /[\d.]+\syears/,
  );
  // 16,384 H100 today; each year's part does 1.29 times as much.
  await expect(outlook.getByRole('row', { name: /^1 / })).toContainText('12,701');
  const chips = window.getByRole('textbox', { name: 'Faster chips' });
  await chips.fill('2');
  await chips.press('Enter');
  await expect(outlook.getByRole('row', { name: /^1 / })).toContainText('8,192');
  await expect(outlook).toContainText('Trends of this plan and published ones');
});

test('a plan opened from the outlook takes the reader’s trends along', async ({ launchApp }) => {
  const { window } = await launchApp();
  const chapter = await chapterOf(window, 'Will AI always need so many GPUs?');
  const chips = chapter.getByRole('slider', { name: 'Faster chips' });
  await chips.focus();
  await chips.press('Home');
  await chapter.getByRole('button', { name: 'Open a large run as a plan' }).click();
  await window.getByRole('tab', { name: 'Timeline' }).click();
  await expect(window.getByRole('textbox', { name: 'Faster chips' })).toHaveValue('1');
  const outlook = window.getByRole('region', { name: 'Outlook: growth and refresh' });
  await expect(outlook.getByRole('row', { name: /^6 / })).toContainText('16,384');
});

test('the page prints in light colours, with its sources and without what only a screen can do', async ({
  launchApp,
  folder,
}) => {
  const { app, window } = await launchApp();
  await window.emulateMedia({ colorScheme: 'dark' });
  await chapterOf(window, 'Training large models');
  await expect(window.getByText(/^(Searching the fastest layout|Simulating requests)/)).toHaveCount(
    0,
    { timeout: 60_000 },
  );
  const bytes = await app.evaluate(async ({ BrowserWindow }) => {
    const [page] = BrowserWindow.getAllWindows();
    const pdf = await page?.webContents.printToPDF({ preferCSSPageSize: true });
    return pdf?.toString('base64') ?? '';
  });
  const file = join(folder, 'explore.pdf');
  writeFileSync(file, Buffer.from(bytes, 'base64'));
  const { stdout } = await execute('pdftotext', ['-layout', file, '-']);
  for (const title of [
    'Why CPUs are not enough',
    'Inference also requires GPUs',
    'Will AI always need so many GPUs?',
    'Glossary',
  ]) {
    expect(stdout).toContain(title);
  }
  expect(stdout).toContain('Epoch AI, Algorithmic progress in language models');
  expect(stdout).toMatch(/every\s+token/);
  expect(stdout).not.toMatch(/Open this as a plan|Show as table|Run the race/);
  await expect(window.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
});
