import { ActionIcon, Kbd, Menu, UnstyledButton } from '@mantine/core';
import {
  IconCheck,
  IconDeviceDesktop,
  IconHelp,
  IconMoon,
  IconSearch,
  IconSun,
} from '@tabler/icons-react';
import { usePlanName } from '../document/document';
import { PlanHeader } from '../features/plan/PlanHeader';
import { performCommand } from './app-commands';
import classes from './app.module.css';
import { Logo } from './Logo';
import { ScreenLinks } from './ScreenLinks';
import { setColorScheme } from './settings';
import { shortcutText } from './shortcut';
import { useView, type ColorScheme } from './view-store';

const icon = { size: '1rem', stroke: 1.75 };

const schemes: readonly (readonly [ColorScheme, string, typeof IconSun])[] = [
  ['light', 'Light', IconSun],
  ['dark', 'Dark', IconMoon],
  ['auto', 'Like the system', IconDeviceDesktop],
];

export function AppHeader() {
  const screen = useView((view) => view.screen);
  const planName = usePlanName();
  const isPlanShown = screen === 'plan' && planName !== null;
  return (
    <header className={classes.header}>
      <span className={classes.brand}>
        <Logo />
        {!isPlanShown && <span>Clusterwright</span>}
      </span>
      {isPlanShown ? <PlanHeader planName={planName} /> : <ScreenLinks />}
      <UnstyledButton
        className={classes.search}
        aria-label="Search commands, plans and fields"
        onClick={() => performCommand('view.palette')}
      >
        <IconSearch size="0.8125rem" stroke={2} aria-hidden />
        <span className={classes.searchText}>Search</span>
        <Kbd>{shortcutText('mod+K')}</Kbd>
      </UnstyledButton>
      <SchemeMenu />
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label="Help">
            <IconHelp {...icon} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => performCommand('help.shortcuts')}>Keyboard shortcuts</Menu.Item>
          <Menu.Item onClick={() => performCommand('help.about')}>About Clusterwright</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}

function SchemeMenu() {
  const chosen = useView((view) => view.colorScheme);
  const [, , ChosenIcon] = schemes.find(([scheme]) => scheme === chosen) ?? schemes[0] ?? [];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label="Colours">{ChosenIcon && <ChosenIcon {...icon} />}</ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map(([scheme, label, Icon]) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon {...icon} />}
            rightSection={scheme === chosen && <IconCheck size="0.875rem" aria-label="chosen" />}
            onClick={() => void setColorScheme(scheme)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
