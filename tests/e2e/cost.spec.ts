import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app';
import { answerDialogs } from './support/bridge';

async function openTemplate(window: Page, section: string): Promise<void> {
  await window.getByRole('button', { name: /^Llama 3 405B/ }).click();
  await window.getByRole('tab', { name: section }).click();
}

async function retype(window: Page, label: string, text: string): Promise<void> {
  const input = window.getByRole('textbox', { name: label, exact: true });
  await input.fill(text);
  await input.press('Enter');
}

/** A number of the copied bill: the total of an item, in dollars. */
async function billTotals(window: Page, read: () => Promise<string>): Promise<Map<string, number>> {
  await window
    .getByRole('button', { name: /^Copy or export the table “Bill of materials/ })
    .click();
  await window.getByRole('menuitem', { name: 'Copy table' }).click();
  await expect(window.getByText('The table was copied.').first()).toBeVisible();
  const [head = '', ...rows] = (await read()).split('\r\n');
  const column = head.split('\t').indexOf('Total with spares (USD)');
  return new Map(
    rows.map((row) => {
      const cells = row.split('\t');
      return [cells[0] ?? '', Number(cells[column])];
    }),
  );
}

test(
  'another network changes the bill, and the bill changes the cost',
  { tag: '@clipboard' },
  async ({ launchApp }) => {
    const { app, window } = await launchApp();
    const clipboard = () => app.evaluate(({ clipboard: board }) => board.readText());
    const bought = window.getByRole('row', { name: /^Bought, colocated/ });
    await openTemplate(window, 'Cost');
    const before = await bought.textContent();

    await window.getByRole('tab', { name: 'Cluster' }).click();
    const full = await billTotals(window, clipboard);
    await retype(window, 'Oversubscription', '3');
    await expect(window.getByRole('img', { name: /oversubscribed 3 : 1/ })).toBeVisible();
    const thin = await billTotals(window, clipboard);
    const spines = (bill: Map<string, number>): number =>
      [...bill].reduce((sum, [item, usd]) => (/, spine$/.test(item) ? sum + usd : sum), 0);
    expect(spines(full)).toBeGreaterThan(0);
    expect(spines(thin)).toBeLessThan(spines(full) / 2);

    await window.getByRole('tab', { name: 'Cost' }).click();
    await expect(bought).not.toHaveText(before ?? '');
  },
);

test(
  'a table of costs is sorted, copied, and read back from CSV and XLSX as it was shown',
  { tag: '@clipboard' },
  async ({ folder, launchApp }) => {
    const { app, window } = await launchApp();
    await openTemplate(window, 'Cost');
    const name = 'Every way to get the accelerators';
    const table = window.getByRole('table', { name });
    await table.getByRole('columnheader').getByRole('button', { name: 'Total' }).click();
    await expect(table.getByRole('columnheader', { name: 'Total' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    const menu = window.getByRole('button', { name: `Copy or export the table “${name}”` });
    await menu.click();
    await window.getByRole('menuitem', { name: 'Copy table' }).click();
    await expect(window.getByText('The table was copied.')).toBeVisible();
    const copied = (await app.evaluate(({ clipboard }) => clipboard.readText()))
      .split('\r\n')
      .map((row) => row.split('\t'));
    const totals = copied.slice(1).map(([, usd]) => Number(usd));
    expect(totals.length).toBeGreaterThan(2);
    expect(totals).toEqual(totals.toSorted((one, other) => one - other));

    const csv = join(folder, 'ways.csv');
    await answerDialogs(app, { save: csv });
    await menu.click();
    await window.getByRole('menuitem', { name: 'Export CSV…' }).click();
    await expect(window.getByText(`The table was written: ${csv}`)).toBeVisible();
    const written = readFileSync(csv, 'utf8').replace('\uFEFF', '').split('\r\n');
    const lastOf = (rows: readonly (readonly string[])[]) => rows.slice(1).map((row) => row.at(-1));
    expect(lastOf(written.map((row) => row.split(',')))).toEqual(lastOf(copied));

    const workbook = join(folder, 'ways.xlsx');
    await answerDialogs(app, { save: workbook });
    await menu.click();
    await window.getByRole('menuitem', { name: 'Export XLSX…' }).click();
    await expect(window.getByText(`The table was written: ${workbook}`)).toBeVisible();
    const sheet = execFileSync('unzip', ['-p', workbook, 'xl/worksheets/sheet1.xml'], {
      encoding: 'utf8',
    });
    const numbers = [...sheet.matchAll(/<v>(-?[\d.eE+]+)<\/v>/g)].map(([, value]) => Number(value));
    for (const usd of totals) expect(numbers).toContain(usd);
  },
);

test(
  'a figure of the cost opens its formula, and the formula its source',
  { tag: '@clipboard' },
  async ({ launchApp }) => {
    const { app, window } = await launchApp();
    await openTemplate(window, 'Cluster');
    await window.getByRole('button', { name: 'How Leaf switches is computed' }).click();
    const formula = window.getByRole('dialog', { name: 'How Leaf switches is computed' });
    await expect(formula).toContainText('L = p · q · l');
    await window.keyboard.press('Escape');
    await window
      .getByRole('button', { name: 'How Power to provision for the nodes is computed' })
      .click();
    const power = window.getByRole('dialog', { name: /^How Power to provision/ });
    await expect(power.getByRole('link').first()).toHaveAttribute('href', /^https?:/);
    await power.getByRole('button', { name: 'Copy or export the table “With”' }).click();
    await window.getByRole('menuitem', { name: 'Copy table' }).click();
    await expect(window.getByText('The table was copied.')).toBeVisible();
    await expect(power).toBeVisible();
    const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
    expect(copied).toMatch(/^Symbol\tInput\tValue/);
  },
);

test('a site without power and a price below zero are named, and nothing is lost', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await openTemplate(window, 'Cluster');
  const price = window.getByRole('textbox', { name: 'Purchase price per node', exact: true });
  const before = await price.inputValue();
  await price.fill('-5');
  await price.press('Enter');
  await expect(window.getByText(/^Enter at least 0/)).toBeVisible();
  await price.press('Escape');
  await expect(price).toHaveValue(before);

  await window
    .getByRole('treeitem', { name: /United States/ })
    .first()
    .click();
  await retype(window, 'Power cap', '0');
  await expect(window.getByText('has no power').first()).toBeVisible();
  await window.getByRole('button', { name: /^Undo/ }).first().click();
  await expect(window.getByText('has no power')).toHaveCount(0);
});
