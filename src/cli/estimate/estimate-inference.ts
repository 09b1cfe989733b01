import type { Architecture, Catalogue, Precision } from '@engine/catalogue/types';
import { maximumBatch } from '@engine/inference/capacity';
import { allowedTensorParallel } from '@engine/inference/findings';
import {
  meanContextTokens,
  operatingPoint,
  type OperatingPoint,
  type RequestShape,
} from '@engine/inference/operating-point';
import { prepareServing, readServingConstants, type Serving } from '@engine/inference/serving';
import { CaseError, type CaseServing, type Prediction } from './case';
import type { Machine } from './case-hardware';
import { readLoad, type Load } from './load';
import { readPrecision } from './precision';
import { servingIntervals, servingMetrics } from './serving-metrics';

type Assume = (sentence: string) => void;

/** Predicts one serving case. */
export function estimateInference(
  given: CaseServing,
  architecture: Architecture,
  machine: Machine,
  catalogue: Catalogue,
  assume: Assume,
): Omit<Prediction, 'id' | 'assumptions'> {
  const shape = requestShape(given, assume);
  const load = readLoad(given.batch_or_concurrency);
  const { serving, replicas } = chooseServing(
    given,
    architecture,
    machine,
    catalogue,
    shape,
    assume,
  );
  const largest = maximumBatch(serving, meanContextTokens(shape));
  if (largest < 1) {
    throw new CaseError(
      `Weights and the cache of one request do not fit (tensor parallel ${serving.tensorParallel}, pipeline parallel ${serving.pipelineParallel}).`,
    );
  }
  const perReplica = inFlight(serving, shape, load, largest, replicas);
  if (load.kind === 'unknown') {
    assume(
      `${perReplica} requests in flight per replica: not given, the most that memory or the engine allows`,
    );
  }
  const point = operatingPoint(serving, shape, perReplica);
  const predicted = servingMetrics(serving, shape, point, { load, largest, replicas, machine });
  return {
    predicted,
    interval: servingIntervals(predicted, catalogue, load, isComplete(given)),
    breakdown: {
      weights_and_arithmetic_s: point.decode.matmul,
      cache_s: point.decode.cache,
      tensor_parallel_s: point.decode.collective,
      overhead_s: point.decode.overhead,
      prompts_of_others_s: point.prefillShare,
    },
    layout: {
      tp: serving.tensorParallel,
      pp: serving.pipelineParallel,
      replicas,
      batch_per_replica: perReplica,
      weights: serving.weightPrecision,
    },
    bound: boundOf(point),
  };
}

function requestShape(given: CaseServing, assume: Assume): RequestShape {
  const outputTokens = given.output_len ?? 256;
  if (!given.output_len) assume(`${outputTokens} output tokens: not given`);
  const inputTokens = given.input_len ?? outputTokens;
  if (given.input_len === null || given.input_len === undefined) {
    assume(`${inputTokens} input tokens: not given, taken as many as output tokens`);
  }
  return { inputTokens: Math.max(1, inputTokens), outputTokens };
}

interface ChosenServing {
  readonly serving: Serving;
  readonly replicas: number;
}

function chooseServing(
  given: CaseServing,
  architecture: Architecture,
  machine: Machine,
  catalogue: Catalogue,
  shape: RequestShape,
  assume: Assume,
): ChosenServing {
  const constants = readServingConstants(catalogue.assumptions);
  const weightPrecision = readPrecision(given.weights_precision) ?? 'bf16';
  if (!readPrecision(given.weights_precision)) assume('BF16 weights: precision not given');
  const setup = {
    device: machine.device,
    architecture,
    weightPrecision,
    keyValuePrecision: cachePrecision(given, weightPrecision, assume),
  };
  const build = (tensorParallel: number, pipelineParallel: number): ChosenServing => ({
    serving: prepareServing({ ...setup, tensorParallel, pipelineParallel }, constants),
    replicas: Math.max(1, Math.floor(machine.count / (tensorParallel * pipelineParallel))),
  });
  const stages = given.pp ?? 1;
  const stated = given.tp ?? (given.pp ? 1 : null);
  const group = Math.max(given.ep ?? 1, given.dp ?? 1);
  if (stated !== null || group > 1) {
    const tensorParallel = stated ?? 1;
    const usesExperts = architecture.mixtureOfExperts !== null && group > tensorParallel * stages;
    if (!usesExperts) return build(tensorParallel, stages);
    assume(
      `experts and cache spread over ${group} accelerators: timed as tensor parallel ${group}`,
    );
    return build(group, 1);
  }
  const degrees = allowedTensorParallel(
    architecture.heads,
    Math.min(machine.count, machine.device.scaleUp.domain),
  );
  const isLatency = given.mode === 'latency';
  const built = degrees.map((degree) => build(degree, 1));
  const rate = ({ serving, replicas }: ChosenServing): number => {
    const batch = maximumBatch(serving, meanContextTokens(shape));
    if (batch < 1) return 0;
    const point = operatingPoint(serving, shape, isLatency ? 1 : batch);
    return isLatency ? 1 / point.timePerOutputToken : point.tokensPerSecond * replicas;
  };
  const best = built.reduce((first, next) => (rate(next) > rate(first) ? next : first));
  assume(
    `tensor parallel ${best.serving.tensorParallel}: not given, the ${isLatency ? 'fastest' : 'highest throughput'} that fits`,
  );
  return best;
}

/** FP8 checkpoints for TensorRT-LLM bring an FP8 cache; other engines keep 16 bits unless told. */
function cachePrecision(given: CaseServing, weights: Precision, assume: Assume): Precision {
  const stated = readPrecision(given.kv_precision);
  if (stated !== null) return stated;
  const isNarrow = weights === 'fp8' || weights === 'fp4';
  const chosen = isNarrow && /tensorrt|trtllm|trt-llm/i.test(given.engine ?? '') ? 'fp8' : 'bf16';
  assume(`${chosen.toUpperCase()} key–value cache: not given`);
  return chosen;
}

function inFlight(
  serving: Serving,
  shape: RequestShape,
  load: Load,
  largest: number,
  replicas: number,
): number {
  if (load.kind === 'unknown') return largest;
  if (load.kind === 'requests in flight') {
    return Math.max(1, Math.min(largest, load.requests / replicas));
  }
  // Little's law: what is in flight is the rate times the time in the system, which grows with what is in flight.
  const rate = load.requestsPerSecond / replicas;
  let batch = 1;
  for (let round = 0; round < 40; round += 1) {
    const point = operatingPoint(serving, shape, batch);
    const inSystem = point.timeToFirstToken + shape.outputTokens * point.timePerOutputToken;
    batch = (batch + Math.max(1, Math.min(largest, rate * inSystem))) / 2;
  }
  return batch;
}

function boundOf(point: OperatingPoint): string {
  const { matmul, cache, collective, overhead } = point.decode;
  const shares: readonly (readonly [string, number])[] = [
    ['memory bandwidth and arithmetic of the weights', matmul],
    ['memory bandwidth of the key–value cache', cache],
    ['tensor-parallel communication', collective],
    ['kernel launches and scheduling', overhead],
    ['prompt processing', point.prefillShare],
  ];
  return shares.reduce((most, share) => (share[1] > most[1] ? share : most))[0];
}

/** Whether the case states what throughput depends on most. */
function isComplete(given: CaseServing): boolean {
  return Boolean(given.input_len && given.output_len && (given.tp ?? given.ep));
}
