import { describe, expect, test } from 'vitest';
import { chartColours, semanticColours } from '../../../src/renderer/theme/colours';
import { resolveCssVariables } from '../../../src/renderer/theme/css-variables';
import { DEFAULT_THEME } from '@mantine/core';

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const channels = [1, 3, 5].map(
    (start) => Number.parseInt(colour.slice(start, start + 2), 16) / 255,
  );
  const [red = 0, green = 0, blue = 0] = channels.map((channel) =>
    channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

test('black on white has the contrast that the standard states', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
});

describe.each(['light', 'dark'] as const)('the %s scheme', (scheme) => {
  const variables: Record<string, string> = resolveCssVariables(DEFAULT_THEME)[scheme];
  const colour = (name: string) => {
    const found = variables[name];
    expect(found, name).toMatch(/^#[0-9a-f]{6}$/);
    return found ?? '';
  };
  const surfaces = ['--cw-surface', '--cw-surface-raised', '--cw-surface-sunken'];

  test.each(surfaces)('text and accent are legible on %s', (surface) => {
    for (const text of ['--cw-text', '--cw-text-secondary', '--cw-accent', '--cw-problem']) {
      expect(contrast(colour(text), colour(surface)), text).toBeGreaterThanOrEqual(4.5);
    }
  });

  test.each(Object.keys(semanticColours))('%s is legible on its own tint', (name) => {
    expect(contrast(colour(`--cw-${name}`), colour(`--cw-${name}-tint`))).toBeGreaterThanOrEqual(
      4.5,
    );
  });

  test('every chart colour stands out from the surface and no two are the same', () => {
    expect(new Set(chartColours[scheme]).size).toBeGreaterThanOrEqual(8);
    for (const [index] of chartColours[scheme].entries()) {
      const drawn = colour(`--cw-chart-${index + 1}`);
      expect(contrast(drawn, colour('--cw-surface')), drawn).toBeGreaterThanOrEqual(3);
    }
  });
});
