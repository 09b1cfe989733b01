import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/app';

/** Explore, opened by keyboard and drawn to its last chapter. */
async function openExplore(window: Page): Promise<Locator> {
  await window.keyboard.press('Control+Shift+E');
  const main = window.getByRole('main');
  await expect(main.getByRole('heading', { name: 'Glossary' })).toBeAttached();
  return main;
}

interface Stop {
  readonly tag: string;
  readonly role: string;
  readonly name: string;
  /** the middle of the focused element is inside the window, below its header and above its foot */
  readonly isSeen: boolean;
  /** something is drawn around it, or in it, that says where the focus is */
  readonly isMarked: boolean;
  /** the focus has been here before */
  readonly isAgain: boolean;
}

/** What holds the focus now; null where nothing does. */
async function focused(window: Page): Promise<Stop | null> {
  return window.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return null;
    const labelled = (element.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .flatMap((id) => document.getElementById(id)?.textContent ?? []);
    const labels = 'labels' in element ? [...((element.labels as NodeList | null) ?? [])] : [];
    const name =
      element.getAttribute('aria-label') ||
      labelled.join(' ') ||
      labels.map((label) => label.textContent).join(' ') ||
      element.textContent ||
      element.title;
    const isAgain = 'stop' in element.dataset;
    element.dataset['stop'] = 'seen';
    const box = element.getBoundingClientRect();
    const middle = box.top + Math.min(box.height, innerHeight) / 2;
    const marks = [
      element,
      element.parentElement,
      ...(element.parentElement?.children ?? []),
    ].filter((candidate): candidate is HTMLElement => candidate instanceof HTMLElement);
    return {
      tag: element.tagName,
      role: element.getAttribute('role') ?? element.getAttribute('type') ?? '',
      name: name.trim(),
      isAgain,
      isSeen: middle > 0 && middle < innerHeight,
      isMarked: marks.some((mark) => {
        const style = getComputedStyle(mark);
        return style.outlineStyle !== 'none' || style.boxShadow !== 'none' || mark.matches('input');
      }),
    };
  });
}

/** Presses Tab until the focus has gone round, and tells every place where it stopped. */
async function walk(window: Page): Promise<Stop[]> {
  const stops: Stop[] = [];
  const most = 600;
  while (stops.length < most) {
    await window.keyboard.press('Tab');
    const stop = await focused(window);
    if (stop === null || stop.isAgain) return stops;
    stops.push(stop);
  }
  throw new Error(`After ${most} stops the page has no end: is the focus held somewhere?`);
}

test('the keyboard alone reaches everything in Explore, in view and by name', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  const main = await openExplore(window);
  await expect(main.getByRole('slider')).toHaveCount(26);
  const stops = await walk(window);

  expect(stops.filter(({ name }) => name === '')).toEqual([]);
  expect(stops.filter(({ isSeen }) => !isSeen)).toEqual([]);
  expect(stops.filter(({ isMarked }) => !isMarked)).toEqual([]);
  const names = stops.filter(({ role }) => role === 'slider').map(({ name }) => name);
  const sliders = await main
    .getByRole('slider')
    .evaluateAll((all) => all.map((slider) => slider.getAttribute('aria-label')));
  expect(names).toEqual(sliders);
  expect(stops.filter(({ name }) => /as a plan$/.test(name)).length).toBeGreaterThanOrEqual(6);
});

test('headings of Explore go down one level at a time, each chapter a region of its own', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  const main = await openExplore(window);
  const levels = await main
    .getByRole('heading')
    .evaluateAll((all) => all.map((heading) => Number(heading.tagName.slice(1))));
  expect(levels[0]).toBe(1);
  for (const [index, level] of levels.entries()) {
    expect(level - (levels[index - 1] ?? 0), `heading ${index}`).toBeLessThanOrEqual(1);
  }
  const rail = await main.getByRole('navigation').getByRole('link').allInnerTexts();
  expect(rail).toHaveLength(8);
  for (const chapter of rail) {
    await expect(main.getByRole('region', { name: chapter, exact: true })).toHaveCount(1);
  }
});

test('by keyboard alone a reader goes to a chapter, turns its numbers and takes them along', async ({
  launchApp,
}) => {
  const { window } = await launchApp();
  const main = await openExplore(window);
  await main.getByRole('link', { name: 'Training large models' }).focus();
  await window.keyboard.press('Enter');
  await expect(main.getByRole('heading', { name: 'Training large models' })).toBeFocused();
  const reach = async (role: string, name: RegExp): Promise<void> => {
    for (let press = 0; press < 40; press += 1) {
      await window.keyboard.press('Tab');
      const stop = await focused(window);
      if (stop !== null && (stop.role === role || stop.tag === role) && name.test(stop.name))
        return;
    }
    throw new Error(`${name} was not reached.`);
  };
  await reach('slider', /H100 accelerators/);
  const slider = main.getByRole('slider', { name: 'H100 accelerators' });
  const before = await slider.getAttribute('aria-valuetext');
  await window.keyboard.press('ArrowLeft');
  await expect(slider).not.toHaveAttribute('aria-valuetext', before ?? '');
  // The slider moves first, what follows from it a little later.
  const fewer = (await slider.getAttribute('aria-valuetext')) ?? '';
  await expect(
    main.getByRole('img', { name: new RegExp(`^Llama 3\\.1 405B takes .* on ${fewer} H100`) }),
  ).toBeVisible();
  const days = main.getByRole('group', { name: 'Time to train' }).first();
  const shown = /[\d.,]+/.exec((await days.innerText()).split('\n')[1] ?? '')?.[0];
  await reach('BUTTON', /as a plan$/);
  await window.keyboard.press('Enter');
  await expect(window.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  const opened = window.getByRole('group', { name: 'Time to train' }).first();
  await expect(opened).toContainText(shown ?? 'no number');
});
