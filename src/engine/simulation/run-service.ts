import { arrivalTimes } from './arrivals';
import { drawLengths } from './lengths';
import { randomStream } from './random';
import type { PreparedService, ServiceLoad } from './service-load';
import { simulateFleet, type OnProgress } from './simulate-fleet';
import { summarise, type SimulationSummary } from './summary';
import type { RequestStream, SimulationTrace } from './types';

/** Requests of a service as its load describes them; every draw follows from the seed. */
export function drawRequests(load: ServiceLoad, requests: number, seed: number): RequestStream {
  const longest = load.model.architecture.contextLength;
  return {
    arrival: arrivalTimes(load.arrivals, load.requestsPerSecond, requests, randomStream(seed)),
    input: drawLengths(load.input, requests, longest - 1, randomStream(seed + 0x1000001)),
    output: drawLengths(load.output, requests, longest - 1, randomStream(seed + 0x2000003)),
  };
}

export interface ServiceRun {
  readonly stream: RequestStream;
  readonly trace: SimulationTrace;
  readonly summary: SimulationSummary;
}

/** Simulates a prepared service with drawn requests, or with those of a trace. */
export function runService(
  load: ServiceLoad,
  prepared: Extract<PreparedService, { isReady: true }>,
  options: {
    readonly requests: number;
    readonly seed: number;
    readonly trace?: RequestStream | null;
    readonly onProgress?: OnProgress;
  },
): ServiceRun {
  const stream = options.trace ?? drawRequests(load, options.requests, options.seed);
  const trace = simulateFleet(prepared.fleet(options.seed), stream, options.onProgress);
  return { stream, trace, summary: summarise(stream, trace, load.targets) };
}
