import type { ReplicaSetup, RequestStream } from '@engine/simulation/types';

/** When the slow replica gave the first and the last token of every request. */
export interface SlowAnswer {
  readonly firstToken: readonly number[];
  readonly finish: readonly number[];
  readonly steps: number;
}

interface Running {
  readonly request: number;
  left: number;
  context: number;
}

/**
 * One replica that puts prompts first, simulated one step at a time and without any of the short cuts of the fast one: no
 * runs of steps, no heaps, no sums kept up to date. What both say must agree.
 */
export function simulateSlowly(setup: ReplicaSetup, stream: RequestStream): SlowAnswer {
  const requests = stream.arrival.length;
  const firstToken = new Array<number>(requests).fill(Number.NaN);
  const finish = new Array<number>(requests).fill(Number.NaN);
  let running: Running[] = [];
  let time = 0;
  let steps = 0;
  let arrived = 0;
  let done = 0;
  const line: number[] = [];
  const takeArrivals = (): void => {
    while (arrived < requests && (stream.arrival[arrived] ?? Infinity) <= time) {
      line.push(arrived);
      arrived += 1;
    }
  };
  const end = (request: number): void => {
    finish[request] = time;
    done += 1;
  };
  while (done < requests) {
    takeArrivals();
    if (line.length === 0 && running.length === 0) {
      time = stream.arrival[arrived] ?? Infinity;
      continue;
    }
    steps += 1;
    const prompts = promptsThatFit(setup, stream, line, running);
    if (prompts.length > 0) {
      const tokens = prompts.reduce((sum, request) => sum + (stream.input[request] ?? 0), 0);
      time += setup.times.prefill(prompts.length, tokens);
      for (const request of prompts) {
        line.shift();
        firstToken[request] = time;
        const left = (stream.output[request] ?? 0) - 1;
        if (left === 0) end(request);
        else running.push({ request, left, context: (stream.input[request] ?? 0) + 1 });
      }
      continue;
    }
    const context = running.reduce((sum, one) => sum + one.context, 0) / running.length;
    time += setup.times.decode(running.length, context + 0.5);
    for (const one of running) {
      one.left -= 1;
      one.context += 1;
      if (one.left === 0) end(one.request);
    }
    running = running.filter(({ left }) => left > 0);
  }
  return { firstToken, finish, steps };
}

function promptsThatFit(
  setup: ReplicaSetup,
  stream: RequestStream,
  line: readonly number[],
  running: readonly Running[],
): number[] {
  const chosen: number[] = [];
  let tokens = 0;
  for (const request of line) {
    const prompt = stream.input[request] ?? 0;
    if (running.length + chosen.length >= setup.largestBatch) break;
    if (tokens > 0 && tokens + prompt > setup.tokenBudget) break;
    chosen.push(request);
    tokens += prompt;
    if (tokens >= setup.tokenBudget) break;
  }
  return chosen;
}
