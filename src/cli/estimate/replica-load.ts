import { assumptionValue } from '@engine/catalogue/assumption';
import type { Architecture, Catalogue, ServingBenchmark } from '@engine/catalogue/types';
import { servingKey } from '@engine/inference/constants';
import type { ReplicaLoad } from '@engine/inference/loaded-replica';
import type { RequestShape } from '@engine/inference/operating-point';
import type { CaseServing } from './case';
import type { Machine } from './case-hardware';
import type { Load } from './load';
import { isEntry, servingSoftware } from './serving-software';

/** Everything that one serving case says, read. */
export interface Subject {
  readonly given: CaseServing;
  readonly modelName: string;
  readonly architecture: Architecture;
  readonly machine: Machine;
  readonly catalogue: Catalogue;
  readonly shape: RequestShape;
  readonly load: Load;
  readonly benchmark: ServingBenchmark | null;
}

/** An assumption as it is for the software of a case, where that sets it apart. */
function softwareValue(given: CaseServing, catalogue: Catalogue, key: string): number {
  const { assumptions } = catalogue;
  return assumptionValue(assumptions, servingKey(assumptions, key, servingSoftware(given)));
}

/** Requests in a benchmark run that states no number: entries to MLPerf run for ten minutes at least, others send so many prompts. */
export function requestsOfRun(given: CaseServing, catalogue: Catalogue): number {
  return isEntry(given)
    ? assumptionValue(catalogue.assumptions, 'serving.finiteRun.mlperf')
    : softwareValue(given, catalogue, 'serving.finiteRun');
}

/** The requests of a closed loop: those it says; else prompts of a data set, whose answers vary, are so many in all, however many users share them. */
export function withRounds(
  shape: RequestShape,
  load: Load,
  given: CaseServing,
  catalogue: Catalogue,
): RequestShape {
  if (load.kind !== 'requests in flight' || shape.rounds) return shape;
  if (load.prompts) return { ...shape, rounds: Math.max(1, load.prompts / load.requests) };
  const isDrawn = shape.hasVariedAnswers === true || (shape.answerSpread ?? 0) > 1;
  if (!isDrawn) return withGenerated(shape, load.requests, given, catalogue);
  return { ...shape, rounds: Math.max(1, requestsOfRun(given, catalogue) / load.requests) };
}

/** One replica's share of the load: a benchmark's server scenario runs at its latency target, other unknown loads as full as possible. */
export function replicaLoad(
  { given, catalogue, load, benchmark }: Subject,
  replicas: number,
): ReplicaLoad {
  const known = (key: string): number => assumptionValue(catalogue.assumptions, key);
  if (load.kind === 'requests in flight') {
    return { kind: 'closed loop', users: Math.max(1, load.requests / replicas) };
  }
  const isEntryAtRate =
    Boolean(given.mlperf_scenario) && given.mode === 'server' && benchmark !== null;
  if (load.kind === 'request rate' && !isEntryAtRate) {
    return {
      kind: 'open loop',
      requestsPerSecond: load.requestsPerSecond / replicas,
      requests: (load.requests ?? requestsOfRun(given, catalogue)) / replicas,
    };
  }
  if (given.mode === 'latency') return { kind: 'closed loop', users: 1 };
  if (given.mode !== 'server') return { kind: 'queued' };
  const isInteractive = /interactive/i.test(given.mlperf_scenario ?? '');
  const targets = isInteractive ? benchmark?.interactive : benchmark?.server;
  const perToken = targets?.timePerOutputToken.value ?? Infinity;
  const first = targets?.timeToFirstToken.value ?? Infinity;
  return {
    kind: 'at target',
    timePerOutputTokenSeconds: perToken * 1e-3 * known('serving.targetMargin'),
    timeToFirstTokenSeconds: first * 1e-3 * known('serving.firstTokenMargin'),
    waitSteps: softwareValue(given, catalogue, 'serving.serverWaitSteps'),
    share: known('serving.serverShare'),
    // An entry that states its rate chose the highest one within the limits.
    ...(load.kind === 'request rate'
      ? { requestsPerSecond: load.requestsPerSecond / replicas }
      : {}),
  };
}

/** As many requests as the load generators of vLLM and SGLang send unless told otherwise, where that is fewer per user than is usual. */
function withGenerated(
  shape: RequestShape,
  users: number,
  { engine, mode }: CaseServing,
  { assumptions }: Catalogue,
): RequestShape {
  const known = (key: string): number => assumptionValue(assumptions, key);
  const usual = known('serving.generatedRequests') / users;
  const isTheirs = /vllm|sglang/i.test(engine ?? '') && mode !== 'disaggregated';
  // InferenceX, which draws lengths, sends as many as its users ask for.
  const isDrawn = shape.answerSpread !== undefined;
  if (!isTheirs || isDrawn || usual >= known('serving.benchmarkRounds')) return shape;
  return { ...shape, rounds: Math.max(1, usual) };
}
