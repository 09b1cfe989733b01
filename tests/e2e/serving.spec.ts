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

test('images, videos, texts and recordings are services of a plan, sized and priced', async ({
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
    ['Video service', /^Making 500 videos a day with Wan/, 'Cost of a video'],
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

/** Opens the template of the chat fleet at the report of its service. */
async function openChat(window: Page): Promise<void> {
  await window.getByRole('button', { name: /^Chat fleet for 20,000/ }).click();
  await window.getByRole('tab', { name: 'Inference' }).click();
}

test('the layout of a replica changes what starts it', async ({ launchApp }) => {
  const { window } = await launchApp();
  await openChat(window);
  const launch = window.getByRole('region', { name: 'Launch settings' });
  await expect(launch).toContainText('vllm serve CHECKPOINT');
  await expect(launch).not.toContainText('--pipeline-parallel-size');
  const stages = window.getByRole('textbox', { name: 'Pipeline parallel', exact: true });
  await stages.fill('2');
  await stages.press('Enter');
  await expect(launch).toContainText('--pipeline-parallel-size 2');
  await launch.getByRole('tab', { name: 'TensorRT-LLM' }).click();
  await expect(launch).toContainText('--pp_size 2');
});

test('processors side by side open their formulas, and autoscaling says what it saves', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await openChat(window);
  const processors = window.getByRole('table', { name: /on CPUs and on the service’s/ });
  await processors
    .getByRole('button', { name: /^How .* is computed$/ })
    .first()
    .click();
  await expect(window.getByRole('table', { name: 'With' })).toBeVisible();
  await window.keyboard.press('Escape');
  const scaling = window.getByRole('table', { name: 'Autoscaling over the day' });
  await expect(scaling.getByRole('row').nth(1)).toContainText(/\d/);
});

test('a fleet shows its load against its capacity over the day, and where one service is asked for', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window.getByRole('button', { name: /^Chat fleet for 20,000/ }).click();
  await window.getByRole('button', { name: 'Place the users by region' }).click();
  await window.getByRole('tab', { name: 'Inference' }).click();
  const chart = window.getByRole('figure', { name: /^The busiest hour keeps/ });
  await chart.getByRole('button', { name: 'Show as table' }).click();
  const hours = chart.getByRole('table', { name: 'Load of the fleet over the day' });
  await expect(hours.getByRole('row')).toHaveCount(26);
  const tenants = window.getByRole('table', { name: 'Services as tenants of the fleet' });
  await tenants.getByRole('button', { name: 'How Mean round trip is computed' }).click();
  await expect(window.getByText('x = Σ λᵢ · xᵢ / Σ λᵢ')).toBeVisible();
  await window.keyboard.press('Escape');

  const own = window.getByRole('group', { name: 'Users of this service' });
  await window.getByRole('treeitem', { name: /Chat with Llama/ }).click();
  await own.getByRole('button', { name: 'Add a region' }).click();
  const routes = window.getByRole('table', { name: 'Where the requests of each region go' });
  await expect(routes.getByRole('row').nth(1)).toContainText('United States');
});
