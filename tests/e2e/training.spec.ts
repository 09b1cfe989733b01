import { expect, test } from './support/app';

test(
  'searches layouts in the running app, applies one, undoes it, and shows accuracy and launch settings',
  { tag: '@clipboard' },
  async ({ launchApp }) => {
    const { app, window } = await launchApp();
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
    await launch.getByRole('button', { name: 'Copy settings' }).click();
    await expect(window.getByText('The settings were copied.')).toBeVisible();
    const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
    expect(JSON.parse(copied)).toMatchObject({ train_batch_size: 2048 });

    await window.getByRole('button', { name: 'How accurate is this?' }).click();
    await expect(window.getByRole('dialog')).toContainText('published runs');
  },
);

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

test('the charts of a training job are reachable by keyboard, and each has its table', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window
    .getByRole('button', { name: /DeepSeek-V3/ })
    .first()
    .click();
  await window.getByRole('tab', { name: 'Training' }).click();
  const timeline = window.getByRole('figure', {
    name: /^DualPipe: .* of a step is pipeline bubble, 16 stages, 120 micro-batches$/,
  });
  await expect(timeline).toBeVisible();
  const panel = window.getByRole('tabpanel', { name: 'Training' });
  const frames = await panel.getByRole('figure').all();
  const tables: string[] = [];
  for (const frame of frames) {
    await frame.getByRole('button', { name: 'Show as table' }).focus();
    await window.keyboard.press('Enter');
    tables.push(await frame.getByRole('table').first().innerText());
    await window.keyboard.press('Enter');
    await expect(frame.getByRole('button', { name: 'Show as table' })).toBeFocused();
  }
  const columns = [
    'Waiting in the pipeline',
    'Efficiency',
    'Days at low',
    'Together',
    'Lost per hour',
  ];
  for (const column of columns) {
    expect(tables.filter((table) => table.includes(column))).toHaveLength(1);
  }
  expect(tables.join()).toContain('Between interruptions of one accelerator');
});

test('degrees and a schedule are fixed by keyboard, and the search keeps to them', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window
    .getByRole('button', { name: /Llama 3 405B/ })
    .first()
    .click();
  await window.getByRole('tab', { name: 'Training' }).click();
  const search = window.getByRole('region', { name: 'Layout search' });
  await search.getByText('Fix degrees').focus();
  await window.keyboard.press('Enter');
  await search.getByRole('textbox', { name: 'TP', exact: true }).fill('4');
  await search.getByRole('combobox', { name: 'Schedule' }).focus();
  await window.keyboard.press('ArrowDown');
  await window.getByRole('option', { name: 'Zero bubble (ZB-H1)' }).click();
  await expect(search.getByText('Fix degrees: 2 fixed')).toBeVisible();
  await search.getByRole('button', { name: 'Search layouts' }).click();
  await expect(search.getByRole('status')).toContainText('Complete:', { timeout: 60_000 });
  const rows = search.getByRole('table', { name: 'Best layouts' }).getByRole('row');
  await expect(rows.nth(1)).toContainText('TP 4 ·');
  await expect(rows.nth(1)).toContainText('Zero bubble (ZB-H1)');
  await search.getByRole('button', { name: 'Apply' }).first().click();
  await expect(window.getByRole('combobox', { name: 'Pipeline schedule' })).toHaveValue(
    'Zero bubble (ZB-H1)',
  );
  await expect(window.getByRole('img', { name: /^Zero bubble \(ZB-H1\): / })).toBeVisible();
  const launch = window.getByRole('region', { name: 'Launch settings' });
  await expect(launch).toContainText('Zero-bubble schedules do not exist here');
});

test('a degree that cannot be says why at its field, which keeps its name, the focus and what was typed', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window
    .getByRole('button', { name: /Llama 3 405B/ })
    .first()
    .click();
  await window.getByRole('tab', { name: 'Training' }).click();
  const stages = window.getByRole('textbox', { name: 'Pipeline parallel', exact: true });
  for (const wrong of ['0', '-1', '1.5', '']) {
    await stages.fill(wrong);
    await expect(stages).toHaveAccessibleDescription('Enter a whole number, 1 or more.');
    await expect(stages).toBeFocused();
    await expect(stages).toHaveValue(wrong);
  }
  await stages.fill('1e30');
  await stages.press('Tab');
  await expect(stages).toHaveAccessibleDescription('Enter at most 1,000,000,000.');
  await stages.press('Escape');
  await expect(stages).toHaveValue('16');
  await stages.press('ArrowUp');
  await expect(stages).toHaveValue('17');
  await stages.fill('200');
  await expect(stages).toHaveAccessibleDescription('');
  await expect(stages).toHaveValue('200');
  // What was refused does not come back with the value that it stood beside.
  await stages.fill('-1');
  // Steps at one field are undone together.
  await window.getByRole('button', { name: /^Undo/ }).click();
  await expect(stages).toHaveValue('16');
  await window.getByRole('button', { name: /^Redo/ }).click();
  await expect(stages).toHaveValue('200');
  await expect(stages).toHaveAccessibleDescription('');
});
