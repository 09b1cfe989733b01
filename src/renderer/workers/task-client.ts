import type { TaskNews, TaskOrder, TaskPort } from './task';

export interface TaskListener<Partial, Answer> {
  readonly onPartial: (partial: Partial) => void;
  readonly onDone: (answer: Answer) => void;
  /** the computation ended with an error */
  readonly onFailed: (message: string) => void;
}

export interface TaskClient<Request, Partial, Answer> {
  /** Starts a run; whatever ran before ends unheard. */
  start(request: Request, listener: TaskListener<Partial, Answer>): void;
  /** Ends the run: nothing more is heard of it. */
  cancel(): void;
  /** Makes the worker, so that the first run does not wait for its code. */
  warm(): void;
}

/** The outside of a worker that serves a task. The worker is made with the first run, or before when it is likely, and kept for the next. */
export function createTaskClient<Request, Partial, Answer>(
  open: () => TaskPort,
): TaskClient<Request, Partial, Answer> {
  let port: TaskPort | null = null;
  let run = 0;
  let listener: TaskListener<Partial, Answer> | null = null;

  function hear(news: TaskNews<Partial, Answer>): void {
    if (news.run !== run || listener === null) return;
    const heard = listener;
    if (news.kind === 'partial') {
      heard.onPartial(news.partial);
      return;
    }
    listener = null;
    if (news.kind === 'done') heard.onDone(news.answer);
    else heard.onFailed(news.message);
  }

  function connected(): TaskPort {
    if (port !== null) return port;
    port = open();
    port.addEventListener('message', ({ data }) => hear(data as TaskNews<Partial, Answer>));
    return port;
  }

  function send(order: TaskOrder<Request>): void {
    connected().postMessage(order);
  }

  return {
    start(request, next) {
      run += 1;
      listener = next;
      send({ kind: 'run', run, request });
    },
    warm() {
      connected();
    },
    cancel() {
      if (listener === null) return;
      listener = null;
      send({ kind: 'cancel', run });
    },
  };
}
