import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/app';

/** More stops than any screen has. */
const mostStops = 250;

/** Presses Tab until the control has the focus; a control that cannot be reached fails here. */
async function tabTo(window: Page, wanted: Locator) {
  await expect(wanted).toBeVisible();
  for (let presses = 0; presses < mostStops; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await window.keyboard.press('Tab');
  }
  await expect(wanted).toBeFocused();
}

/** Finds something by its name in the palette and goes there. */
async function choose(window: Page, name: string) {
  await window.keyboard.press('Control+K');
  await expect(window.getByRole('textbox', { name: /^Search commands/ })).toBeFocused();
  await window.keyboard.type(name);
  await window.keyboard.press('Enter');
}

/** What the inputs of the selected part hold. */
function inputs(window: Page): Promise<string[]> {
  return window
    .getByRole('complementary', { name: 'Inputs' })
    .locator('input')
    .evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value));
}

test('a training job is set up, searched, given a layout, kept and opened again with the keyboard alone', async ({
  launchApp,
}) => {
  const first = await launchApp();
  const { window } = first;
  await tabTo(window, window.getByRole('button', { name: 'I know my cluster' }));
  await window.keyboard.press('Enter');
  const dialog = window.getByRole('dialog', { name: 'New plan' });
  await tabTo(window, dialog.getByRole('textbox', { name: 'Nodes' }));
  await window.keyboard.press('Control+A');
  await window.keyboard.type('16');
  await window.keyboard.press('Enter');
  await expect(dialog).toBeHidden();

  // Fields of the job, one found by name and the next by Tab.
  await choose(window, 'Training tokens');
  const tokens = window.getByRole('textbox', { name: 'Training tokens', exact: true });
  await expect(tokens).toBeFocused();
  await window.keyboard.press('Control+A');
  await window.keyboard.type('2T');
  await window.keyboard.press('Enter');
  const microBatch = window.getByRole('textbox', { name: 'Micro-batch', exact: true });
  await tabTo(window, microBatch);
  await window.keyboard.press('Control+A');
  await window.keyboard.type('4');
  await window.keyboard.press('Enter');
  const asTyped = await inputs(window);

  // The tabs are one stop; arrow keys move among them.
  await tabTo(window, window.getByRole('tab', { selected: true }).first());
  const training = window.getByRole('tab', { name: 'Training' });
  for (let presses = 0; presses < 7; presses += 1) {
    if ((await training.getAttribute('aria-selected')) === 'true') break;
    await window.keyboard.press('ArrowRight');
  }
  await expect(training).toHaveAttribute('aria-selected', 'true');

  const search = window.getByRole('region', { name: 'Layout search' });
  const start = search.getByRole('button', { name: 'Search layouts' });
  await tabTo(window, start);
  await window.keyboard.press('Enter');
  await expect(start).toBeFocused();
  await expect(search.getByRole('status')).toContainText('Complete:', { timeout: 60_000 });
  await expect(start).toBeFocused();
  const rows = search.getByRole('table', { name: 'Best layouts' }).getByRole('row');
  await tabTo(window, rows.nth(1).getByRole('button', { name: 'Apply' }));
  await window.keyboard.press('Enter');
  await expect.poll(() => inputs(window)).not.toEqual(asTyped);
  const applied = await inputs(window);
  await expect(window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await first.close();

  const { window: again } = await launchApp({ userData: first.userData });
  // The plan is open again; the way over the library leads to it as well.
  await expect(again.getByRole('tab', { selected: true })).toBeVisible();
  await again.keyboard.press('Control+L');
  await tabTo(again, again.getByRole('main').getByRole('row').nth(1).getByRole('button').first());
  await again.keyboard.press('Enter');
  await choose(again, 'Training tokens');
  await expect(again.getByRole('textbox', { name: 'Training tokens', exact: true })).toBeFocused();
  expect(await inputs(again)).toEqual(applied);
});

test('a field far down is found by name, and the frame of the window stays where it is', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window
    .getByRole('button', { name: /^Llama 3 405B/ })
    .first()
    .click();
  await choose(window, 'Offloaded layers per stage');
  const layers = window.getByRole('textbox', { name: 'Offloaded layers per stage' });
  await expect(layers).toBeFocused();
  await expect(layers).toBeInViewport();
  const header = window.getByRole('banner');
  await expect(header).toBeInViewport({ ratio: 1 });
  expect((await header.boundingBox())?.y).toBe(0);
  await window.keyboard.type('8');
  await window.keyboard.press('Enter');

  await choose(window, 'Optimizer');
  const optimizer = window.getByRole('combobox', { name: 'Optimizer', exact: true });
  await expect(optimizer).toBeFocused();
  await window.keyboard.press('ArrowDown');
  await window.keyboard.press('ArrowDown');
  await window.keyboard.press('Enter');
  await expect(optimizer).toHaveValue('Muon');
  await expect(window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  expect((await header.boundingBox())?.y).toBe(0);
});
