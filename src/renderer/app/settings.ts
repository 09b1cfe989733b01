import type { Paper } from '@shared/ipc/contract';
import { invoke } from '../host/host';
import { noticeFailure } from '../host/notices';
import { setView, viewStore, type ColorScheme, type Panel } from './view-store';

/** Chooses and remembers the colours. */
export async function setColorScheme(colorScheme: ColorScheme): Promise<void> {
  setView({ colorScheme });
  const saved = await invoke('settings.set', { colorScheme });
  if (!saved.ok) noticeFailure(saved.error);
}

/** Chooses and remembers the paper of exported reports. */
export async function setPaper(paper: Paper): Promise<void> {
  setView({ paper });
  const saved = await invoke('settings.set', { paper });
  if (!saved.ok) noticeFailure(saved.error);
}

const panelsKey = 'clusterwright.hiddenPanels';
const panels: readonly Panel[] = ['outline', 'inspector', 'checks'];

/** Hidden panels belong to this window alone, so the page keeps them, not the database. */
export function keepPanels(): void {
  const stored = (localStorage.getItem(panelsKey) ?? '').split(',');
  setView({ hiddenPanels: panels.filter((panel) => stored.includes(panel)) });
  viewStore.subscribe(({ hiddenPanels }, before) => {
    if (hiddenPanels !== before.hiddenPanels) {
      localStorage.setItem(panelsKey, hiddenPanels.join(','));
    }
  });
}
