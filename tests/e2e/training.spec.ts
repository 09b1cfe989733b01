import { expect, test } from './support/app';

test('searches layouts in the running app, applies one, undoes it, and shows accuracy and launch settings', async ({
  launchApp,
}) => {
  const { window, app } = await launchApp();
  await window
    .getByRole('button', { name: /Llama 3 405B/ })
    .first()
    .click();
  await window.getByRole('tab', { name: 'Training' }).click();
  const search = window.getByRole('region', { name: 'Layout search' });

  await search.getByRole('button', { name: 'Search layouts' }).click();
  await expect(search.getByRole('table', { name: 'Best layouts' })).toBeVisible();
  await expect(search.getByRole('status')).toContainText('Complete:', { timeout: 60_000 });
  await expect(search.getByRole('table', { name: 'Why not' })).toContainText('TP');

  await search.getByRole('button', { name: 'Apply' }).first().click();
  await expect(search.getByRole('note')).toHaveCount(0);
  const undo = window.getByRole('button', { name: /^Undo/ });
  await undo.click();

  const launch = window.getByRole('region', { name: 'Launch settings' });
  await expect(launch).toContainText('--tensor-model-parallel-size 8');
  await launch.getByRole('tab', { name: 'DeepSpeed' }).click();
  await expect(launch).toContainText('"autotp_size": 8');
  await launch.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(window.getByText('What starts DeepSpeed was copied.')).toBeVisible();
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
  expect(JSON.parse(copied)).toMatchObject({ train_batch_size: 2048 });

  await window.getByRole('button', { name: 'How accurate is this?' }).click();
  await expect(window.getByRole('dialog')).toContainText('published runs');
});

test('a search that is cancelled keeps what it found', async ({ launchApp }) => {
  const { window } = await launchApp();
  await window
    .getByRole('button', { name: /Llama 3 405B/ })
    .first()
    .click();
  await window.getByRole('tab', { name: 'Training' }).click();
  const search = window.getByRole('region', { name: 'Layout search' });
  await search.getByLabel('Objective').first().click();
  await window.getByRole('option', { name: 'Cheapest' }).click();
  await search.getByRole('button', { name: 'Search layouts' }).click();
  await expect(search.getByRole('table', { name: 'Best layouts' })).toBeVisible();
  // Rows keep arriving and move the button: a pointer that waits for it to stand still comes after the end.
  await search.getByRole('button', { name: 'Cancel search' }).dispatchEvent('click');
  await expect(search.getByRole('status')).toContainText('Cancelled after');
  await expect(search.getByRole('table', { name: 'Best layouts' })).toBeVisible();
});
