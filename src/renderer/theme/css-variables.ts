import type { CSSVariablesResolver } from '@mantine/core';
import { chartColours, semanticColours, slate, dark } from './colours';

type Scheme = 'light' | 'dark';

const surfaces: Readonly<Record<Scheme, Readonly<Record<string, string>>>> = {
  light: {
    '--cw-surface': '#ffffff',
    '--cw-surface-raised': '#ffffff',
    '--cw-surface-sunken': slate[0],
    '--cw-hairline': slate[2],
    '--cw-hairline-strong': slate[3],
    '--cw-text': slate[9],
    '--cw-text-secondary': '#53606b',
    '--cw-accent': '#07666c',
    '--cw-accent-tint': '#e7f6f6',
    '--cw-track': slate[1],
  },
  dark: {
    '--cw-surface': dark[7],
    '--cw-surface-raised': '#1b222a',
    '--cw-surface-sunken': dark[8],
    '--cw-hairline': dark[5],
    '--cw-hairline-strong': dark[4],
    '--cw-text': dark[0],
    '--cw-text-secondary': dark[2],
    '--cw-accent': '#54bfc4',
    '--cw-accent-tint': '#12333a',
    '--cw-track': dark[6],
  },
};

/** The application's own custom properties, next to those that Mantine derives from the theme. */
export const resolveCssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: schemeVariables('light'),
  dark: schemeVariables('dark'),
});

function schemeVariables(scheme: Scheme): Record<string, string> {
  const chart = chartColours[scheme].map((colour, index) => [`--cw-chart-${index + 1}`, colour]);
  const semantic = Object.entries(semanticColours).flatMap(([name, colours]) => [
    [`--cw-${name}`, colours[scheme][0]],
    [`--cw-${name}-tint`, colours[scheme][1]],
  ]);
  return {
    ...surfaces[scheme],
    ...(Object.fromEntries([...chart, ...semantic]) as Record<string, string>),
    '--mantine-color-body': surfaces[scheme]['--cw-surface'] ?? '',
    '--mantine-color-text': surfaces[scheme]['--cw-text'] ?? '',
    '--mantine-color-dimmed': surfaces[scheme]['--cw-text-secondary'] ?? '',
    '--mantine-color-placeholder': scheme === 'light' ? '#6b7883' : dark[2],
    '--mantine-color-error': semanticColours.problem[scheme][0],
    '--mantine-color-anchor': surfaces[scheme]['--cw-accent'] ?? '',
    '--mantine-color-default-border': surfaces[scheme]['--cw-hairline-strong'] ?? '',
  };
}
