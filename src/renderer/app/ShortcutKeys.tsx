import { useWindowEvent } from '@mantine/hooks';
import { appCommands, performCommand } from './app-commands';
import { isShortcut } from './shortcut';

/** Turns key presses into commands. A handled key is not handed on, so that the native menu does not act twice. */
export function ShortcutKeys() {
  useWindowEvent('keydown', (event) => {
    if (event.defaultPrevented) return;
    const command = appCommands.find((candidate) =>
      candidate.shortcuts.some((shortcut) => isShortcut(shortcut, event)),
    );
    if (command && performCommand(command.id)) event.preventDefault();
  });
  return null;
}
