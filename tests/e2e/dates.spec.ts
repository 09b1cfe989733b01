import { expect, test } from './support/app';

test('a day is typed with its month in letters, and what could be two days is refused', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window.getByRole('button', { name: /^Three sites/ }).click();
  await window.getByRole('tab', { name: 'Timeline' }).click();
  const start = window.getByRole('textbox', { name: 'Start' });
  await expect(start).toHaveValue('1 Jan 2027');

  await start.fill('11/12/2027');
  await expect(window.getByText(/could be two days/)).toBeHidden();
  await start.press('Enter');
  await expect(window.getByText(/could be two days/)).toBeVisible();
  await start.press('Escape');
  await expect(start).toHaveValue('1 Jan 2027');

  await start.fill('2027-03-05');
  await start.press('Enter');
  await expect(start).toHaveValue('5 Mar 2027');
  await expect(window.getByText('Ordered on 5 Mar 2027.', { exact: false })).toBeVisible();
  await window.keyboard.press('Control+z');
  await expect(window.getByText('Ordered on 1 Jan 2027.', { exact: false })).toBeVisible();
});
