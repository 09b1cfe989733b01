import type { LoadedReplica } from '@engine/inference/closed-loop';
import { loadReplica } from '@engine/inference/loaded-replica';
import { operatingPoint } from '@engine/inference/operating-point';
import type { RequestShape } from '@engine/inference/request-shape';
import type { Serving } from '@engine/inference/serving';
import { randomStream } from '@engine/simulation/random';
import { Replica } from '@engine/simulation/replica';
import { RequestBook } from '@engine/simulation/requests';
import { tabulated } from '@engine/simulation/step-table';

/** Users who each send the next request when the last answer has reached them. */
export interface ClosedLoop {
  readonly shape: RequestShape;
  readonly users: number;
  readonly rounds: number;
}

/** Means over all requests, in seconds. */
export interface MeasuredLoop {
  readonly timeToFirstToken: number;
  readonly timePerOutputToken: number;
}

/** What the analytic estimate says of it. */
export function estimatedLoop(
  serving: Serving,
  { shape, users, rounds }: ClosedLoop,
): LoadedReplica {
  return loadReplica(
    serving,
    { ...shape, rounds, isInProcess: true },
    { kind: 'closed loop', users },
  );
}

/** The same step by step, on the replica of the simulation: an answer's end and the next request take the turnaround of the estimate. */
export function simulatedLoop(
  serving: Serving,
  { shape, users, rounds }: ClosedLoop,
  seed = 1,
): MeasuredLoop {
  const { constants } = serving;
  const requests = users * rounds;
  const random = randomStream(seed);
  const spread = shape.hasVariedAnswers ? 1 : (shape.answerSpread ?? 0);
  const drawn = (): number =>
    Math.max(2, Math.round(shape.outputTokens * (1 + spread * (random.uniform() - 0.5))));
  const book = new RequestBook({
    arrival: new Float64Array(requests),
    input: new Int32Array(requests).fill(shape.inputTokens),
    output: Int32Array.from({ length: requests }, drawn),
  });
  book.inFleet = requests;
  const point = operatingPoint(serving, shape, users);
  const turnaround = constants.requestOverheadSeconds + point.handingSeconds;
  const replica = new Replica(
    0,
    {
      times: tabulated(serving),
      policy: constants.mixesPrompts > 0 ? 'chunked prefill' : 'prefill first',
      cacheTokens: 1e9,
      largestBatch: 1e6,
      tokenBudget: constants.prefillTokens * serving.attentionGroups,
      reservedAnswer: 1,
      requestOverhead: 0,
    },
    book,
  );
  const sent = new Float64Array(requests);
  const coming = Array.from({ length: users }, (_, request) => ({ request, at: turnaround }));
  const decoding = new Set<number>();
  let next = Infinity;
  while (coming.length > 0 || next < Infinity) {
    const first = coming[0];
    if (first !== undefined && first.at <= next) {
      coming.shift();
      decoding.add(first.request);
      next = replica.take(first.request, first.at);
      continue;
    }
    const now = next;
    next = replica.proceed(now);
    for (const request of decoding) {
      if (Number.isNaN(book.finish[request])) continue;
      decoding.delete(request);
      const following = request + users;
      if (following >= requests) continue;
      sent[following] = now;
      coming.push({ request: following, at: now + turnaround });
    }
  }
  const mean = (of: (request: number) => number): number =>
    Array.from(sent, (_, request) => of(request)).reduce((sum, one) => sum + one, 0) / requests;
  const first = (request: number): number => book.firstToken[request] ?? Number.NaN;
  return {
    timeToFirstToken: mean((request) => first(request) - (sent[request] ?? 0)),
    timePerOutputToken: mean(
      (request) => ((book.finish[request] ?? 0) - first(request)) / (book.output(request) - 1),
    ),
  };
}
