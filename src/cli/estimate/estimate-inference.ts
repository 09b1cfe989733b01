import type { Architecture, Catalogue } from '@engine/catalogue/types';
import { findModel } from '@engine/catalogue/find';
import type { LoadedReplica } from '@engine/inference/closed-loop';
import { loadReplica } from '@engine/inference/loaded-replica';
import { runningLimits } from '@engine/inference/running-limits';
import type { OperatingPoint } from '@engine/inference/operating-point';
import type { CaseServing, Prediction } from './case';
import type { Machine } from './case-hardware';
import { sayFullCache, sayUnevenServing } from './case-problems';
import { busyReplicas, chooseReplicas, type Replicas } from './choose-replicas';
import { degreesInAccelerators } from './core-degrees';
import { estimateDisaggregated } from './estimate-disaggregated';
import { inferencexLane, withInferencexCache } from './inferencex';
import { readLoad, withRequests } from './load';
import { replicaLoad, withRounds } from './replica-load';
import { requestExtras } from './request-extras';
import { requestShape } from './request-shape';
import { servingIntervals, servingMetrics } from './serving-metrics';
import { runsWholeBatches } from './serving-software';
import { statedPools } from './stated-pools';
import { withWeightFormat } from './unsaid-weights';

type Assume = (sentence: string) => void;

/** Predicts one serving case. */
export function estimateInference(
  asked: CaseServing,
  modelName: string,
  architecture: Architecture,
  machine: Machine,
  catalogue: Catalogue,
  assume: Assume,
): Omit<Prediction, 'id' | 'assumptions'> {
  const counted = degreesInAccelerators(asked, machine, assume);
  const formatted = withWeightFormat(counted, modelName, architecture, machine, assume);
  const benchmark = catalogue.benchmarks.get(findModel(catalogue, modelName)?.id ?? '') ?? null;
  const load = withRequests(readLoad(formatted.batch_or_concurrency, machine.count), formatted);
  const lane = inferencexLane(architecture, machine, load, catalogue);
  const given = withInferencexCache(formatted, lane, catalogue);
  const request = {
    ...requestShape(given, benchmark, lane, catalogue.assumptions, assume),
    ...requestExtras(given, catalogue, assume),
  };
  const tokens = Math.round(request.inputTokens + request.outputTokens);
  sayUnevenServing(given, architecture, tokens, assume);
  // Beams are answers of their own to the machine, of which one is counted.
  const beams = given.mlperf_scenario ? (benchmark?.beams.value ?? 1) : 1;
  const sent = withRounds(request, load, given, catalogue);
  const lastAnswer = runsWholeBatches(given) ? benchmark?.longestAnswer?.value : undefined;
  const shape = {
    ...sent,
    ...(lastAnswer === undefined ? {} : { outputTokens: lastAnswer }),
    ...(beams > 1 ? { beams } : {}),
    ...(/median|p50/i.test(given.latency_statistic ?? given.latency_stat ?? '')
      ? { countsMedian: true }
      : {}),
  };
  const subject = { given, modelName, architecture, machine, catalogue, shape, load, benchmark };
  const isSplit = given.mode === 'disaggregated';
  const pools = isSplit && !given.phase ? statedPools(subject, assume) : null;
  const chosen = pools?.answers ?? chooseReplicas(subject, assume);
  const replicas = isSplit ? chosen : busyReplicas(load, chosen);
  sayFullCache(replicas.serving, tokens, assume);
  const loaded = isSplit
    ? estimateDisaggregated(subject, replicas, pools?.prompts)
    : loadOf(subject, replicas, assume);
  // Of a batch that runs until its last answer has ended the others' steps give no token.
  const usefulShare = request.outputTokens / shape.outputTokens;
  const useful = { ...loaded, tokensPerSecond: loaded.tokensPerSecond * usefulShare };
  const predicted = servingMetrics(replicas, request, useful, machine, given.phase ?? null);
  const { point } = loaded;
  const rangeKind = intervalKind(given, load.kind);
  return {
    predicted,
    interval: servingIntervals(predicted, catalogue, rangeKind),
    rangeKind,
    breakdown: {
      weights_and_arithmetic_s: point.decode.matmul,
      cache_s: point.decode.cache,
      tensor_parallel_s: point.decode.collective,
      overhead_s: point.decode.overhead + point.decode.host,
      prompts_of_others_s: point.prefillShare,
    },
    layout: {
      tp: replicas.serving.tensorParallel,
      pp: replicas.serving.pipelineParallel,
      attention_groups: replicas.serving.attentionGroups,
      replicas: replicas.count,
      batch_per_replica: point.batch,
      weights: replicas.serving.weightPrecision,
    },
    bound: boundOf(point),
  };
}

function loadOf(
  subject: Parameters<typeof replicaLoad>[0],
  replicas: Replicas,
  assume: Assume,
): LoadedReplica {
  const { load, shape } = subject;
  if (load.kind === 'unknown') {
    const { running } = runningLimits(replicas.serving, shape, load.atMost ?? undefined);
    assume(
      `at most ${running} requests in flight per replica: not given, what memory or the engine allows`,
    );
  }
  const accepted = load.kind === 'unknown' ? (load.atMost ?? undefined) : undefined;
  return loadReplica(replicas.serving, shape, replicaLoad(subject, replicas.count), accepted);
}

/** What the error of a prediction depends on most: how much of the run the case states. */
function intervalKind(given: CaseServing, load: string): 'complete' | 'partial' | 'benchmark' {
  if (given.mlperf_scenario || given.mode === 'disaggregated') return 'benchmark';
  const isComplete = given.output_len && (given.tp ?? given.ep);
  return isComplete && load === 'requests in flight' ? 'complete' : 'partial';
}

function boundOf(point: OperatingPoint): string {
  const { matmul, cache, collective, overhead, host } = point.decode;
  const shares: readonly (readonly [string, number])[] = [
    ['memory bandwidth and arithmetic of the weights', matmul],
    ['memory bandwidth of the key–value cache', cache],
    ['tensor-parallel communication', collective],
    ['kernel launches and scheduling', overhead],
    ['reading out of host memory', host],
    ['prompt processing', point.prefillShare],
  ];
  return shares.reduce((most, share) => (share[1] > most[1] ? share : most))[0];
}
