import type { Page } from '@playwright/test';
import { expect, test } from './support/app';

/** Makes a plan whose first workload is a service of the kind. */
async function newPlanWith(window: Page, workload: string): Promise<void> {
  await window.getByRole('button', { name: 'I know my cluster' }).click();
  const dialog = window.getByRole('dialog', { name: 'New plan' });
  await dialog.getByRole('combobox', { name: 'First workload' }).click();
  await window.getByRole('option', { name: workload }).click();
  await dialog.getByRole('button', { name: 'Create plan' }).click();
  await window.getByRole('tab', { name: 'Inference' }).click();
}

test('images, texts and recordings are services of a plan, sized and priced', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await newPlanWith(window, 'Image service');
  await expect(window.getByText(/^Making 100,000 images a day with .* needs \d+\s/)).toBeVisible();
  const headline = window.getByText(/^(1 GPU|\d+ GPUs, each) with a copy of the model/);
  const before = await headline.textContent();
  await window.getByRole('treeitem', { name: /image service/ }).click();
  const steps = window.getByRole('textbox', { name: 'Steps', exact: true });
  await steps.fill('150');
  await steps.press('Enter');
  await expect(headline).not.toHaveText(before ?? '');
  await expect(window.getByText('Cost of an image').first()).toBeVisible();

  for (const [kind, sentence, unit] of [
    ['Embedding service', /^Embedding 10\smillion texts a day/, 'Cost of a million tokens'],
    ['Speech service', /^Transcribing 100,000 recordings a day/, 'Cost of an hour of audio'],
  ] as const) {
    await window.getByRole('button', { name: 'Add', exact: true }).click();
    await window.getByRole('menuitem', { name: kind }).click();
    await expect(window.getByText(sentence).first()).toBeVisible();
    await expect(window.getByText(unit).first()).toBeVisible();
  }
});

test('a target that no image can meet is named on its field, with one that can be met', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await newPlanWith(window, 'Image service');
  await window.getByRole('treeitem', { name: /image service/ }).click();
  const target = window.getByRole('textbox', { name: 'Answered within', exact: true });
  await target.fill('10 ms');
  await target.press('Enter');
  await expect(window.getByText('The target of 0.01 s cannot be met').first()).toBeVisible();
  await window
    .getByRole('button', { name: /^Allow [\d.]+ s$/ })
    .first()
    .click();
  await expect(window.getByText('The target of 0.01 s cannot be met')).toHaveCount(0);
});
