import type { Page } from '@playwright/test';
import { expect, test } from './support/app';

/** Presses Tab until the named control has the focus; a control that cannot be reached fails here. */
async function tabTo(window: Page, role: 'button' | 'textbox' | 'tab', name: string | RegExp) {
  const wanted = window.getByRole(role, { name }).first();
  await expect(wanted).toBeVisible();
  for (let presses = 0; presses < 60; presses += 1) {
    if (await wanted.evaluate((element) => element === document.activeElement)) return;
    await window.keyboard.press('Tab');
  }
  await expect(wanted).toBeFocused();
}

test('a plan is made, changed, undone and found again with the keyboard alone', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await tabTo(window, 'button', 'I know my cluster');
  await window.keyboard.press('Enter');
  const dialog = window.getByRole('dialog', { name: 'New plan' });
  await tabTo(window, 'textbox', 'Nodes');
  await window.keyboard.press('Control+A');
  await window.keyboard.type('32');
  // Enter in a field sends the form, with what was typed last.
  await window.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(window.getByRole('treeitem', { name: /, cluster, 32 × / })).toBeVisible();

  // The palette leads to an input by its name.
  await window.keyboard.press('Control+K');
  await window.keyboard.type('training tokens');
  await window.keyboard.press('Enter');
  const tokens = window.getByRole('textbox', { name: 'Training tokens', exact: true });
  await expect(tokens).toBeFocused();
  const before = await tokens.inputValue();
  await window.keyboard.press('Control+A');
  await window.keyboard.type('3T');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('button', { name: /^Undo: / })).toBeEnabled();
  await tokens.blur();
  await window.keyboard.press('Control+Z');
  await expect(tokens).toHaveValue(before);
  await window.keyboard.press('Control+Shift+Z');
  await expect(tokens).toHaveValue('3T');

  // The outline is one stop of Tab; arrow keys move in it.
  await window.getByRole('treeitem', { selected: true }).focus();
  await window.keyboard.press('Home');
  await expect(window.getByRole('treeitem', { name: /^Overview/ })).toBeFocused();
  await window.keyboard.press('ArrowDown');
  await expect(window.getByRole('treeitem', { name: /, site/ })).toBeFocused();

  await tabTo(window, 'button', 'Go to the library');
  await window.keyboard.press('Enter');
  const plans = window.getByRole('table', { name: 'Plans' });
  await tabTo(window, 'button', /^(Training|Train|Plan|New)/);
  await expect(plans.getByRole('row')).toHaveCount(2);
});

test('every control on the plan screen has a name and nothing traps the focus', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window.getByRole('button', { name: /^Llama 3 405B/ }).click();
  await window.getByRole('tab', { name: 'Training' }).click();
  const nameless = await window.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, input, select, textarea, [role=tab]')]
      .filter((element) => element.offsetParent !== null && !element.closest('[aria-hidden=true]'))
      .filter((element) => {
        const labels = 'labels' in element ? (element as HTMLInputElement).labels : null;
        return !(
          element.getAttribute('aria-label') ??
          element.getAttribute('aria-labelledby') ??
          (element.textContent.trim() || labels?.[0]?.textContent)
        );
      })
      .map((element) => element.outerHTML.slice(0, 120)),
  );
  expect(nameless).toEqual([]);

  const visited = new Set<string>();
  for (let presses = 0; presses < 150; presses += 1) {
    await window.keyboard.press('Tab');
    visited.add(await window.evaluate(() => document.activeElement?.tagName ?? ''));
    const isBack = await window.evaluate(() =>
      document.activeElement?.matches('body, [href="#main"]'),
    );
    if (isBack === true && presses > 20) return;
  }
  throw new Error(`The focus never came round: ${[...visited].join(', ')}`);
});

test('a plan file dropped on the window opens', async ({ launchApp }) => {
  const { window } = await launchApp();
  await window.getByRole('button', { name: /^8-GPU lab node/ }).click();
  await expect(window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await window.getByRole('button', { name: 'Go to the library' }).click();
  await window.evaluate(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(['{"schemaVersion": 1, "name": "cut o'], 'half.clusterplan'));
    const target = document.querySelector('main');
    for (const type of ['dragenter', 'dragover', 'drop'])
      target?.dispatchEvent(new DragEvent(type, { bubbles: true, dataTransfer: transfer }));
  });
  await expect(window.getByRole('alert')).toContainText('half.clusterplan');
  await expect(window.getByRole('alert')).toContainText('cut off or damaged');
});
