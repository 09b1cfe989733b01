import { planDocument } from '../document/document';
import { redoLabel, undoLabel } from '../document/history';
import { confirmClose, invoke, listen } from '../host/host';
import { noticeFailure, noticeNote, noticeProblem } from '../host/notices';
import { performCommand } from './app-commands';
import { goToPlan, reopenPlan } from './navigation';
import { keepPanels } from './settings';
import { setView, viewStore } from './view-store';

/** Tells the native menu what undo and redo would do, whenever that changes. */
function followHistory() {
  let last = '';
  const tell = () => {
    const { history } = planDocument.store.getState();
    const input = {
      undo: history && undoLabel(history),
      redo: history && redoLabel(history),
      hasPlan: history !== null,
    };
    const text = JSON.stringify(input);
    if (text === last) return;
    last = text;
    void invoke('menu.state', input);
  };
  planDocument.store.subscribe(tell);
  tell();
}

function settleTyping() {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

function listenToMain() {
  listen('command', ({ id }) => {
    performCommand(id);
  });
  listen('planOpened', ({ id }) => {
    void goToPlan(id);
  });
  listen('notice', ({ level, message }) => {
    if (level === 'problem') noticeProblem(message);
    else noticeNote(message);
  });
  listen('closing', () => {
    settleTyping();
    void planDocument.flush().finally(confirmClose);
  });
}

/** Brings the window to where it was left: colours, the open plan, and what the start had to tell. */
export async function start(): Promise<void> {
  keepPanels();
  listenToMain();
  followHistory();
  const settings = await invoke('settings.get', null);
  if (!settings.ok) {
    noticeFailure(settings.error);
    setView({ screen: 'library' });
    return;
  }
  const { colorScheme, paper, openPlanId } = settings.value;
  setView({ colorScheme, paper });
  // A file that was double-clicked may have opened a plan meanwhile; it comes first.
  if (openPlanId !== null && planDocument.store.getState().id === null) {
    await reopenPlan(openPlanId);
  } else if (viewStore.getState().screen === 'starting') {
    setView({ screen: 'library' });
  }
  const info = await invoke('app.info', null);
  if (info.ok && info.value.startupNotice !== null) noticeProblem(info.value.startupNotice);
}
