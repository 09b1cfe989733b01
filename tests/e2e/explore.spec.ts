import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app';
import { answerDialogs } from './support/bridge';

const execute = promisify(execFile);

async function openMeter(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Explore', exact: true }).click();
  await expect(window.getByRole('heading', { level: 1 })).toHaveText('Why AI needs so many GPUs');
}

function reading(window: Page, name: RegExp | string) {
  return window.getByRole('group', { name }).getByRole('timer');
}

async function number(window: Page, name: RegExp | string): Promise<number> {
  const text = await reading(window, name).innerText();
  return Number.parseFloat(text.replaceAll(',', ''));
}

test('the meter ticks, pauses, and is rounded until all digits are asked for', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await openMeter(window);
  const today = /consumed by AI today/;
  // '4,550,000' a few minutes after midnight, '455 million' later in the day: never more than three digits.
  await expect(reading(window, today)).toHaveText(
    /^[\d.,]{1,5}( \S+|[0,]*) ?H100-equivalent hours$/,
  );
  await window.getByRole('switch', { name: 'All digits' }).click();
  await expect(reading(window, 'This year')).toHaveText(/^[1-9]\d{0,2}(,\d{3}){2,} /);
  const before = await number(window, 'Since Clusterwright was opened');
  await expect.poll(() => number(window, 'Since Clusterwright was opened')).toBeGreaterThan(before);

  await window.getByRole('button', { name: 'Pause' }).click();
  await expect(window.getByRole('button', { name: 'Resume' })).toBeVisible();
  const paused = await number(window, 'Since Clusterwright was opened');
  // Choosing another day's start draws the page again: the paused clock must not have moved.
  await window.getByText('Midnight UTC').click();
  expect(await number(window, 'Since Clusterwright was opened')).toBe(paused);
  await window.getByRole('button', { name: 'Resume' }).click();
  await expect.poll(() => number(window, 'Since Clusterwright was opened')).toBeGreaterThan(paused);
  // Nothing that runs may be read out by itself.
  const live = window.getByRole('main').locator('[aria-live="polite"], [aria-live="assertive"]');
  await expect(live).toHaveCount(0);
});

test('an input of the meter is replaced, moves the rate, outlives a restart and goes back', async ({
  launchApp,
}) => {
  const first = await launchApp();
  await openMeter(first.window);
  const rate = await number(first.window, 'Every second');
  const field = first.window.getByRole('textbox', { name: 'Share of hours at work' });
  await field.fill('40 (20 to 60)');
  await field.press('Enter');
  await expect.poll(() => number(first.window, 'Every second')).toBeLessThan(rate * 0.51);
  await field.fill('400');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.press('Escape');
  await first.close();

  const second = await launchApp({ userData: first.userData });
  await openMeter(second.window);
  expect(await number(second.window, 'Every second')).toBeLessThan(rate * 0.51);
  await second.window.getByRole('button', { name: 'Reset all to the catalogue' }).click();
  await expect.poll(() => number(second.window, 'Every second')).toBeGreaterThan(rate * 0.98);
});

test('the meter counts devices or H100-equivalents, and both cross-checks agree', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await openMeter(window);
  const equivalents = await number(window, 'Every second');
  await window.getByText('Physical devices').click();
  await expect(reading(window, 'Every second')).toContainText('device hours');
  expect(await number(window, 'Every second')).toBeLessThan(equivalents);
  for (const name of ['By power', 'By tokens']) {
    const check = window.getByRole('group', { name });
    await expect(check).toContainText('The orders of magnitude agree');
    await check.getByRole('button').click();
    await expect(window.getByRole('dialog').last()).toContainText(/estimate|proxy/);
    await window.keyboard.press('Escape');
  }
});

