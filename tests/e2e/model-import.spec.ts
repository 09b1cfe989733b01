import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { test } from './support/app';

const configs = join(import.meta.dirname, '../fixtures/configs');
const kimi = join(configs, 'kimi-k2.json');

async function openTraining(window: Page): Promise<void> {
  await window.getByRole('button', { name: /^Llama 3 405B/ }).click();
  await expect(window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await window.getByRole('tab', { name: 'Training' }).click();
}

async function openImport(window: Page) {
  await window.keyboard.press('ControlOrMeta+k');
  await window
    .getByRole('searchbox')
    .or(window.getByPlaceholder(/Search/))
    .first()
    .fill('import a model');
  await window.keyboard.press('Enter');
  const dialog = window.getByRole('dialog', { name: 'Import a model' });
  await expect(dialog).toBeVisible();
  return dialog;
}

test('a configuration is chosen, previewed, named and trained by the selected job, in one step', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await openTraining(window);
  const dialog = await openImport(window);
  await dialog.locator('input[type="file"]').setInputFiles(kimi);
  await expect(dialog.getByRole('status')).toHaveText('From kimi-k2.json');
  const facts = dialog.getByRole('table', { name: 'What it becomes' });
  await expect(facts.getByRole('row', { name: /^Parameters, counted/ })).toContainText(
    '1.03 trillion',
  );
  await expect(facts.getByRole('row', { name: /^Experts/ })).toContainText('384, 8 per token');
  await dialog.getByText(/^Not used: \d+ fields?$/).click();
  await dialog.getByRole('textbox', { name: 'Name of the model' }).fill('Our Kimi');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden();

  const picker = window.getByRole('combobox', { name: 'Model' });
  await expect(picker).toHaveValue('Our Kimi');
  await expect(window.getByRole('tabpanel', { name: 'Training' })).toContainText('Our Kimi');
  await window.keyboard.press('ControlOrMeta+z');
  await expect(picker).toHaveValue('Llama 3.1 405B');
  await window.keyboard.press('ControlOrMeta+y');
  await expect(picker).toHaveValue('Our Kimi');
});

test('pasted text is read as it is typed, and what is wrong is said field by field', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await openTraining(window);
  const dialog = await openImport(window);
  const text = dialog.getByRole('textbox', { name: 'Text of the config.json' });
  await text.fill('{"model_type": "spaceship"}');
  await expect(dialog.getByRole('alert')).toContainText("model_type 'spaceship' is not one of");
  await text.fill('{"model_type": "llama", "hidden_size": "wide"}');
  await expect(dialog.getByRole('alert')).toContainText('hidden_size needs a whole number');
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toHaveCount(0);
  await text.fill(readFileSync(join(configs, 'glm-4.7.json'), 'utf8'));
  await expect(dialog.getByRole('alert')).toHaveCount(0);
  const name = dialog.getByRole('textbox', { name: 'Name of the model' });
  await name.fill(' ');
  await expect(dialog.getByRole('button', { name: 'Import', exact: true })).toBeDisabled();
  await name.fill('GLM by paste');
  await name.press('Enter');
  await expect(window.getByRole('combobox', { name: 'Model' })).toHaveValue('GLM by paste');
});

test('a configuration dropped on the window opens the dialog, and its model outlives a restart', async ({
  launchApp,
}) => {
  const first = await launchApp();
  await openTraining(first.window);
  const content = readFileSync(join(configs, 'jamba-1.5-mini.json'), 'utf8');
  const transfer = await first.window.evaluateHandle((text) => {
    const data = new DataTransfer();
    data.items.add(new File([text], 'config.json', { type: 'application/json' }));
    return data;
  }, content);
  await first.window.locator('main').first().dispatchEvent('drop', { dataTransfer: transfer });
  const dialog = first.window.getByRole('dialog', { name: 'Import a model' });
  await expect(dialog.getByRole('status')).toHaveText('From config.json');
  await dialog.getByRole('textbox', { name: 'Name of the model' }).fill('Dropped Jamba');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(first.window.getByRole('combobox', { name: 'Model' })).toHaveValue('Dropped Jamba');
  await expect(first.window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await first.close();

  const second = await launchApp({ userData: first.userData });
  await second.window.getByRole('tab', { name: 'Training' }).click();
  await expect(second.window.getByRole('tabpanel', { name: 'Training' })).toContainText(
    'Dropped Jamba',
  );
});

test('an imported model is kept while it runs, removed when it does not, and offered to new plans', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await openTraining(window);
  const dialog = await openImport(window);
  await dialog.locator('input[type="file"]').setInputFiles(kimi);
  await dialog.getByRole('textbox', { name: 'Name of the model' }).fill('Our Kimi');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden();

  const used = await openImport(window);
  await expect(used.getByRole('button', { name: 'Remove Our Kimi' })).toBeDisabled();
  await expect(used).toContainText('run by');
  await window.keyboard.press('Escape');
  await expect(used).toBeHidden();

  await window.keyboard.press('ControlOrMeta+n');
  const door = window.getByRole('dialog', { name: /New plan/ });
  await door.getByRole('combobox', { name: 'Model' }).fill('Our Kimi');
  await expect(window.getByRole('option', { name: /Our Kimi/ })).toBeVisible();
  await window.keyboard.press('Escape');
  await window.keyboard.press('Escape');
  await expect(door).toBeHidden();

  const picker = window.getByRole('combobox', { name: 'Model' });
  await picker.fill('Llama 3.1 8B');
  await window.getByRole('option', { name: /^Llama 3.1 8B/ }).click();
  await expect(picker).toHaveValue('Llama 3.1 8B');
  const unused = await openImport(window);
  await unused.getByRole('button', { name: 'Remove Our Kimi' }).click();
  await expect(unused.getByRole('button', { name: 'Remove Our Kimi' })).toHaveCount(0);
  await window.keyboard.press('Escape');
  await expect(unused).toBeHidden();
  await expect(window.getByRole('button', { name: /^Undo.*Remove Our Kimi/ })).toBeVisible();
});

test('a model imported into a plan that was not opened since the start is offered to new plans', async ({
  launchApp,
}) => {
  const first = await launchApp();
  await openTraining(first.window);
  const dialog = await openImport(first.window);
  await dialog.locator('input[type="file"]').setInputFiles(kimi);
  await dialog.getByRole('textbox', { name: 'Name of the model' }).fill('Our Kimi');
  await dialog.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(dialog).toBeHidden();
  await first.window.getByRole('button', { name: 'Go to the library' }).click();
  await first.window.getByRole('table', { name: 'Plans' }).waitFor();
  await first.close();

  const { window } = await launchApp({ userData: first.userData });
  await window.getByRole('table', { name: 'Plans' }).waitFor();
  await window.keyboard.press('ControlOrMeta+n');
  const door = window.getByRole('dialog', { name: /New plan/ });
  await door.getByRole('combobox', { name: 'Model' }).fill('Our Kimi');
  await window.getByRole('option', { name: /Our Kimi/ }).click();
  await door.getByRole('button', { name: 'Create plan' }).click();
  await window.getByRole('tab', { name: 'Training' }).click();
  await expect(window.getByText('Our Kimi').first()).toBeVisible();
});
