import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import { failure } from '@shared/result';
import type { Route } from '../router';
import { isOwnAddress } from './pages';

export type WindowRole = 'main' | 'print';

/** The windows that may speak to the main process, by the id of their web contents. */
export type KnownWindows = Map<number, WindowRole>;

export interface WindowSignals {
  readonly listening: (windowId: number, event: string) => void;
  readonly closeConfirmed: (windowId: number) => void;
}

/** Connects the windows' messages to the router; a message from anywhere else is turned away. */
export function receiveMessages(route: Route, windows: KnownWindows, signals: WindowSignals): void {
  ipcMain.handle('clusterwright:invoke', (event, channel: unknown, input: unknown) => {
    const role = roleOf(event, windows);
    if (role === null || typeof channel !== 'string' || !isForRole(channel, role)) {
      return failure('invalid input', 'This window may not ask for that.');
    }
    return route(channel, input, { windowId: event.sender.id });
  });
  ipcMain.on('clusterwright:listening', (event, name: unknown) => {
    if (roleOf(event, windows) !== null && typeof name === 'string') {
      signals.listening(event.sender.id, name);
    }
  });
  ipcMain.on('clusterwright:close-confirmed', (event) => {
    if (roleOf(event, windows) === 'main') signals.closeConfirmed(event.sender.id);
  });
}

/** A print window may only ask for its own job; the main window may ask for everything else. */
function isForRole(channel: string, role: WindowRole): boolean {
  return (channel.split('.')[0] === 'print') === (role === 'print');
}

/** The role of the sender: a known window, its main frame, on one of the application's own pages. */
function roleOf(
  event: IpcMainEvent | IpcMainInvokeEvent,
  windows: KnownWindows,
): WindowRole | null {
  const { sender, senderFrame } = event;
  if (senderFrame === null || senderFrame !== sender.mainFrame) return null;
  return isOwnAddress(senderFrame.url) ? (windows.get(sender.id) ?? null) : null;
}
