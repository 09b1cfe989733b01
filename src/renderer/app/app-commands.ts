import { spotlight } from '@mantine/spotlight';
import { planDocument } from '../document/document';
import { redoLabel, undoLabel } from '../document/history';
import { sections } from '../document/sections';
import { saveCopy, saveNow, exportPdf, openFile } from './file-actions';
import {
  backToPlan,
  goToCatalogue,
  goToExplore,
  goToLibrary,
  goToSection,
  openDoor,
} from './navigation';
import { openModelImport } from '../features/model-import/import-store';
import { setColorScheme } from './settings';
import { setView, togglePanel, viewStore, type Panel } from './view-store';

/** Something the user can do from the menu, the palette, a shortcut or a button: one place says what and when. */
export interface AppCommand {
  readonly id: string;
  readonly label: () => string;
  readonly keywords: string;
  /** such as 'mod+shift+S'; null for none */
  readonly shortcuts: readonly string[];
  readonly isEnabled: () => boolean;
  readonly perform: () => void;
}

interface Extra {
  readonly keywords?: string;
  readonly shortcuts?: readonly string[];
  readonly isEnabled?: () => boolean;
}

function command(
  id: string,
  label: string | (() => string),
  perform: () => unknown,
  { keywords = '', shortcuts = [], isEnabled = () => true }: Extra = {},
): AppCommand {
  return {
    id,
    label: typeof label === 'string' ? () => label : label,
    keywords,
    shortcuts,
    isEnabled,
    perform: () => void perform(),
  };
}

function history() {
  return planDocument.store.getState().history;
}

function hasPlan(): boolean {
  return viewStore.getState().screen === 'plan' && history() !== null;
}

function isOn(screen: 'explore' | 'catalogue'): boolean {
  return viewStore.getState().screen === screen;
}

/** A screen beside the open plan is shown. */
function isBeside(): boolean {
  return isOn('explore') || isOn('catalogue');
}

function undoName(): string | null {
  const present = history();
  return present && undoLabel(present);
}

function redoName(): string | null {
  const present = history();
  return present && redoLabel(present);
}

/** What is being typed belongs to the plan before the plan moves. */
function settleTyping() {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

const planOnly = { isEnabled: hasPlan };

const fileCommands: readonly AppCommand[] = [
  command('file.new', 'New plan from a cluster', () => openDoor('cluster'), {
    keywords: 'create start known',
    shortcuts: ['mod+N'],
  }),
  command('file.newFromDemand', 'New plan from a demand', () => openDoor('demand'), {
    keywords: 'create size requirements users',
    shortcuts: ['mod+shift+N'],
  }),
  command('file.open', 'Open a file…', openFile, {
    keywords: 'clusterplan pdf import',
    shortcuts: ['mod+O'],
  }),
  command('file.saveNow', 'Save now', saveNow, { ...planOnly, shortcuts: ['mod+S'] }),
  command('file.saveCopy', 'Save a copy…', saveCopy, {
    ...planOnly,
    keywords: 'export clusterplan file',
    shortcuts: ['mod+shift+S'],
  }),
  command('file.exportPdf', 'Export PDF…', exportPdf, {
    ...planOnly,
    keywords: 'print report',
    shortcuts: ['mod+E', 'mod+P'],
  }),
  command('file.versions', 'Show versions', () => setView({ dialog: 'versions' }), {
    ...planOnly,
    keywords: 'revisions history revert restore',
  }),
];

const modelCommands: readonly AppCommand[] = [
  command('model.import', 'Import a model from config.json…', () => openModelImport(), {
    ...planOnly,
    keywords: 'hugging face architecture own custom add',
  }),
];

const editCommands: readonly AppCommand[] = [
  command(
    'edit.undo',
    () => `Undo ${undoName() ?? ''}`.trim(),
    () => {
      settleTyping();
      planDocument.undo();
    },
    { isEnabled: () => hasPlan() && undoName() !== null, shortcuts: ['mod+Z'] },
  ),
  command(
    'edit.redo',
    () => `Redo ${redoName() ?? ''}`.trim(),
    () => {
      settleTyping();
      planDocument.redo();
    },
    { isEnabled: () => hasPlan() && redoName() !== null, shortcuts: ['mod+shift+Z', 'mod+Y'] },
  ),
];

function panelCommand(panel: Panel, name: string): AppCommand {
  const isHidden = () => viewStore.getState().hiddenPanels.includes(panel);
  return command(
    `view.panel.${panel}`,
    () => `${isHidden() ? 'Show' : 'Hide'} ${name}`,
    () => togglePanel(panel),
    planOnly,
  );
}

const viewCommands: readonly AppCommand[] = [
  command('view.palette', 'Search commands, plans and fields', () => spotlight.toggle(), {
    shortcuts: ['mod+K'],
  }),
  command('view.library', 'Go to the library', goToLibrary, {
    keywords: 'plans home recents',
    isEnabled: () => hasPlan() || isBeside(),
    shortcuts: ['mod+L'],
  }),
  command('view.explore', 'Explore: why AI needs so many GPUs', () => goToExplore(), {
    keywords: 'learn meter world gpu-hours training article',
    isEnabled: () => !isOn('explore'),
    shortcuts: ['mod+shift+E'],
  }),
  command('view.catalogue', 'Catalogue: parts, prices, models and grids', goToCatalogue, {
    keywords: 'accelerators gpus systems switches regions sources compare browse own parts',
    isEnabled: () => !isOn('catalogue'),
    shortcuts: ['mod+shift+C'],
  }),
  command('view.plan', 'Back to the open plan', backToPlan, {
    keywords: 'return',
    isEnabled: () => isBeside() && history() !== null,
  }),
  ...sections.map(({ id, label }, index) =>
    command(`view.section.${id}`, `Go to ${label.toLowerCase()}`, () => goToSection(id), {
      ...planOnly,
      shortcuts: [`mod+${index + 1}`],
    }),
  ),
  panelCommand('outline', 'outline'),
  panelCommand('inspector', 'inspector'),
  panelCommand('checks', 'checks'),
  command('view.theme.light', 'Light colours', () => setColorScheme('light'), {
    keywords: 'theme appearance',
  }),
  command('view.theme.dark', 'Dark colours', () => setColorScheme('dark'), {
    keywords: 'theme appearance',
  }),
  command('view.theme.auto', 'Colours of the system', () => setColorScheme('auto'), {
    keywords: 'theme appearance automatic',
  }),
  command('help.shortcuts', 'Keyboard shortcuts', () => setView({ dialog: 'shortcuts' }), {
    keywords: 'help keys',
    shortcuts: ['mod+/'],
  }),
  command('help.about', 'About Clusterwright', () => setView({ dialog: 'about' }), {
    keywords: 'version licence data location',
  }),
];

export const appCommands: readonly AppCommand[] = [
  ...fileCommands,
  ...modelCommands,
  ...editCommands,
  ...viewCommands,
];

/** Runs a command by its id when it is enabled; true when it ran. */
export function performCommand(id: string): boolean {
  const found = appCommands.find((candidate) => candidate.id === id);
  if (!found?.isEnabled()) return false;
  found.perform();
  return true;
}
