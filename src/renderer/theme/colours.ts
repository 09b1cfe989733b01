import type { MantineColorsTuple } from '@mantine/core';

/** Neutral greys with a slight blue cast: surfaces, hairlines and text in both schemes. */
export const slate: MantineColorsTuple = [
  '#f7f9fa',
  '#eff2f4',
  '#e1e6ea',
  '#ced5db',
  '#a9b4bd',
  '#7e8b96',
  '#5b6874',
  '#414d58',
  '#2a343d',
  '#182028',
];

/** The dark scheme's scale as Mantine expects it: 0 is text, 6 inputs, 7 the body. */
export const dark: MantineColorsTuple = [
  '#e4e9ed',
  '#c3ccd4',
  '#97a3ae',
  '#6f7c88',
  '#3a4651',
  '#2d3841',
  '#222b33',
  '#161c22',
  '#11161b',
  '#0c1014',
];

/** The one accent, a deep teal: actions, selection, the thing that is looked at. */
export const teal: MantineColorsTuple = [
  '#e7f6f6',
  '#cfeaea',
  '#a0d5d6',
  '#6cbec0',
  '#40a6aa',
  '#1f9096',
  '#0b7a81',
  '#086970',
  '#07565c',
  '#05434a',
];

/**
 * Categorical chart colours, in order of use. Neighbours differ in hue and in lightness, so that they stay apart for the
 * common colour-vision deficiencies and in grey print; each has a contrast of at least 3:1 against its scheme's surface.
 */
export const chartColours = {
  light: [
    '#0b7a81',
    '#c2570c',
    '#3b4cb8',
    '#a8377e',
    '#5d7a17',
    '#7a4a21',
    '#2f7fc4',
    '#6a5a99',
    '#7b8790',
    '#b3261e',
  ],
  dark: [
    '#3fb6bb',
    '#f0964a',
    '#8c9bf5',
    '#e67fbd',
    '#a5c252',
    '#c99a6a',
    '#6db4f0',
    '#b3a3e3',
    '#8f9ba5',
    '#f28b82',
  ],
} as const;

/** What a finding means, as text and as a tint behind it. Light, then dark. */
export const semanticColours = {
  problem: { light: ['#b3261e', '#fcedeb'], dark: ['#f28b82', '#3a1d1b'] },
  warning: { light: ['#8a5300', '#fdf3df'], dark: ['#f1b755', '#362913'] },
  note: { light: ['#1f5fa8', '#eaf2fb'], dark: ['#84b8f0', '#172a3d'] },
  success: { light: ['#1e6b3c', '#e8f5ec'], dark: ['#76cc94', '#16301f'] },
} as const;
