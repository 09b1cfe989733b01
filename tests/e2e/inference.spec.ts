import { expect, test } from './support/app';
import type { Page } from '@playwright/test';

/** Opens the template of the chat fleet at its service. */
async function openService(window: Page): Promise<void> {
  await window.getByRole('button', { name: /^Chat fleet for 20,000/ }).click();
  await window.getByRole('tab', { name: 'Inference' }).click();
  await expect(window.getByText(/^\d+ GPUs = \d+ replicas × /)).toBeVisible();
}

test('a tighter target changes the headline and the curve’s table', async ({ launchApp }) => {
  const { window } = await launchApp();
  await openService(window);
  const headline = window.getByText(/^\d+ GPUs = \d+ replicas × /);
  await expect(headline).toContainText('users per replica');
  const before = await headline.textContent();
  const target = window.getByRole('textbox', { name: 'Time per output token', exact: true });
  await target.fill('25');
  await target.press('Enter');
  await expect(headline).not.toHaveText(before ?? '');

  const curve = window
    .getByRole('figure')
    .filter({ hasText: 'the best of every tensor-parallel degree' });
  await curve.getByRole('button', { name: 'Show as table' }).click();
  const rows = curve.getByRole('row');
  await expect(rows.first()).toContainText('Tensor parallel');
  expect(await rows.count()).toBeGreaterThan(8);
});

test('a simulation runs, is shown in the report, and can be cancelled', async ({ launchApp }) => {
  const { window } = await launchApp();
  await openService(window);
  const simulation = window.getByRole('region', { name: 'Simulation' });
  await simulation.getByLabel('Requests', { exact: true }).selectOption('10000');
  await simulation.getByRole('button', { name: 'Run simulation' }).click();
  await expect(simulation.getByRole('status')).toHaveText('Complete.');
  const table = simulation.getByRole('table', { name: /^Simulated: 10,000 requests at random/ });
  await expect(table.getByRole('row', { name: /^Time to first token/ })).toContainText('ms');
  await simulation.getByRole('button', { name: 'Show in the report' }).click();
  await expect(simulation).toContainText('In the report: 10,000 requests');
  await window.getByRole('button', { name: /^Undo/ }).click();
  await expect(simulation).not.toContainText('In the report');

  await simulation.getByLabel('Requests', { exact: true }).selectOption('200000');
  await simulation.getByLabel('A node fails halfway').check();
  await simulation.getByRole('button', { name: 'Run simulation' }).click();
  await simulation.getByRole('button', { name: 'Cancel simulation' }).click();
  await expect(simulation.getByRole('status')).toHaveText('Cancelled. Nothing was kept.');
  await expect(simulation.getByRole('table')).toHaveCount(0);
});

test('a trace is kept with the plan and simulated again after a restart; no trace is named', async ({
  launchApp,
}) => {
  const { window, userData, close } = await launchApp();
  await openService(window);
  const simulation = window.getByRole('region', { name: 'Simulation' });
  const input = simulation.locator('input[type="file"]');
  await input.setInputFiles({
    name: 'letter.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('name,colour\nrose,red\n'),
  });
  await expect(simulation).toContainText(/letter\.csv, line 1: .*names no columns/);
  await input.setInputFiles({
    name: 'trace.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('time,input,output\n0,200,50\n1,300,60\n2,100,20\n'),
  });
  await expect(simulation).not.toContainText('letter.csv');
  await simulation.getByRole('button', { name: 'Run simulation' }).click();
  const table = (page: Page) =>
    page.getByRole('table', { name: /^Simulated: the 3 requests of trace\.csv, seed 1/ });
  await expect(table(window)).toBeVisible();
  const numbers = await table(window).textContent();
  await simulation.getByRole('button', { name: 'Show in the report' }).click();
  await expect(simulation).toContainText(/In the report: the 3\srequests of trace\.csv/);
  await input.setInputFiles({
    name: 'year.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(Array.from({ length: 20_001 }, (_, row) => `${row},20,9`).join('\n')),
  });
  await expect(simulation).toContainText(
    /year\.csv has 20,001\srequests; a plan keeps at most 20,000\srequests\./,
  );
  await expect(window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await close();

  const reopened = (await launchApp({ userData })).window;
  await reopened.getByRole('tab', { name: 'Inference' }).click();
  await reopened.getByRole('button', { name: 'Run that of the report' }).click();
  await expect(table(reopened)).toBeVisible();
  expect(await table(reopened).textContent()).toBe(numbers);
});

test(
  'launch commands of the planned replicas are copied',
  { tag: '@clipboard' },
  async ({ launchApp }) => {
    const { app, window } = await launchApp();
    await openService(window);
    const launch = window.getByRole('region', { name: 'Launch settings' });
    await expect(launch).toContainText('vllm serve CHECKPOINT');
    await launch.getByRole('tab', { name: 'llama.cpp' }).click();
    await launch.getByRole('button', { name: 'Copy settings' }).click();
    await expect(window.getByText('The settings were copied.')).toBeVisible();
    const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
    expect(copied).toContain('llama-server --model CHECKPOINT.gguf');
    expect(copied).toMatch(/--parallel \d+/);
  },
);

test('a day’s requests become a plan with the cluster that needs the fewest accelerators', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window.getByRole('button', { name: 'I know my demand' }).click();
  const dialog = window.getByRole('dialog', { name: 'New plan' });
  await dialog.getByText('Requests a day', { exact: true }).click();
  const requests = dialog.getByRole('textbox', { name: 'Requests per day', exact: true });
  await requests.fill('25M');
  await requests.press('Tab');
  await dialog.getByLabel('Ranked by').selectOption('accelerators');
  const answers = dialog.getByRole('table', { name: 'Clusters, fewest accelerators first' });
  await expect(answers.getByRole('radio').first()).toBeChecked();
  expect(await answers.getByRole('radio').count()).toBeGreaterThan(30);
  // What a target costs is told in what the answers are ranked by.
  await expect(dialog).toContainText(/%\sless, \d+\saccelerators .*instead of \d+\saccelerators/s);
  await dialog.getByLabel('Ranked by').selectOption('power');
  await expect(dialog).toContainText(/%\sless, [\d.]+\skW .*instead of [\d.]+\skW/s);
  await dialog.getByLabel('Ranked by').selectOption('accelerators');
  const server = answers.getByRole('radio', { name: /^Choose Server with 8 × L40S/ });
  await server.check();
  await dialog.getByRole('button', { name: /^Create plan with Server with 8 × L40S/ }).click();
  await window.getByRole('tab', { name: 'Inference' }).click();
  await expect(window.getByText(/^[\d,]+ GPUs = [\d,]+ replicas? × /)).toBeVisible();
  await expect(window.getByText('Problem', { exact: true })).toHaveCount(0);
});

test('users by region make a fleet that says what a lost site costs, by keyboard', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window.getByRole('button', { name: /^Chat fleet for 20,000/ }).click();
  const place = window.getByRole('button', { name: 'Place the users by region' });
  await place.focus();
  await window.keyboard.press('Enter');
  await expect(window.getByLabel('Requests go to')).toBeVisible();
  await window.getByRole('tab', { name: 'Inference' }).focus();
  await window.keyboard.press('Enter');
  const lost = window.getByRole('table', { name: 'What is no longer served' });
  await expect(lost.getByRole('row').nth(1)).toContainText('20,000 of Chat with Llama 3.1 70B');
});
