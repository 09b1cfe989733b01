import { createStore } from 'zustand/vanilla';
import type { Plan } from '@engine/plan';
import type { OpenPlan } from '@shared/ipc/contract';
import { success, type Result } from '@shared/result';
import type { Invoke } from '../host/host';
import { createAutosave, type Autosave, type SaveState } from './autosave';
import type { Command } from './commands/command';
import {
  endTyping,
  record,
  redo,
  redoLabel,
  startHistory,
  undo,
  undoLabel,
  type Change,
  type History,
} from './history';

export interface DocumentState {
  readonly id: string | null;
  readonly history: History | null;
  readonly save: SaveState;
}

interface Options {
  readonly invoke: Invoke;
  readonly nowMs: () => number;
}

const closed: DocumentState = { id: null, history: null, save: { kind: 'saved', revision: 0 } };

/** The open plan with its history, saved after every change. One at a time; opening another flushes the first. */
export function createDocumentStore({ invoke, nowMs }: Options) {
  const store = createStore<DocumentState>(() => closed);
  let autosave: Autosave | null = null;
  /** counts what is asked to be open: an answer that comes after a newer wish is dropped */
  let wish = 0;

  function show({ id, plan, revision }: OpenPlan) {
    wish += 1;
    autosave?.stop();
    autosave = createAutosave({
      revision,
      save: (request) => invoke('plan.save', { id, ...request }),
      onState: (save) => store.setState({ save }),
    });
    store.setState({ id, history: startHistory(plan), save: { kind: 'saved', revision } });
  }

  /** Saves what is pending; true when nothing is left unsaved. */
  async function flush(): Promise<boolean> {
    return autosave ? autosave.flush() : true;
  }

  function move(next: (history: History) => History, label: string) {
    const { history } = store.getState();
    if (!history) return;
    const moved = next(history);
    if (moved === history) return;
    store.setState({ history: moved });
    autosave?.add(moved.present, label);
  }

  function change(describe: (plan: Plan) => Omit<Change, 'atMs'>) {
    const { history } = store.getState();
    if (!history) return;
    const step = describe(history.present);
    move((before) => record(before, { ...step, atMs: nowMs() }), step.label);
  }

  return {
    store,
    show,
    flush,

    /** Opens a stored plan once the current one is saved. A failure, or a plan that is opened meanwhile, leaves that one open. */
    async open(id: string): Promise<Result<null>> {
      const mine = (wish += 1);
      await flush();
      const opened = await invoke('plan.open', { id });
      if (!opened.ok) return opened;
      if (mine === wish) show(opened.value);
      return success(null);
    },

    async close(): Promise<void> {
      wish += 1;
      await flush();
      autosave?.stop();
      autosave = null;
      store.setState(closed);
    },

    perform<Args>(command: Command<Args>, args: Args) {
      change((plan) => ({
        plan: command.apply(plan, args),
        label: command.label(plan, args),
        mergeKey: command.mergeKey?.(args) ?? null,
      }));
    },

    /** Enter, or leaving a field: the next change is a step of its own, however soon it comes. */
    endTyping() {
      const { history } = store.getState();
      if (history) store.setState({ history: endTyping(history) });
    },

    /** Takes over a whole plan, such as an older revision, as one undoable step. */
    replace(plan: Plan, label: string) {
      change(() => ({ plan, label, mergeKey: null }));
    },

    undo() {
      const { history } = store.getState();
      const label = history && undoLabel(history);
      if (label !== null) move(undo, `Undo: ${label}`);
    },

    redo() {
      const { history } = store.getState();
      const label = history && redoLabel(history);
      if (label !== null) move(redo, `Redo: ${label}`);
    },

    /** After a conflict: appends this version on top of whatever is newest in the library. */
    async saveOnTop(): Promise<void> {
      const { id } = store.getState();
      if (id === null || !autosave) return;
      const stored = await invoke('plan.open', { id });
      if (!stored.ok) return;
      autosave.rebase(stored.value.revision);
      await autosave.flush();
    },
  };
}
