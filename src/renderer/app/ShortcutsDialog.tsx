import { Kbd, Modal, Table } from '@mantine/core';
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
      <Table>
        <Table.Tbody>
          {commands.map((command) => (
            <Table.Tr key={command.id}>
              <Table.Td>{command.label()}</Table.Td>
              <Table.Td ta="right">
                {command.shortcuts.map((shortcut) => (
                  <Kbd key={shortcut} ml={4}>
                    {shortcutText(shortcut)}
                  </Kbd>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
          {localKeys.map(([label, key]) => (
            <Table.Tr key={label}>
              <Table.Td>{label}</Table.Td>
              <Table.Td ta="right">
                <Kbd>{key}</Kbd>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