test('an open plan stands beside the world on the page and in its PDF', async ({
  launchApp,
  folder,
}) => {
  const { app, window } = await launchApp();
  await window.getByRole('button', { name: /^Llama 3 405B/ }).click();
  await expect(window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await window.keyboard.press('Control+Shift+E');
  const share = window.getByRole('region', { name: 'Your plan beside the world' });
  await expect(share).toContainText(/Training in “Llama 3 405B.*\d\smin.* of world AI/s);
  const minutes = /(\d+(\.\d+)?)\smin/.exec(await share.innerText())?.[1] ?? '';

  await window.getByRole('button', { name: /^Back to Llama 3 405B/ }).click();
  const pdf = join(folder, 'report.pdf');
  await answerDialogs(app, { save: pdf });
  await window.getByRole('button', { name: 'Export PDF' }).click();
  await expect(window.getByText('report.pdf').first()).toBeVisible();
  const { stdout } = await execute('pdftotext', ['-layout', pdf, '-']);
  expect(stdout).toContain('Beside all AI of the world');
  const printed = /in time of all AI\s+(\d+(\.\d+)?)\smin/.exec(stdout)?.[1] ?? '';
  // The world grows by a fraction of a thousandth between the page and the paper.
  expect(Math.abs(Number(printed) - Number(minutes))).toBeLessThanOrEqual(0.1);
  expect(stdout).toMatch(/\d{2}:\d{2} UTC/);
});

test('the palette and the menu lead there, and Ctrl+L leads away', async ({ launchApp }) => {
  const { app, window } = await launchApp();
  await window.keyboard.press('Control+K');
  await window.getByRole('textbox', { name: /^Search/ }).fill('explore');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { level: 1 })).toHaveText('Why AI needs so many GPUs');
  await window.keyboard.press('Control+L');
  await expect(window.getByRole('heading', { level: 1 })).toHaveText('Plans');
  await app.evaluate(({ Menu, BrowserWindow }) => {
    const [target] = BrowserWindow.getAllWindows();
    Menu.getApplicationMenu()?.getMenuItemById('view.explore')?.click(undefined, target);
  });
  await expect(window.getByRole('heading', { level: 1 })).toHaveText('Why AI needs so many GPUs');
});

test('the status bar counts in small, is paused there, and leads to the meter from an open plan', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window.getByRole('button', { name: /^Llama 3 405B/ }).click();
  await expect(window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  const status = window.getByRole('contentinfo', { name: 'Status' });
  await expect(status).toContainText(/AI today ≈ [\d.,]+\s.*H100-equivalent\shours/);
  await status.getByRole('button', { name: 'Hold the meter' }).click();
  await status.getByRole('button', { name: /^AI today/ }).click();
  const heading = window.getByRole('heading', { name: 'GPU-hours consumed by AI' });
  await expect(heading).toBeFocused();
  await expect(window.getByRole('main').getByRole('button', { name: 'Resume' })).toBeVisible();
  await window.getByRole('button', { name: /^Back to Llama 3 405B/ }).click();
  await window.getByRole('button', { name: 'Explore', exact: true }).click();
  await expect(window.getByRole('heading', { level: 1 })).toHaveText('Why AI needs so many GPUs');
});

test('the race of CPUs and GPUs is run, held, and follows the work that is chosen', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await openMeter(window);
  const chapter = window.getByRole('region', { name: 'Why CPUs are not enough' });
  const race = chapter.getByRole('figure');
  await expect(race).toHaveAccessibleName(
    / that 8 × H100 .* takes, 1 core of Xeon .* of the work$/,
  );
  await chapter.getByRole('button', { name: 'Run the race' }).click();
  await chapter.getByRole('button', { name: 'Pause the race' }).click();
  await expect(chapter.getByRole('button', { name: 'Run the race' })).toBeVisible();
  const gpus = chapter.getByRole('slider', { name: 'GPUs that set the pace' });
  await gpus.press('ArrowRight');
  await expect(race).toHaveAccessibleName(/ that 16 × H100 /);
  await chapter.getByText('Train for one step').click();
  await expect(chapter.getByRole('listitem').filter({ hasText: '1 × H100' })).toContainText(
    'does not fit',
  );
  await chapter.getByRole('button', { name: 'Show as table' }).click();
  await expect(chapter.getByRole('row', { name: /^16 × H100/ })).toContainText('Wh');
});

