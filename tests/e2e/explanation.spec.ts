import { expect, test } from './support/app';

test('an explanation walks from a total down to what the plan says and back, by mouse and by keys', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window.getByRole('button', { name: /^Llama 3 405B/ }).click();
  await window.getByRole('tab', { name: 'Energy' }).click();
  await window
    .getByRole('group', { name: 'Emissions per year, location-based' })
    .getByRole('button', { name: /is computed$/ })
    .click();
  const explanation = window.getByRole('dialog', { name: /^How Emissions per year/ });
  const way = explanation.getByRole('navigation', { name: 'Way to this number' });
  await expect(explanation).toContainText('C = E · g / 1000');
  await expect(way).toHaveCount(0);

  await explanation.getByRole('button', { name: 'How Electricity per year is computed' }).click();
  await expect(explanation).toContainText('E = P_IT · PUE · u · 8760 / 1000');
  await expect(way.getByRole('button')).toHaveText(['Emissions per year, location-based']);
  const power = explanation.getByRole('button', { name: 'How IT power under load is computed' });
  await power.focus();
  await window.keyboard.press('Enter');
  await expect(explanation).toContainText('P_IT = Σ nᵢ · pᵢ + A');
  await explanation
    .getByRole('button', { name: 'How Switches, storage and management is computed' })
    .click();
  await expect(explanation).toContainText('A = α · n');
  await expect(way.getByRole('button')).toHaveCount(3);
  // Below stand the plan and the catalogue: nothing is left to open.
  await expect(explanation.getByRole('table').getByRole('button', { name: /^How / })).toHaveCount(
    0,
  );

  await way.getByRole('button', { name: 'Electricity per year' }).click();
  await expect(explanation).toContainText('E = P_IT · PUE · u · 8760 / 1000');
  await expect(way.getByRole('button')).toHaveCount(1);
  await window.keyboard.press('Escape');
  await expect(explanation).toBeHidden();
});
