import type { Plan } from '@engine/plan';
import type { Failure, Result } from '@shared/result';

export type SaveState =
  | { readonly kind: 'saved'; readonly revision: number }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'saving' }
  | { readonly kind: 'failed'; readonly failure: Failure };

export interface SaveRequest {
  readonly baseRevision: number;
  readonly plan: Plan;
  readonly label: string;
}

export interface Autosave {
  /** Takes a plan to be saved; changes within the coalescing time become one revision. */
  add(plan: Plan, label: string): void;
  /** Saves what is pending now; resolves with whether everything is saved. */
  flush(): Promise<boolean>;
  /** Continues on top of another newest revision, after a conflict. */
  rebase(revision: number): void;
  /** Drops what is pending: the document is no longer this one's business. */
  stop(): void;
}

export interface AutosaveOptions {
  readonly revision: number;
  readonly save: (request: SaveRequest) => Promise<Result<{ revision: number }>>;
  readonly onState: (state: SaveState) => void;
}

const coalesceMs = 400;
const firstRetryMs = 1_000;
const longestRetryMs = 30_000;

/** Label of a revision that holds several changes: the last, and how many came before it. */
function revisionLabel(labels: readonly string[]): string {
  const distinct = [...new Set(labels)];
  const last = (distinct.at(-1) ?? 'Edit').slice(0, 160);
  return distinct.length > 1 ? `${last} and ${distinct.length - 1} more` : last;
}

/**
 * Saves every change as a revision: in order, never two at once, and never given up. After a failure the newest plan
 * is kept and tried again, at growing intervals and at every further change.
 */
export function createAutosave({ revision, save, onState }: AutosaveOptions): Autosave {
  let baseRevision = revision;
  let pending: { plan: Plan; labels: string[] } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let running: Promise<boolean> | null = null;
  let retryMs = firstRetryMs;
  let isStopped = false;

  function schedule(delayMs: number) {
    timer ??= setTimeout(() => {
      timer = null;
      void run();
    }, delayMs);
  }

  function unschedule() {
    if (timer !== null) clearTimeout(timer);
    timer = null;
  }

  async function saveOnce(): Promise<boolean> {
    if (!pending) return true;
    const taken = pending;
    pending = null;
    onState({ kind: 'saving' });
    const label = revisionLabel(taken.labels);
    const result = await save({ baseRevision, plan: taken.plan, label });
    if (isStopped) return result.ok;
    if (result.ok) {
      baseRevision = result.value.revision;
      retryMs = firstRetryMs;
      return true;
    }
    pending = keepUnsaved(taken);
    onState({ kind: 'failed', failure: result.error });
    return false;
  }

  /** What could not be saved stays pending, below anything that was changed meanwhile. */
  function keepUnsaved(taken: { plan: Plan; labels: string[] }) {
    const newer = pending;
    return newer ? { plan: newer.plan, labels: [...taken.labels, ...newer.labels] } : taken;
  }

  async function drain(): Promise<boolean> {
    for (;;) {
      unschedule();
      if (!(await saveOnce())) {
        if (!isStopped) schedule(retryMs);
        retryMs = Math.min(retryMs * 2, longestRetryMs);
        return false;
      }
      if (isStopped) return true;
      if (!pending) {
        onState({ kind: 'saved', revision: baseRevision });
        return true;
      }
    }
  }

  function run(): Promise<boolean> {
    running ??= drain().finally(() => {
      running = null;
    });
    return running;
  }

  return {
    add(plan, label) {
      pending = { plan, labels: [...(pending?.labels ?? []), label] };
      if (running) return;
      onState({ kind: 'waiting' });
      // A retry may be far off; a change is a better moment.
      if (retryMs > firstRetryMs) unschedule();
      schedule(coalesceMs);
    },
    async flush() {
      while (running) await running;
      return pending ? run() : true;
    },
    rebase(newest) {
      baseRevision = newest;
      retryMs = firstRetryMs;
    },
    stop() {
      isStopped = true;
      pending = null;
      unschedule();
    },
  };
}
