import type { Page } from '@playwright/test';
import { expect, test } from './support/app';

/** What a reader who asks for larger text gets: the root's size is that of the system's default. */
async function withText(window: Page, percent: number): Promise<void> {
  await window.addStyleTag({ content: `html { font-size: ${percent}% !important; }` });
}

/** Height of the first of the words of a chart on the screen, in pixels. */
async function wordHeight(window: Page, chart: RegExp): Promise<number> {
  const word = window.getByRole('img', { name: chart }).first().locator('text').first();
  return word.evaluate((element) => element.getBoundingClientRect().height);
}

/** Elements that are cut: their text is wider than they are. */
async function cutTexts(window: Page): Promise<string[]> {
  return window
    .locator('main [role=tab], main label, nav [role=treeitem] span')
    .evaluateAll((found) =>
      found
        .filter(
          (element) =>
            element.clientWidth > 0 &&
            element.scrollWidth > element.clientWidth + 1 &&
            getComputedStyle(element).overflowX !== 'visible',
        )
        .map(({ textContent }) => textContent),
    );
}

test('words in charts are twice as large where text is, and nothing is cut', async ({
  launchApp,
}) => {
  const { app, window } = await launchApp();
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800),
  );
  await window.getByRole('button', { name: /^Llama 3 405B/ }).click();
  const cost = window.getByRole('tab', { name: 'Cost', exact: true });
  await cost.click();
  const chart = /costs .* less than/;
  const usual = await wordHeight(window, chart);

  await withText(window, 200);
  await expect.poll(() => wordHeight(window, chart)).toBeGreaterThan(1.8 * usual);
  await expect(window.getByRole('slider', { name: 'Values of the chart' }).first()).toBeVisible();
  const tops = await window
    .getByRole('tablist', { name: 'Results' })
    .getByRole('tab')
    .evaluateAll((tabs) => tabs.map((tab) => tab.getBoundingClientRect().top));
  expect(new Set(tops).size).toBe(1);
  expect(await cutTexts(window)).toEqual([]);
  const title = window.getByRole('textbox', { name: 'Plan name' });
  expect((await title.boundingBox())?.width).toBeGreaterThan(300);
});

test('tabs that do not fit are reached by keyboard and scroll into sight', async ({
  launchApp,
}) => {
  const { app, window } = await launchApp();
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(800, 600),
  );
  await withText(window, 200);
  await window.getByRole('button', { name: /^Llama 3 405B/ }).click();
  await window.getByRole('tab', { name: 'Overview', exact: true }).press('ArrowLeft');
  const last = window.getByRole('tab', { name: 'Timeline', exact: true });
  await expect(last).toHaveAttribute('aria-selected', 'true');
  await expect(last).toBeInViewport({ ratio: 0.9 });
});

test('Explore and the catalogue take one column, and cut neither buttons nor typed numbers', async ({
  launchApp,
}) => {
  const { app, window } = await launchApp();
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800),
  );
  await withText(window, 200);
  for (const screen of ['Explore', 'Catalogue']) {
    await window.getByRole('button', { name: screen, exact: true }).click();
    await expect(window.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
    const cut = await window
      .locator('main button, main input[type=text], main a')
      .evaluateAll((found) =>
        found
          .filter(
            ({ clientWidth, scrollWidth }) => clientWidth > 0 && scrollWidth > clientWidth + 1,
          )
          .map((element) => element.textContent || (element as HTMLInputElement).value),
      );
    expect(cut, screen).toEqual([]);
  }
});

test('answers to a demand stand below its inputs, where the two have no room side by side', async ({
  launchApp,
}) => {
  const { app, window } = await launchApp();
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setContentSize(1280, 800),
  );
  await window.getByRole('button', { name: 'New from demand' }).click();
  const dialog = window.getByRole('dialog', { name: 'New plan' });
  const [model, answers] = [dialog.getByLabel('Model').first(), dialog.getByRole('table').first()];
  await expect(answers).toBeVisible();
  const isBelow = async () => {
    const [input, table] = [await model.boundingBox(), await answers.boundingBox()];
    return (table?.x ?? 0) < (input?.x ?? 0) + (input?.width ?? 0);
  };
  expect(await isBelow()).toBe(false);
  await withText(window, 200);
  await expect.poll(isBelow).toBe(true);
});
