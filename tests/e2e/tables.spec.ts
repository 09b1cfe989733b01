import type { Page } from '@playwright/test';
import { expect, test } from './support/app';

interface FoundTable {
  readonly caption: string;
  readonly rows: number;
  readonly headings: number;
  readonly sortable: number;
  readonly menus: number;
}

/** Every table that is in the page, with what can be done with it. */
async function tablesOf(window: Page): Promise<FoundTable[]> {
  return window.getByRole('table').evaluateAll((tables) =>
    tables.map((table) => {
      const caption = table.querySelector('caption')?.textContent ?? '';
      const headings = [...table.querySelectorAll('thead th')];
      const name = `Copy or export the table “${caption}”`;
      const buttons = [...table.ownerDocument.querySelectorAll('button')];
      return {
        caption,
        rows: table.querySelectorAll('tbody tr').length,
        headings: headings.length,
        sortable: headings.filter((heading) => heading.querySelector('button')).length,
        menus: buttons.filter((button) => button.getAttribute('aria-label') === name).length,
      };
    }),
  );
}

test('every table of every screen of a plan is sorted, copied and exported', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window.getByRole('button', { name: /^Llama 3 405B/ }).click();
  const tabs = window.getByRole('tablist').first().getByRole('tab');
  await expect(tabs.first()).toBeVisible();
  const names = await tabs.allTextContents();
  expect(names).toEqual(expect.arrayContaining(['Cluster', 'Training', 'Cost', 'Energy']));
  let walked = 0;
  for (const name of names) {
    await window.getByRole('tab', { name, exact: true }).click();
    await expect(window.getByRole('tab', { name, exact: true })).toHaveAttribute(
      'aria-selected',
      'true',
    );
    const charts = window.getByRole('button', { name: 'Show as table' });
    while ((await charts.count()) > 0) await charts.first().click();
    for (const table of await tablesOf(window)) {
      const where = `${name}: ${table.caption}`;
      expect(table.caption, where).not.toBe('');
      expect(table.menus, where).toBeGreaterThan(0);
      if (table.rows > 1) expect(table.sortable, where).toBe(table.headings);
      walked += 1;
    }
  }
  expect(walked).toBeGreaterThan(10);

  const menus = window.getByRole('button', { name: /^Copy or export the table/ });
  await menus.first().click();
  for (const item of ['Copy table', 'Export CSV…', 'Export XLSX…']) {
    await expect(window.getByRole('menuitem', { name: item })).toBeVisible();
  }
});
