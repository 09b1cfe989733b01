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

  describe('prepared', () => {
    /** A client of a task that notes what it counts. */
    function prepared(stepMs = 100) {
      const counted: number[] = [];
      const orders: string[] = [];
      const [inside, outside] = line();
      function* noteAndCount(last: number): ReturnType<typeof countTo> {
        const steps = countTo(last);
        for (let step = steps.next(); ; step = steps.next()) {
          if (step.done) return step.value;
          counted.push(step.value?.() ?? Number.NaN);
          yield step.value;
        }
      }
      inside.addEventListener('message', ({ data }) => {
        orders.push((data as { kind: string }).kind);
      });
      serveTask(inside, noteAndCount, clock(stepMs));
      const client = createTaskClient<number, number, string>(() => outside);
      const run = (last: number): Heard => {
        const partials: number[] = [];
        const end = new Promise<string>((resolve) => {
          client.start(last, {
            onPartial: (at) => partials.push(at),
            onDone: resolve,
            onFailed: (message) => resolve(`failed: ${message}`),
          });
        });
        return { partials, end };
      };
      return { client, counted, orders, run };
    }

    const until = (holds: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => (holds() ? resolve() : void setImmediate(look));
        look();
      });

    it('computes a beginning and holds it', async () => {
      const { client, counted, orders } = prepared();
      client.prepare(12);
      await until(() => orders.length === 2);
      expect(orders).toEqual(['run', 'hold']);
      const soFar = [...counted];
      await new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
      expect(counted).toEqual(soFar);
      expect(counted.length).toBeLessThan(12);
    });

    it('goes on from its beginning, of which the first news comes at once', async () => {
      const { client, counted, orders, run } = prepared();
      client.prepare(12);
      await until(() => orders.includes('hold'));
      const { partials, end } = run(12);
      expect(partials.length).toBe(1);
      expect(await end).toBe('counted to 12');
      expect(partials.at(-1)).toBe(12);
      expect(counted).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    });

    it('goes on without being held where it is started at once', async () => {
      const { client, counted, orders, run } = prepared();
      client.prepare(12);
      expect(await run(12).end).toBe('counted to 12');
      expect(counted.length).toBe(12);
      expect(orders).toEqual(['run']);
    });

    it('gives way to another run, even while it is held', async () => {
      const { client, counted, orders, run } = prepared();
      client.prepare(12);
      await until(() => orders.includes('hold'));
      const { partials, end } = run(3);
      client.prepare(7);
      expect(await end).toBe('counted to 3');
      expect(partials).toEqual([1, 2, 3]);
      expect(counted.slice(-3)).toEqual([1, 2, 3]);
      expect(counted.length).toBeLessThan(12);
      expect(orders).toEqual(['run', 'hold', 'run']);
    });

    it('is prepared anew where another run becomes likely', async () => {
      const { client, counted, orders, run } = prepared();
      client.prepare(12);
      client.prepare(5);
      client.prepare(5);
      await until(() => orders.includes('hold'));
      expect(await run(5).end).toBe('counted to 5');
      expect(counted.slice(-5)).toEqual([1, 2, 3, 4, 5]);
      expect(orders.filter((order) => order === 'run').length).toBe(2);
    });

    it('answers at once where the beginning was the whole', async () => {
      const { client, counted, run } = prepared(0.001);
      client.prepare(12);
      await until(() => counted.length === 12);
      // The answer is on its way behind the last number.
      await new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
      expect(await run(12).end).toBe('counted to 12');
      expect(counted.length).toBe(12);
      expect(await run(12).end).toBe('counted to 12');
      expect(counted.length).toBe(24);
    });

    it('tells why it fails to whoever starts it', async () => {
      const { client, counted, run } = prepared(0.001);
      client.prepare(20);
      await until(() => counted.length === 12);
      expect(await run(20).end).toBe('failed: Thirteen is not counted.');
    });
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
