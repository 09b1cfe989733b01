import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app';
import { answerDialogs } from './support/bridge';

const template = /^Llama 3 405B/;

/** Opens the catalogue on the template plan, as the keyboard does. */
async function openCatalogue(window: Page): Promise<void> {
  await window.getByRole('button', { name: template }).click();
  await expect(window.getByRole('tab', { name: 'Overview' })).toBeVisible();
  await window.keyboard.press('Control+Shift+C');
  await expect(window.getByRole('heading', { name: 'Accelerators' })).toBeVisible();
}

test('parts are found, opened with their sources, compared and drawn', async ({ launchApp }) => {
  const { window } = await launchApp();
  await openCatalogue(window);
  const list = window.getByRole('table', { name: 'Accelerators' });
  await window.getByRole('searchbox', { name: 'Search this shelf' }).fill('sxm h200');
  await expect(list.getByRole('rowheader')).toHaveText(['H200 SXM 141GB']);
  await list.getByRole('button', { name: 'H200 SXM 141GB' }).click();
  const details = window.getByRole('region', { name: 'Details of H200 SXM 141GB' });
  await expect(details.getByText('Peak rates are dense: without sparsity.')).toBeVisible();
  const bf16 = details.getByRole('row', { name: /^BF16, dense/ });
  await expect(bf16).toContainText('989 TFLOP/s');
  await expect(bf16.getByRole('link')).toHaveAttribute('href', /^https:/);

  await window.getByRole('checkbox', { name: 'Compare H200 SXM 141GB' }).check();
  await window.getByRole('searchbox', { name: 'Search this shelf' }).fill('h100 sxm5');
  await window.getByRole('checkbox', { name: 'Compare H100 SXM5 80GB' }).check();
  await window.getByText('Compare 2', { exact: true }).click();
  const comparison = window.getByRole('region', { name: 'Comparison' });
  await expect(comparison.getByRole('row', { name: /^Memory 141/ })).toContainText('1.76 ×');
  await expect(comparison.getByRole('row', { name: /^BF16/ })).toContainText('same');
  await comparison.getByRole('switch', { name: 'Differences only' }).click();
  await expect(comparison.getByRole('row', { name: /^BF16/ })).toHaveCount(0);

  await window.getByRole('searchbox', { name: 'Search this shelf' }).fill('');
  await window.getByText('Chart', { exact: true }).click();
  const chart = window.getByRole('figure', { name: /BF16 per dollar of rent/ });
  await expect(chart.getByRole('img')).toBeVisible();
  await chart.getByRole('button', { name: 'Show as table' }).click();
  await expect(chart.getByRole('row', { name: /^H100 SXM5 80GB/ })).toBeVisible();
});

test(
  'a shelf is sorted, copied and exported to real files',
  { tag: '@clipboard' },
  async ({ folder, launchApp }) => {
    const { app, window } = await launchApp();
    await openCatalogue(window);
    const list = window.getByRole('table', { name: 'Accelerators' });
    await list.getByRole('button', { name: 'Power' }).click();
    await list.getByRole('button', { name: 'Power' }).click();
    const heading = list.getByRole('columnheader', { name: 'Power' });
    await expect(heading).toHaveAttribute('aria-sort', 'descending');
    const menu = window.getByRole('button', { name: 'Copy or export the table “Accelerators”' });
    await menu.click();
    await window.getByRole('menuitem', { name: 'Copy table' }).click();
    await expect(window.getByText('The table was copied.')).toBeVisible();
    const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
    const [head = '', ...rows] = copied.split('\r\n');
    expect(head.split('\t').at(-1)).toBe('Power (W)');
    const watts = rows.map((row) => row.split('\t').at(-1)).filter((text) => text !== '');
    expect(watts.length).toBeGreaterThan(50);
    expect(watts.map(Number)).toEqual(watts.map(Number).toSorted((one, other) => other - one));

    const csv = join(folder, 'parts.csv');
    await answerDialogs(app, { save: csv });
    await menu.click();
    await window.getByRole('menuitem', { name: 'Export CSV…' }).click();
    await expect(window.getByText(`The table was written: ${csv}`)).toBeVisible();
    expect(readFileSync(csv, 'utf8').replace('\uFEFF', '').split('\r\n')).toHaveLength(
      rows.length + 1,
    );
    const workbook = join(folder, 'parts.xlsx');
    await answerDialogs(app, { save: workbook });
    await menu.click();
    await window.getByRole('menuitem', { name: 'Export XLSX…' }).click();
    await expect(window.getByText(`The table was written: ${workbook}`)).toBeVisible();
    expect(readFileSync(workbook).subarray(0, 2).toString()).toBe('PK');
  },
);

