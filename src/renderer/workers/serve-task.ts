import type { Task, TaskNews, TaskOrder, TaskPort } from './task';

/** Longest time without looking for a message, such as a cancellation. */
const sliceMs = 12;
/** Shortest time between two partial answers; the first comes at once. */
const partialEveryMs = 80;

/**
 * Lets a worker answer runs of one task: partial answers on the way, the whole at the end, silence after a cancellation and while
 * a run is held. `pause` gives waiting messages their turn.
 */
export function serveTask<Request, Partial, Answer>(
  port: TaskPort,
  task: Task<Request, Partial, Answer>,
  nowMs: () => number = () => performance.now(),
  pause: () => Promise<void> = nextTurn,
): void {
  let current = 0;
  let held: Promise<void> | null = null;
  let letGo = (): void => undefined;
  const tell = (news: TaskNews<Partial, Answer>): void => port.postMessage(news);

  async function perform(run: number, request: Request): Promise<void> {
    const steps = task(request);
    let lastPartialMs = Number.NEGATIVE_INFINITY;
    let sliceStartMs = nowMs();
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done === true) {
        tell({ kind: 'done', run, answer: step.value });
        return;
      }
      const now = nowMs();
      if (step.value !== null && now - lastPartialMs >= partialEveryMs) {
        lastPartialMs = now;
        tell({ kind: 'partial', run, partial: step.value() });
      }
      if (now - sliceStartMs < sliceMs) continue;
      await pause();
      const wasHeld = held !== null;
      await held;
      if (run !== current) return;
      sliceStartMs = nowMs();
      // Whoever lets a run go on knows the partial answer from before.
      if (wasHeld) lastPartialMs = sliceStartMs;
    }
  }

  function hold(): void {
    held = new Promise((resolve) => {
      letGo = () => {
        held = null;
        resolve();
      };
    });
  }

  port.addEventListener('message', ({ data }) => {
    const order = data as TaskOrder<Request>;
    if (order.kind !== 'run' && order.run !== current) return;
    letGo();
    if (order.kind === 'hold') hold();
    if (order.kind === 'cancel') current = 0;
    if (order.kind !== 'run') return;
    current = order.run;
    perform(order.run, order.request).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      tell({ kind: 'failed', run: order.run, message });
    });
  });
}

/** Resolves after the messages that are waiting now. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
