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
  /**
   * Makes the worker and lets it compute the beginning of a run that nobody hears, so that the first run waits neither for its
   * code nor for the compiler. Nothing where a run is under way.
   */
  warm(request: Request): void;
}

/** News after which the compiler knows the code of a task. */
const warmNews = 2;

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

  function start(request: Request, next: TaskListener<Partial, Answer>): void {
    run += 1;
    listener = next;
    send({ kind: 'run', run, request });
  }

  function cancel(): void {
    if (listener === null) return;
    listener = null;
    send({ kind: 'cancel', run });
  }

  return {
    start,
    cancel,
    warm(request) {
      if (listener !== null) return;
      let news = 0;
      const onPartial = () => {
        news += 1;
        if (news === warmNews) cancel();
      };
      start(request, { onPartial, onDone: ignore, onFailed: ignore });
    },
  };
}

function ignore(): void {
  // A run that only warms up has nobody to tell.
}
