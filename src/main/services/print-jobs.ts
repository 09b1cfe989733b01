import type { Plan } from '@engine/plan';
import type { Handlers, Paper } from '@shared/ipc/contract';
import { failure, type Result, success } from '@shared/result';

/** What a hidden print window is to show. */
export interface PrintJob {
  readonly plan: Plan;
  readonly paper: Paper;
  readonly printedAt: string;
}

interface PendingJob {
  readonly job: PrintJob;
  readonly settle: (result: Result<null>) => void;
}

/** Matches print windows with their jobs: each window asks for its own job and says when it is drawn. */
export class PrintJobs {
  readonly #pending = new Map<number, PendingJob>();

  /** Resolves when the window says it is drawn, when it fails, or when the deadline passes. */
  waitUntilDrawn(windowId: number, job: PrintJob, deadlineMs: number): Promise<Result<null>> {
    return new Promise((resolve) => {
      const deadline = setTimeout(() => {
        this.fail(
          windowId,
          `the report was not drawn within ${Math.round(deadlineMs / 1_000)} seconds`,
        );
      }, deadlineMs);
      const settle = (result: Result<null>) => {
        clearTimeout(deadline);
        this.#pending.delete(windowId);
        resolve(result);
      };
      this.#pending.set(windowId, { job, settle });
    });
  }

  /** The window cannot draw any more: it crashed or its page did not load. */
  fail(windowId: number, why: string): void {
    this.#pending
      .get(windowId)
      ?.settle(failure('internal', `The PDF was not made: ${why}. The plan is kept; try again.`));
  }

  readonly handlers: Pick<Handlers, 'print.job' | 'print.ready'> = {
    'print.job': (_input, { windowId }) => {
      const pending = this.#pending.get(windowId);
      return pending === undefined ? noJob : success(pending.job);
    },
    'print.ready': ({ problem }, { windowId }) => {
      const pending = this.#pending.get(windowId);
      if (pending === undefined) return noJob;
      if (problem === null) pending.settle(success(null));
      else this.fail(windowId, problem.replace(/\.$/, ''));
      return success(null);
    },
  };
}

const noJob = failure('not found', 'This window has nothing to print.');
