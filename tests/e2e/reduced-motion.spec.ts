import { expect, test } from './support/app';

test('with reduced motion every text takes the colour of the scheme that is switched to', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  await window.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await window.getByRole('button', { name: /^8-GPU lab node/ }).click();
  await window.getByRole('tab', { name: 'Training' }).click();
  const heading = window.getByRole('heading', { name: 'Training', exact: true });
  for (const colorScheme of ['dark', 'light', 'dark', 'light', 'dark'] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(window.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    const [own, ofBody] = await heading.evaluate(async (element) => {
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
      return [getComputedStyle(element).color, getComputedStyle(document.body).color];
    });
    expect(own, colorScheme).toBe(ofBody);
  }
});
