/**
 * A long computation in pieces: it yields wherever it may pause, with a way to ask what is known so far or null where nothing is
 * new, and returns the whole answer. Requests and answers are plain data, because they pass between threads.
 */
export type Task<Request, Partial, Answer> = (
  request: Request,
) => Generator<(() => Partial) | null, Answer, void>;

/** What is sent to a worker. A new run ends the one before; one that is held stands still until it is to go on. */
export type TaskOrder<Request> =
  | { readonly kind: 'run'; readonly run: number; readonly request: Request }
  | { readonly kind: 'hold' | 'goOn' | 'cancel'; readonly run: number };

/** What a worker sends back, always with the number of the run it belongs to. */
export type TaskNews<Partial, Answer> =
  | { readonly kind: 'partial'; readonly run: number; readonly partial: Partial }
  | { readonly kind: 'done'; readonly run: number; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly run: number; readonly message: string };

/** One end of a line between threads: a worker seen from outside, or the outside seen from a worker. */
export interface TaskPort {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}
