import type { RandomStream } from '@engine/simulation/random';
import { randomStream } from '@engine/simulation/random';
import type { FleetSetup, ReplicaSetup, RequestStream, StepTimes } from '@engine/simulation/types';

/** Every step takes a millisecond, prompts take next to nothing: a server's time is the length of the answer. */
export const clockwork: StepTimes = {
  decode: () => 1e-3,
  prefill: () => 1e-9,
  mixed: () => 1e-3,
};

/** Steps that grow with what they work on, as on a real part. */
export const plausible: StepTimes = {
  decode: (batch, context) => 0.01 + 1e-4 * batch + 1e-8 * batch * context,
  prefill: (_, tokens) => 0.005 + 4e-5 * tokens,
  mixed: (batch, context, tokens) => 0.01 + 1e-4 * batch + 1e-8 * batch * context + 4e-5 * tokens,
};

export function replicaOf(changes: Partial<ReplicaSetup> = {}): ReplicaSetup {
  return {
    times: plausible,
    policy: 'prefill first',
    cacheTokens: 1e9,
    largestBatch: 64,
    tokenBudget: 4096,
    reservedAnswer: 0,
    requestOverhead: 0,
    ...changes,
  };
}

export function fleetOf(changes: Partial<FleetSetup> = {}): FleetSetup {
  return {
    replicas: 1,
    replica: replicaOf(),
    router: 'join shortest queue',
    queueLimit: Infinity,
    disaggregation: null,
    autoscaling: null,
    outages: [],
    seed: 1,
    ...changes,
  };
}

/** Poisson arrivals with answers of drawn lengths. */
export function streamOf(
  requests: number,
  requestsPerSecond: number,
  answer: (random: RandomStream) => number,
  input = 1,
  seed = 7,
): RequestStream {
  const random = randomStream(seed);
  const arrival = new Float64Array(requests);
  const output = new Int32Array(requests);
  let time = 0;
  for (let request = 0; request < requests; request += 1) {
    time += random.exponential() / requestsPerSecond;
    arrival[request] = time;
    output[request] = Math.max(1, Math.round(answer(random)));
  }
  return { arrival, input: new Int32Array(requests).fill(input), output };
}
