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
   * Makes the worker and lets it compute the beginning of a run that is likely. Nobody hears of it before the run is started:
   * it then goes on from there. Nothing where a run is under way.
   */
  prepare(request: Request): void;
}

/** Partial answers after which a run that is prepared is held: the compiler knows the code of the task by then. */
const preparedNews = 2;

/** The beginning of a run that may be asked for. */
interface Beginning<Partial, Answer> {
  readonly request: string;
  news: number;
  isDone: boolean;
  /** tells the newest that is known */
  tell: (listener: TaskListener<Partial, Answer>) => void;
}

/** The outside of a worker that serves a task. The worker is made with the first run, or before when it is likely, and kept for the next. */
export function createTaskClient<Request, Partial, Answer>(
  open: () => TaskPort,
): TaskClient<Request, Partial, Answer> {
  let port: TaskPort | null = null;
  let run = 0;
  let listener: TaskListener<Partial, Answer> | null = null;
  let beginning: Beginning<Partial, Answer> | null = null;

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

  function begin(request: Request, next: TaskListener<Partial, Answer>): void {
    run += 1;
    listener = next;
    send({ kind: 'run', run, request });
  }

  function start(request: Request, next: TaskListener<Partial, Answer>): void {
    const begun = beginning;
    beginning = null;
    if (begun?.request !== JSON.stringify(request)) {
      begin(request, next);
      return;
    }
    listener = begun.isDone ? null : next;
    begun.tell(next);
    if (begun.news >= preparedNews && !begun.isDone) send({ kind: 'goOn', run });
  }

  function cancel(): void {
    beginning = null;
    if (listener === null) return;
    listener = null;
    send({ kind: 'cancel', run });
  }

  function prepare(request: Request): void {
    if (listener !== null && beginning === null) return;
    const begun: Beginning<Partial, Answer> = {
      request: JSON.stringify(request),
      news: 0,
      isDone: false,
      tell: () => undefined,
    };
    if (begun.request === beginning?.request) return;
    beginning = begun;
    begin(request, {
      onPartial(partial) {
        begun.tell = (heard) => heard.onPartial(partial);
        begun.news += 1;
        if (begun.news === preparedNews) send({ kind: 'hold', run });
      },
      onDone(answer) {
        begun.tell = (heard) => heard.onDone(answer);
        begun.isDone = true;
      },
      onFailed() {
        // Whoever starts the run hears why it fails.
        if (beginning === begun) beginning = null;
      },
    });
  }

  return { start, cancel, prepare };
}
