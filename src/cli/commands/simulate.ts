import { dirname, join } from 'node:path';
import { runService } from '@engine/simulation/run-service';
import { prepareService } from '@engine/simulation/service-load';
import { steadyLoad } from '@engine/simulation/steady-load';
import type { Percentiles, SimulationSummary } from '@engine/simulation/summary';
import { readTrace } from '@shared/trace/read-trace';
import type { RequestStream } from '@engine/simulation/types';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { parseArguments, readCount, type Command } from '../command';
import { CommandFailure, exitStatus, type CommandIo } from '../io';
import { readJson } from '../read-input';
import { readServiceFile } from '../service-file';

const usualRequests = 100_000;

/** `simulate SERVICE.json`: an inference service under load. */
export const simulateCommand: Command = {
  name: 'simulate',
  summary: 'simulate an inference service under load',
  help: `Usage: clusterwright simulate SERVICE.json [--requests N] [--seed S]

Simulates every request of a service with continuous batching and prints JSON: percentiles of the time to first token, of
the time per output token, of the whole answer and of the queue in milliseconds; throughput, utilisation, rejected and
preempted requests; the analytic answer beside it; events and seconds of computing. '-' reads standard input; --requests is
100000 unless given, --seed 1. The same file, requests and seed always give the same result.

  { "model": "Llama 3.1 70B", "accelerator": "H100-SXM-80GB", "software": "vLLM", "tensorParallel": 4,
    "weightPrecision": "fp8", "keyValuePrecision": "fp8", "replicas": 100, "requestsPerSecond": 300,
    "input": { "kind": "lognormal", "mean": 1200, "variation": 1 }, "output": { "kind": "fixed", "tokens": 300 } }

input, output   { "kind": "fixed", "tokens" } · { "kind": "lognormal", "mean", "variation" } · { "kind": "histogram",
                "rows": [{ "tokens", "weight" }] }
arrivals        { "kind": "poisson" } · { "kind": "gamma", "squaredVariation" } · { "kind": "two-state", "busyFactor",
                "busyShare", "spellSeconds" } · { "kind": "daily", "peakToMean" }
trace           a CSV or JSON file of time, input, output beside the service file; replaces arrivals and lengths
policy          "chunked prefill" · "prefill first" · "decode first";  tokenBudget, largestBatch, reservedAnswer
router          "power of two" · "join shortest queue" · "least loaded" · "round robin";  queueLimit
prefillReplicas a pool apart for prompts; caches travel over the scale-out network
autoscaling     { "minimum", "startUpSeconds", "intervalSeconds", "requestsPerReplica" }
outages         [{ "at", "seconds", "firstReplica", "replicas" }]
targets         { "timeToFirstTokenMs", "timePerOutputTokenMs" }: adds the share of requests within both

Time to first token: from arrival to the first token. Time per output token: from the first token to the last, over the tokens after the
first, per request.`,
  async perform(args, io) {
    const { positionals, text } = parseArguments(args, 1, {
      requests: { type: 'string' },
      seed: { type: 'string' },
    });
    const [path = ''] = positionals;
    const requests = readCount(text('requests'), '--requests') ?? usualRequests;
    const seed = readCount(text('seed'), '--seed') ?? 1;
    const { load, tracePath } = readServiceFile(await readJson(path, io), bundledCatalogue);
    const trace = tracePath === null ? null : await traceAt(path, tracePath, io);
    const prepared = prepareService(load, bundledCatalogue);
    if (!prepared.isReady) {
      throw new CommandFailure(`${prepared.problem} Nothing was simulated.`);
    }
    const started = performance.now();
    const run = runService(load, prepared, { requests, seed, trace });
    const seconds = (performance.now() - started) / 1e3;
    const steady = steadyLoad(prepared.serving, load, load.requestsPerSecond / load.replicas);
    const milliseconds = (value: number): number | null =>
      Number.isFinite(value) ? value * 1e3 : null;
    const result = {
      model: load.model.name,
      accelerator: load.accelerator.name,
      replicas: load.replicas,
      requests: run.stream.arrival.length,
      seed,
      ...summaryFields(run.summary),
      analytic: {
        saturated: steady.isSaturated,
        requests_in_flight_per_replica: steady.requestsInFlight,
        largest_requests_per_s: steady.largestRate * load.replicas,
        ttft_ms: {
          mean: milliseconds(steady.timeToFirstToken.mean),
          p99: milliseconds(steady.timeToFirstToken.p99),
        },
        tpot_ms: milliseconds(steady.timePerOutputToken),
      },
      events: run.summary.events,
      seconds,
    };
    io.print(JSON.stringify(result, null, 2));
    return exitStatus.done;
  },
};

function summaryFields(summary: SimulationSummary) {
  const inMilliseconds = ({ p50, p90, p99, mean }: Percentiles): Percentiles => ({
    p50: p50 * 1e3,
    p90: p90 * 1e3,
    p99: p99 * 1e3,
    mean: mean * 1e3,
  });
  return {
    ttft_ms: inMilliseconds(summary.timeToFirstToken),
    tpot_ms: inMilliseconds(summary.timePerOutputToken),
    end_to_end_ms: inMilliseconds(summary.endToEnd),
    queue_ms: inMilliseconds(summary.queueing),
    output_tokens_per_s: summary.outputTokensPerSecond,
    requests_per_s: summary.requestsPerSecond,
    utilisation: summary.utilisation,
    mean_requests_in_fleet: summary.meanRequestsInFleet,
    mean_replicas: summary.meanReplicas,
    within_targets: summary.withinTargets,
    finished: summary.finished,
    rejected: summary.rejected,
    preempted: summary.preempted,
    restarted: summary.restarted,
    simulated_s: summary.simulatedSeconds,
  };
}

async function traceAt(
  servicePath: string,
  tracePath: string,
  io: CommandIo,
): Promise<RequestStream> {
  const path = servicePath === '-' ? tracePath : join(dirname(servicePath), tracePath);
  const read = readTrace(await io.read(path));
  if (read.isTrace) return read.stream;
  const where = read.line === null ? '' : `, line ${read.line}`;
  throw new CommandFailure(
    `${tracePath}${where}: ${read.problem} Nothing was simulated; a trace has rows of time, input and output tokens.`,
  );
}