test('a part of one’s own is used in the plan and is there after a restart', async ({
  launchApp,
}) => {
  const first = await launchApp();
  const { window } = first;
  await openCatalogue(window);
  await window.getByRole('button', { name: 'Systems' }).click();
  await window.getByRole('button', { name: 'DGX H100', exact: true }).click();
  await window.getByRole('button', { name: 'Duplicate and edit…' }).click();
  const form = window.getByRole('dialog');
  await form.getByRole('textbox', { name: 'Name' }).fill('Our box');
  const power = form.getByRole('textbox', { name: 'Power, rated maximum (kW)' });
  await power.fill('-3');
  await form.getByRole('button', { name: 'Save part' }).click();
  await expect(form.getByText('The value is negative.')).toBeVisible();
  await power.fill('11.5');
  await form.getByRole('textbox', { name: 'Note' }).fill('Quote of November');
  await form.getByRole('button', { name: 'Save part' }).click();
  const details = window.getByRole('region', { name: 'Details of Our box' });
  await expect(details.getByRole('row', { name: /rated maximum/ })).toContainText('entered');
  await expect(details.getByText('Quote of November')).toBeVisible();
  await details.getByRole('button', { name: /^Add a cluster in/ }).click();
  await expect(window.getByRole('treeitem', { name: /Our box/ }).first()).toBeVisible();
  await expect(window.getByRole('status').getByText('Saved')).toBeVisible();
  await first.close();

  const second = await launchApp({ userData: first.userData });
  await expect(second.window.getByRole('treeitem', { name: /Our box/ }).first()).toBeVisible();
  await second.window.keyboard.press('Control+Shift+C');
  await second.window.getByRole('button', { name: 'Systems' }).click();
  await second.window.getByRole('switch', { name: 'Your own only' }).click();
  await expect(second.window.getByRole('rowheader', { name: /Our box/ })).toContainText('Your own');
});

test('a long file of parts keeps its good lines and names the bad ones', async ({
  folder,
  launchApp,
}) => {
  const { window } = await launchApp();
  await openCatalogue(window);
  const lines = Array.from({ length: 100_000 }, (_, at) =>
    at % 100 === 0
      ? `accelerator,part-${String(at)},Part ${String(at)},h100-sxm,650`
      : `accelerator,part-${String(at)},Part,h100-sxm,"-${String(at)}`,
  );
  const path = join(folder, 'own.csv');
  writeFileSync(path, ['kind,id,name,based_on,power', ...lines].join('\n'));
  const chooser = window.waitForEvent('filechooser');
  await window.getByRole('button', { name: 'CSV' }).click();
  await window.getByRole('menuitem', { name: 'Import parts…' }).click();
  await (await chooser).setFiles(path);
  const report = window.getByRole('dialog', { name: '1000 parts were kept; 99000 problems' });
  await expect(report.getByText('Line 3: A quotation mark is not closed')).toBeVisible();
  await expect(report.getByText('98800 more problems are not listed.')).toBeVisible();
  await report.getByRole('button', { name: 'Close' }).click();
  await window.getByRole('switch', { name: 'Your own only' }).click();
  await expect(window.getByText(/^1000 of \d+ entries/)).toBeVisible();
});

test('by keyboard alone: shelf, search, entry, comparison', async ({ launchApp }) => {
  const { window } = await launchApp();
  await openCatalogue(window);
  await window.getByRole('button', { name: 'Regions and grids' }).focus();
  await window.keyboard.press('Enter');
  const search = window.getByRole('searchbox', { name: 'Search this shelf' });
  await search.focus();
  await window.keyboard.type('a');
  const links = window.locator('[data-entry]');
  await links.first().focus();
  await window.keyboard.press('ArrowDown');
  await expect(links.nth(1)).toBeFocused();
  await window.keyboard.press('Enter');
  await expect(window.getByRole('region', { name: /^Details of/ })).toBeVisible();
  await window.keyboard.press('Shift+Tab');
  await window.keyboard.press('Space');
  await expect(window.getByRole('checkbox', { checked: true })).toHaveCount(1);
});
