import { Modal } from '@mantine/core';
import { DataTable } from '../report/chart/DataTable';
import { appCommands } from './app-commands';
import { shortcutText } from './shortcut';
import { setView } from './view-store';

/** Keys that belong to a list or a field rather than to a command. */
const localKeys: readonly (readonly [label: string, key: string])[] = [
  ['Move in the outline and in the library', '↑ ↓'],
  ['Go to the parent, to the first child', '← →'],
  ['Rename', 'F2'],
  ['Remove', 'Delete'],
  ['Take over a value', 'Enter'],
  ['Take back what is being typed', 'Escape'],
];

export function ShortcutsDialog() {
  const commands = appCommands.filter(({ shortcuts }) => shortcuts.length > 0);
  return (
    <Modal
      opened
      onClose={() => setView({ dialog: null })}
      title="Keyboard shortcuts"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <DataTable
        caption="Keyboard shortcuts"
        isCaptionHidden
        columns={[
          { key: 'command', title: 'Command' },
          { key: 'keys', title: 'Keys' },
        ]}
        rows={[
          ...commands.map((command) => [
            command.label(),
            command.shortcuts.map((shortcut) => shortcutText(shortcut)).join(', '),
          ]),
          ...localKeys,
        ]}
      />
    </Modal>
  );
}