test('a training run is driven by the keyboard, follows at once, and opens as a plan with the same answer', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await openMeter(window);
  const chapter = window.getByRole('region', { name: 'Training large models' });
  const days = chapter.getByRole('group', { name: 'Time to train' });
  const daysShown = async () => /[\d.,]+/.exec((await days.innerText()).split('\n')[1] ?? '')?.[0];
  await expect(days).toBeVisible();
  const first = await daysShown();
  expect(first).toBeDefined();
  const slider = chapter.getByRole('slider', { name: 'H100 accelerators' });
  await expect(slider).toHaveAttribute('aria-valuetext', '16,384');
  await slider.focus();
  await slider.press('ArrowLeft');
  await expect(slider).toHaveAttribute('aria-valuetext', '8,192');
  const drawing = chapter.getByRole('img', { name: /^Llama 3\.1 405B takes .* on 8,192 H100/ });
  await expect(drawing).toBeVisible();
  const second = await daysShown();
  expect(Number(second?.replace(',', ''))).toBeGreaterThan(Number(first?.replace(',', '')));
  await expect(drawing).toContainText('Published');
  await chapter.getByRole('button', { name: 'Show as table' }).first().click();
  await expect(chapter.getByRole('row', { name: /^16,384/ })).toContainText(first ?? 'no number');

  await chapter.getByRole('button', { name: 'Open this as a plan' }).click();
  await expect(window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await window.getByRole('tab', { name: 'Training' }).click();
  const opened = window.getByRole('group', { name: 'Time to train' });
  await expect(opened.first()).toContainText(second ?? 'no number');
});

test('a slower network starves the cluster, and failures take more of a larger one', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await openMeter(window);
  const chapter = window.getByRole('region', { name: 'Why companies deploy thousands of GPUs' });
  const drawing = chapter.getByRole('img');
  await expect(drawing).toHaveAccessibleName(/^With 400 Gb\/s each, 16,384 H100 turn .* training$/);
  const network = chapter.getByRole('slider', { name: 'Network of each GPU' });
  await network.press('Home');
  await expect(drawing).toHaveAccessibleName(/^With 1 Gb\/s each, .*; with 400 Gb\/s/);
  const share = chapter.getByRole('group', { name: 'Time that advances the run' });
  const before = Number(/[\d.]+/.exec(await share.innerText())?.[0]);
  await chapter.getByRole('slider', { name: 'GPUs in the run' }).press('End');
  await expect
    .poll(async () => Number(/[\d.]+/.exec(await share.innerText())?.[0]))
    .toBeLessThan(before);
  await chapter.getByRole('button', { name: 'Show as table' }).click();
  await expect(chapter.getByRole('row', { name: /^400/ })).toContainText('%');
});

test('the outlook follows the reader’s own trends and goes back to the published ones', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await openMeter(window);
  const chapter = window.getByRole('region', { name: 'Will AI always need so many GPUs?' });
  const drawing = chapter.getByRole('img');
  await expect(drawing).toHaveAccessibleName(/yet the world has/);
  const world = chapter.getByRole('slider', { name: 'World’s computing' });
  await world.press('Home');
  await expect(drawing).toHaveAccessibleName(/and the world has/);
  await chapter.getByRole('button', { name: 'Published trends' }).click();
  await expect(world).toHaveAttribute('aria-valuetext', /^3\.3 × a year$/);
  await chapter.getByRole('button', { name: 'Show as table' }).click();
  await expect(chapter.getByRole('row')).toHaveCount(10);
});

test('the contents lead to a chapter, and the reader’s place is kept', async ({ launchApp }) => {
  const { window } = await launchApp();
  await openMeter(window);
  const contents = window.getByRole('navigation', { name: 'Contents' });
  await contents.getByRole('link', { name: 'GPU-hours consumed by AI' }).click();
  const heading = window.getByRole('heading', { name: 'GPU-hours consumed by AI' });
  await expect(heading).toBeFocused();
  await expect(heading).toBeInViewport();
  await expect(contents.locator('[aria-current]')).toHaveText('GPU-hours consumed by AI');
  await window.getByRole('button', { name: 'Library', exact: true }).click();
  await window.getByRole('button', { name: 'Explore', exact: true }).click();
  await expect(heading).toBeInViewport();
});
