import { describe, expect, it } from 'vitest';
import { serveTask } from '../../../src/renderer/workers/serve-task';
import type { Task, TaskPort } from '../../../src/renderer/workers/task';
import { createTaskClient } from '../../../src/renderer/workers/task-client';

/** Two ends of a line, as a worker and its window have them; messages are cloned and arrive later. */
function line(): readonly [TaskPort, TaskPort] {
  const { port1, port2 } = new MessageChannel();
  for (const port of [port1, port2]) {
    port.start();
    // A port that listens keeps the process alive; a test must not.
    (port as unknown as { unref(): void }).unref();
  }
  return [port1, port2] as unknown as readonly [TaskPort, TaskPort];
}

/** Counts to a number, pausing after each. */
function* countTo(last: number): ReturnType<Task<number, number, string>> {
  for (let at = 1; at <= last; at += 1) {
    if (at === 13) throw new Error('Thirteen is not counted.');
    yield () => at;
  }
  return `counted to ${last}`;
}

/** A clock that moves on by so much with every look at it. */
function clock(stepMs: number): () => number {
  let now = 0;
  return () => (now += stepMs);
}

interface Heard {
  readonly partials: number[];
  readonly end: Promise<string>;
}

function connect(stepMs: number) {
  const [inside, outside] = line();
  serveTask(inside, countTo, clock(stepMs));
  const client = createTaskClient<number, number, string>(() => outside);
  const start = (last: number, onPartial: (at: number) => void = () => undefined): Heard => {
    const partials: number[] = [];
    const end = new Promise<string>((resolve) => {
      client.start(last, {
        onPartial: (at) => {
          partials.push(at);
          onPartial(at);
        },
        onDone: resolve,
        onFailed: (message) => resolve(`failed: ${message}`),
      });
    });
    return { partials, end };
  };
  return { client, start };
}

describe('a task in a worker', () => {
  it('tells what it knows on the way, the first thing at once, and the whole at the end', async () => {
    const { start } = connect(10);
    const { partials, end } = start(12);
    expect(await end).toBe('counted to 12');
    expect(partials[0]).toBe(1);
    expect(partials.length).toBeGreaterThan(1);
    expect(partials).toEqual(partials.toSorted((one, other) => one - other));
  });

  it('does not send every step when steps are quick', async () => {
    const { start } = connect(0.001);
    const { partials, end } = start(12);
    await end;
    expect(partials).toEqual([1]);
  });

  it('says why it failed, and runs again afterwards', async () => {
    const { start } = connect(10);
    expect(await start(20).end).toBe('failed: Thirteen is not counted.');
    expect(await start(2).end).toBe('counted to 2');
  });

  it('warms up before its first run: in silence, and only as far as the second partial answer', async () => {
    const counted: number[] = [];
    const [inside, outside] = line();
    function* noteAndCount(last: number): ReturnType<typeof countTo> {
      for (const step of countTo(last)) {
        counted.push(step?.() ?? Number.NaN);
        yield step;
      }
      return `counted to ${last}`;
    }
    serveTask(inside, noteAndCount, clock(100));
    let made = 0;
    const client = createTaskClient<number, number, string>(() => {
      made += 1;
      return outside;
    });
    client.warm(12);
    // A run of its own takes over; while it is under way there is nothing to warm up.
    const partials: number[] = [];
    const end = new Promise<string>((resolve) => {
      const begin = () => {
        if (counted.length < 2) return void setImmediate(begin);
        client.start(3, {
          onPartial: (at) => partials.push(at),
          onDone: resolve,
          onFailed: resolve,
        });
        client.warm(7);
      };
      begin();
    });
    expect(await end).toBe('counted to 3');
    expect(partials).toEqual([1, 2, 3]);
    expect(counted.length).toBeLessThan(12);
    expect(counted.slice(-3)).toEqual([1, 2, 3]);
    expect(made).toBe(1);
  });

  it('ends warming up by itself', async () => {
    const [inside, outside] = line();
    const orders: unknown[] = [];
    const cancelled = new Promise<void>((resolve) => {
      inside.addEventListener('message', ({ data }) => {
        orders.push((data as { kind: string }).kind);
        if (orders.length === 2) resolve();
      });
    });
    serveTask(inside, countTo, clock(100));
    createTaskClient<number, number, string>(() => outside).warm(12);
    await cancelled;
    expect(orders).toEqual(['run', 'cancel']);
  });

  it('is silent after a cancellation, which arrives between two steps', async () => {
    const { client, start } = connect(100);
    const cancelled = start(10, (at) => {
      if (at === 3) client.cancel();
    });
    let isEnded = false;
    void cancelled.end.then(() => (isEnded = true));
    // A later run on the same line ends after all that the cancelled one could still have sent.
    await new Promise<void>((resolve) => {
      const wait = (): void => {
        if (cancelled.partials.at(-1) === 3) resolve();
        else setImmediate(wait);
      };
      wait();
    });
    expect(await start(5).end).toBe('counted to 5');
    expect(cancelled.partials).toEqual([1, 2, 3]);
    expect(isEnded).toBe(false);
  });

  it('hears only the newest run', async () => {
    const { start } = connect(100);
    const former = start(12);
    const { end } = start(4);
    expect(await end).toBe('counted to 4');
    expect(former.partials).toEqual([]);
  });
});
