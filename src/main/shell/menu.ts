import { app, Menu, type MenuItemConstructorOptions, shell } from 'electron';
import type { Input } from '@shared/ipc/contract';
import { homepage } from '../services/external-links';
import type { Settings } from '../services/settings';

export interface MenuState {
  readonly history: Input<'menu.state'>;
  readonly colorScheme: Settings['colorScheme'];
}

/** The native menu. Its entries only name a command: what it does, and whether it may, the window knows. */
export function showMenu(state: MenuState, send: (commandId: string) => void): void {
  const command = (
    id: string,
    label: string,
    accelerator?: string,
    more: MenuItemConstructorOptions = {},
  ): MenuItemConstructorOptions => ({
    id,
    label,
    click: () => send(id),
    ...(accelerator === undefined ? {} : { accelerator }),
    ...more,
  });
  const { undo, redo, hasPlan } = state.history;
  const withPlan = { enabled: hasPlan };
  const theme = (scheme: Settings['colorScheme'], label: string): MenuItemConstructorOptions =>
    command(`view.theme.${scheme}`, label, undefined, {
      type: 'radio',
      checked: state.colorScheme === scheme,
    });
  const isMac = process.platform === 'darwin';
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        command('file.new', 'New plan', 'CmdOrCtrl+N'),
        command('file.open', 'Open…', 'CmdOrCtrl+O'),
        { type: 'separator' },
        command('file.saveNow', 'Save', 'CmdOrCtrl+S', withPlan),
        command('file.saveCopy', 'Save a copy…', 'CmdOrCtrl+Shift+S', withPlan),
        command('file.exportPdf', 'Export PDF…', 'CmdOrCtrl+P', withPlan),
        command('model.import', 'Import a model from config.json…', undefined, withPlan),
        { type: 'separator' },
        { role: isMac ? 'close' : 'quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        command('edit.undo', undo === null ? 'Undo' : `Undo ${undo}`, 'CmdOrCtrl+Z', {
          enabled: undo !== null,
        }),
        command('edit.redo', redo === null ? 'Redo' : `Redo ${redo}`, 'CmdOrCtrl+Shift+Z', {
          enabled: redo !== null,
        }),
        { type: 'separator' },
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
      ],
    },
    {
      label: '&View',
      submenu: [
        command('view.library', 'Library'),
        command('view.explore', 'Explore', 'CmdOrCtrl+Shift+E'),
        command('view.catalogue', 'Catalogue', 'CmdOrCtrl+Shift+C'),
        command('view.palette', 'Command palette', 'CmdOrCtrl+K'),
        { type: 'separator' },
        {
          label: 'Theme',
          submenu: [theme('light', 'Light'), theme('dark', 'Dark'), theme('auto', 'As the system')],
        },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' },
        ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
      ],
    },
    {
      label: '&Help',
      role: 'help',
      submenu: [
        { label: 'Source code', click: () => void shell.openExternal(homepage) },
        command('help.about', 'About and licences'),
      ],
    },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
