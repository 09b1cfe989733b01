import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/app';
import { keptOnce } from './support/edits';

/** The demand door, set to one kind of demand. */
async function openDoor(window: Page, kind: string): Promise<Locator> {
  await window.getByRole('button', { name: 'I know my demand' }).click();
  const dialog = window.getByRole('dialog', { name: 'New plan' });
  await dialog.getByText(kind, { exact: true }).click();
  return dialog;
}

async function choose(dialog: Locator, window: Page, model: string): Promise<void> {
  await dialog.getByRole('combobox', { name: 'Model' }).fill(model);
  await window.getByRole('option', { name: model }).first().click();
}

async function type(dialog: Locator, label: string, text: string): Promise<void> {
  const field = dialog.getByRole('textbox', { name: label, exact: true });
  await field.fill(text);
  await field.press('Tab');
}

test('two million images a day become a ranked cluster, and a plan that makes them in time', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  const dialog = await openDoor(window, 'Make images');
  await choose(dialog, window, 'FLUX.1 dev');
  await type(dialog, 'Images per day', '2M');
  await type(dialog, 'Steps', '28');
  await expect(dialog.getByRole('textbox', { name: 'Edge of the image' })).toHaveValue(/1,?024/);
  await type(dialog, 'Answered within', '5');
  await dialog.getByLabel('Ranked by').selectOption('buy');
  const answers = dialog.getByRole('table', { name: 'Clusters, cheapest first' });
  await expect(answers.getByRole('radio').first()).toBeChecked();
  expect(await answers.getByRole('radio').count()).toBeGreaterThan(5);
  await expect(answers.getByRole('row').nth(1)).toContainText(
    /cop(y|ies),\s.* at a time, (FP8|BF16)/,
  );
  await expect(answers.getByRole('row').nth(1)).toContainText('99 of 100 images');
  await expect(dialog).toContainText('Time to answer, 5 → 10 s');
  await dialog.getByText(/^Why \d+ other systems are not listed$/).click();
  await expect(
    dialog.getByRole('definition').filter({ hasText: 'One image takes' }).first(),
  ).toBeVisible();

  await answers.getByRole('radio', { name: 'Choose DGX H100' }).check();
  await dialog.getByRole('button', { name: 'Create plan with DGX H100' }).click();
  await window.getByRole('tab', { name: 'Inference' }).click();
  await expect(window.getByText('Problem', { exact: true })).toHaveCount(0);
  await expect(window.getByText(/GPUs, each with a copy of the model/).first()).toBeVisible();
  const plan = await keptOnce(window, ({ workloads }) => workloads.length === 1);
  expect(plan.workloads[0]).toMatchObject({
    kind: 'task',
    modelId: 'flux.1-dev',
    requestsPerDay: { value: 2e6 },
    targetSeconds: { value: 5 },
    imageSteps: { value: 28 },
  });
});

test('a target that nothing reaches says by how much to relax it', async ({ launchApp }) => {
  const { window } = await launchApp();
  const dialog = await openDoor(window, 'Transcribe speech');
  await type(dialog, 'Answered within', '0.001');
  const alert = dialog.getByRole('alert');
  await expect(alert).toContainText('No accelerator finishes one recording with Whisper large v3');
  await expect(alert).toContainText(/The fastest takes [\d.]+ s with nothing else to do/);
  await expect(dialog.getByRole('button', { name: 'Create plan' })).toBeDisabled();
  await dialog.getByText('Embed texts', { exact: true }).click();
  await expect(dialog.getByRole('textbox', { name: 'Texts per day', exact: true })).toBeVisible();
});
