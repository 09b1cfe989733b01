import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '@mantine/core/styles.layer.css';
import './fonts/fonts.css';
import './base.css';
import { MantineProvider } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { resolveCssVariables } from './css-variables';
import { clusterwrightTheme } from './mantine-theme';

interface ClusterwrightThemeProps {
  readonly colorScheme: 'light' | 'dark' | 'auto';
  readonly children: ReactNode;
}

/**
 * Everything a window needs to look like Clusterwright: fonts, colours, component defaults.
 * Mantine's styles come in a cascade layer, so that a component's own style sheet wins whatever the order of loading.
 */
export function ClusterwrightTheme({ colorScheme, children }: ClusterwrightThemeProps) {
  const systemScheme = useColorScheme('light', { getInitialValueInEffect: false });
  return (
    <MantineProvider
      theme={clusterwrightTheme}
      forceColorScheme={colorScheme === 'auto' ? systemScheme : colorScheme}
      cssVariablesResolver={resolveCssVariables}
    >
      {children}
    </MantineProvider>
  );
}
