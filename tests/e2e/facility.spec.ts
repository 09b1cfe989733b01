import { expect, test } from './support/app';

test(
  'the Cluster section draws the fabric, tells it as a table, and sorts the bill of materials',
  { tag: '@clipboard' },
  async ({ launchApp }) => {
    const { app, window } = await launchApp();
    await window.getByRole('button', { name: /^Llama 3 405B/ }).click();
    await window.getByRole('tab', { name: 'Cluster' }).click();

    const message = '16,384 accelerators on 1,280 switches in three tiers, non-blocking';
    await expect(window.getByRole('img', { name: message })).toBeVisible();
    const figure = window.getByRole('figure', { name: message });
    await figure.getByRole('button', { name: 'Show as table' }).click();
    await expect(figure.getByRole('row', { name: 'Spine to core 16,384 512 256' })).toBeVisible();

    const bill = window.getByRole('table', { name: /^Bill of materials/ });
    await bill.getByRole('button', { name: 'Quantity' }).click();
    await expect(bill.getByRole('columnheader', { name: 'Quantity' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    await expect(bill.getByRole('rowheader').first()).toHaveText('Switch, out-of-band management');
    await bill.getByRole('button', { name: 'Quantity' }).click();
    await expect(bill.getByRole('rowheader').first()).toHaveText(/^Transceiver, 2/);

    await window
      .getByRole('button', { name: /^Copy or export the table “Bill of materials/ })
      .click();
    await window.getByRole('menuitem', { name: 'Copy table' }).click();
    await expect(window.getByText('The table was copied.')).toBeVisible();
    const copied = await app.evaluate(({ clipboard }) => clipboard.readText());
    expect(copied).toMatch(/^Item\tQuantity\tSpares\tUnit price \(USD\)\tUnit price, low/);
    expect(copied).toMatch(/\nQM9700, core\t256\t6\t36000\t36000\t/);
  },
);

test('oversubscription and the power of a rack change the fabric and the racks at once', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window.getByRole('button', { name: /^Llama 3 405B/ }).click();
  await window.getByRole('tab', { name: 'Cluster' }).click();
  const retype = async (label: string, text: string): Promise<void> => {
    const input = window.getByRole('textbox', { name: label, exact: true });
    await input.fill(text);
    await input.press('Enter');
  };
  const tile = (label: string) =>
    window.getByRole('main').getByRole('group', { name: label, exact: true });

  await expect(tile('Racks of nodes')).toContainText('512');
  await retype('Power per rack', '22 kW');
  await expect(tile('Racks of nodes')).toContainText('1,024');
  await retype('Oversubscription', '3');
  await expect(window.getByRole('img', { name: /oversubscribed 3 : 1/ })).toBeVisible();
  await expect(window.getByText('is oversubscribed').first()).toBeVisible();
});

test('the drawing of the fabric is zoomed by keys, buttons and wheel, and moved by dragging', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window.getByRole('button', { name: /^Llama 3 405B/ }).click();
  await window.getByRole('tab', { name: 'Cluster' }).click();
  const drawing = window.getByRole('group', { name: /^Drawing of the fabric/ });
  const zoom = window.getByRole('status', { name: 'Zoom' });
  const seen = () => drawing.getByRole('img').getAttribute('viewBox');

  await drawing.focus();
  await window.keyboard.press('+');
  await expect(zoom).toHaveText('150 %');
  await expect(drawing.getByText('pods alike')).toBeVisible();
  for (const key of '++++') await window.keyboard.press(key);
  await expect(drawing.getByText('pods alike')).toHaveCount(0);
  const before = await seen();
  await window.keyboard.press('ArrowRight');
  await expect.poll(seen).not.toBe(before);
  await window.keyboard.press('0');
  await expect(zoom).toHaveText('100 %');
  await expect(drawing.getByText('pods alike')).toBeVisible();

  await window.getByRole('button', { name: 'Zoom in' }).click();
  await expect(zoom).toHaveText('150 %');
  const box = await drawing.boundingBox();
  if (box === null) throw new Error('The drawing is not on the page.');
  const [x, y] = [box.x + box.width / 2, box.y + 60];
  await window.mouse.move(x, y);
  await window.mouse.down();
  await window.mouse.move(x + 500, y);
  await window.mouse.up();
  expect(await seen()).toMatch(/^0 /);
  // Pressed on, the drawing has the focus: now the wheel zooms it instead of scrolling the page.
  await window.mouse.move(x, y);
  await window.mouse.wheel(0, -400);
  await expect(zoom).not.toHaveText('150 %');
  await window.getByRole('button', { name: 'Show all' }).click();
  await expect(zoom).toHaveText('100 %');
});
