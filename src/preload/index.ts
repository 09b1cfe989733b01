import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '@shared/ipc/contract';

/** The window's only way out: three functions, each bound to names of its own, so no other channel can be reached. */
const bridge: Bridge = {
  invoke: (channel, input) => ipcRenderer.invoke('clusterwright:invoke', channel, input),
  on: (event, listener) => {
    const channel = `clusterwright:event:${event}`;
    const forward = (_event: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on(channel, forward);
    ipcRenderer.send('clusterwright:listening', event);
    return () => {
      ipcRenderer.off(channel, forward);
    };
  },
  closeConfirmed: () => {
    ipcRenderer.send('clusterwright:close-confirmed');
  },
};

contextBridge.exposeInMainWorld('clusterwright', bridge);
