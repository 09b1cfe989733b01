import { assumptionInput } from '../catalogue/assumption';
import { derivedInput, factInput, figure, figureInput, planInput } from '../explain';
import { hardwareAssumptionKeys } from '../hardware/constants';
import type { InferenceWorkload } from '../plan';
import type { Figure, FigureInput } from '../report';
import { figureKey, whyNoPoint, type EvaluatedService } from './evaluated-service';
import type { OperatingPoint } from './operating-point';
import { servingAssumptionKeys } from './serving';

/** What a range is known for: a plan states every length, layout and precision. */
type Ranged = 'throughput' | 'timePerOutputToken' | 'timeToFirstToken';

/** Range around a modelled value in which four of five measurements are expected, from errors on published runs left out of the fit. */
function range(
  evaluated: EvaluatedService,
  value: number | null,
  name: Ranged,
): { low?: number; high?: number } {
  const { assumptions } = evaluated.context.catalogue;
  const low = assumptions[`serving.range.${name}.complete.low`]?.value;
  const high = assumptions[`serving.range.${name}.complete.high`]?.value;
  const { workload } = evaluated;
  const isMeasured = {
    timeToFirstToken: workload.measuredTimeToFirstTokenMs,
    timePerOutputToken: workload.measuredTimePerOutputTokenMs,
    throughput: workload.measuredTimePerOutputTokenMs ?? workload.measuredTokensPerSecond,
  }[name];
  if (value === null || low === undefined || high === undefined || isMeasured) return {};
  return { low: value * Math.min(1, low), high: value * Math.max(1, high) };
}

/** Times and rates at the operating point, each with its parts substituted. */
export function latencyFigures(
  evaluated: EvaluatedService,
  { operatingBatch }: { readonly operatingBatch: Figure },
) {
  const { workload, service, modelled, context } = evaluated;
  const { point } = service;
  const pool = point?.pool ?? null;
  const host = point !== null && point.decode.host > 0 ? ' + t_host' : '';
  const measuredFirst = workload.measuredTimeToFirstTokenMs;
  const measuredTime = workload.measuredTimePerOutputTokenMs;
  const measuredRate = workload.measuredTokensPerSecond;
  const unavailable = whyNoPoint(evaluated);
  const name = (suffix: string): string => figureKey(evaluated, suffix);
  const tokenMs = point === null ? null : point.timePerOutputToken * 1e3;
  const timePerOutputTokenMs = figure({
    key: name('timePerOutputTokenMs'),
    label: measuredTime ? 'Time per output token, measured' : 'Time per output token',
    value: tokenMs,
    unit: 'ms',
    ...range(evaluated, tokenMs, 'timePerOutputToken'),
    formula: measuredTime
      ? 't_token = measured; the model gives t_model'
      : pool
        ? `t_token = t_matmul + t_cache + t_TP + t_overhead${host}`
        : `t_token = t_matmul + t_cache + t_TP + t_overhead${host} + (B − 1) / O · t_prompt`,
    inputs: [
      ...(measuredTime
        ? [
            planInput('t_token', 'Measured', measuredTime, 'ms'),
            milliseconds('t_model', 'Modelled', modelled.point?.timePerOutputToken ?? Number.NaN),
          ]
        : []),
      ...decodeInputs(point),
      figureInput('B', operatingBatch),
      planInput('O', 'Output tokens', workload.outputTokens, 'tokens'),
      factInput('M', 'Memory bandwidth', context.accelerator.memoryBandwidth),
      assumptionInput(evaluated, 'β', hardwareAssumptionKeys.matmulMemory),
      assumptionInput(evaluated, 't_m', servingAssumptionKeys.matmulFloor),
      assumptionInput(evaluated, 't_a', servingAssumptionKeys.attentionFloor),
      assumptionInput(evaluated, 't_layer', servingAssumptionKeys.layerOverhead),
      assumptionInput(evaluated, 't_step', servingAssumptionKeys.stepOverhead),
      ...shortcutInputs(workload),
    ],
    leavesOut: 'overlap of communication with computation, stragglers',
    unavailable,
  });
  const firstMs = point === null ? null : point.timeToFirstToken * 1e3;
  const timeToFirstTokenMs = figure({
    key: name('timeToFirstTokenMs'),
    label: measuredFirst ? 'Time to first token, measured' : 'Time to first token',
    value: firstMs,
    unit: 'ms',
    ...range(evaluated, firstMs, 'timeToFirstToken'),
    formula: measuredFirst
      ? 't_first = measured; the model gives t_model'
      : pool
        ? 't_first = t_request + t_prefill + t_line + t_transfer'
        : 't_first = t_request + t_users + t_prefill · (1 + ρ / (2 · (1 − ρ))) + κ · t_token',
    inputs: [
      ...(measuredFirst
        ? [
            planInput('t_first', 'Measured', measuredFirst, 'ms'),
            milliseconds('t_model', 'Modelled', modelled.point?.timeToFirstToken ?? Number.NaN),
          ]
        : []),
      assumptionInput(evaluated, 't_request', servingAssumptionKeys.requestOverhead),
      ...firstTokenInputs(point),
      ...(pool ? [] : [assumptionInput(evaluated, 'κ', servingAssumptionKeys.firstTokenSteps)]),
      planInput('s', 'Prompt tokens', workload.inputTokens, 'tokens'),
      ...(workload.cachedPrefixFraction
        ? [planInput('h', 'Cached share of the prompt', workload.cachedPrefixFraction, 'fraction')]
        : []),
    ],
    leavesOut: 'bursts, uneven prompt lengths, time on the wire',
    unavailable,
  });
  const perReplica = point?.tokensPerSecond ?? null;
  const tokensPerSecondPerReplica = figure({
    key: name('tokensPerSecondPerReplica'),
    label: measuredRate
      ? 'Output tokens per second of a replica, measured'
      : 'Output tokens per second of a replica',
    value: perReplica,
    unit: 'tokens/s',
    ...range(evaluated, perReplica, 'throughput'),
    formula: measuredRate
      ? 'X = measured; the model gives X_model'
      : measuredTime
        ? 'X = X_model · t_model / t_token'
        : pool
          ? 'X = 1 / (t_token / B + a · t_pool / O), of both pools on average'
          : 'X = B / (t_token + t_prompt / O)',
    inputs: [
      ...(measuredRate ? [planInput('X', 'Measured', measuredRate, 'tokens/s')] : []),
      ...(measuredRate || measuredTime
        ? [
            derivedInput(
              'X_model',
              'Modelled',
              modelled.point?.tokensPerSecond ?? Number.NaN,
              'tokens/s',
              'operating point',
            ),
          ]
        : []),
      ...(measuredTime && !measuredRate
        ? [milliseconds('t_model', 'Modelled', modelled.point?.timePerOutputToken ?? Number.NaN)]
        : []),
      figureInput('B', operatingBatch),
      figureInput('t_token', timePerOutputTokenMs),
      ...promptInputs(point),
      planInput('O', 'Output tokens', workload.outputTokens, 'tokens'),
    ],
    leavesOut: 'gaps between requests',
    unavailable,
  });
  const tokensPerSecondPerAccelerator = figure({
    key: name('tokensPerSecondPerAccelerator'),
    label: 'Output tokens per second of an accelerator',
    value: perReplica === null ? null : perReplica / service.acceleratorsPerReplica,
    unit: 'tokens/s',
    formula: 'X / T',
    inputs: [
      figureInput('X', tokensPerSecondPerReplica),
      planInput('T', 'Accelerators of a replica', service.acceleratorsPerReplica, '1'),
    ],
    unavailable,
  });
  return {
    timeToFirstTokenMs,
    timePerOutputTokenMs,
    tokensPerSecondPerReplica,
    tokensPerSecondPerAccelerator,
  };
}

/** What a service says of proposed tokens and of weights elsewhere: all of it is in the parts of a step, per token. */
function shortcutInputs(workload: InferenceWorkload): FigureInput[] {
  const { speculativeTokens, acceptanceFraction, offloadedWeightFraction } = workload;
  return [
    ...(speculativeTokens
      ? [planInput('k', 'Proposed tokens per step', speculativeTokens, 'tokens')]
      : []),
    ...(acceptanceFraction
      ? [planInput('a', 'Kept share of proposed tokens', acceptanceFraction, 'fraction')]
      : []),
    ...(offloadedWeightFraction
      ? [planInput('w', 'Weights in host memory', offloadedWeightFraction, 'fraction')]
      : []),
  ];
}

function milliseconds(symbol: string, label: string, seconds: number): FigureInput {
  return derivedInput(symbol, label, seconds * 1e3, 'ms', 'decode step');
}

function promptInputs(point: OperatingPoint | null): FigureInput[] {
  if (point === null) return [];
  return point.pool === null
    ? [milliseconds('t_prompt', 'Processing one prompt', point.promptSeconds)]
    : [milliseconds('t_pool', 'Time of the pool for prompts, kept for a request', point.pool.kept)];
}

function decodeInputs(point: OperatingPoint | null): FigureInput[] {
  if (point === null) return [];
  const { decode } = point;
  return [
    milliseconds('t_matmul', 'Weights and arithmetic', decode.matmul),
    milliseconds('t_cache', 'Key–value cache', decode.cache),
    milliseconds('t_TP', 'Tensor-parallel all-reduces', decode.collective),
    milliseconds('t_overhead', 'Kernel launches and scheduling', decode.overhead),
    ...(decode.host > 0 ? [milliseconds('t_host', 'Waiting for host memory', decode.host)] : []),
    ...(point.pool === null
      ? [milliseconds('t_prompt', 'Processing one prompt', point.promptSeconds)]
      : []),
  ];
}

function firstTokenInputs(point: OperatingPoint | null): FigureInput[] {
  if (point === null) return [];
  const own = milliseconds('t_prefill', 'Processing the own prompt', point.ownPrompt);
  if (point.pool !== null) {
    return [
      own,
      milliseconds('t_line', 'Waiting for prompts of others', point.pool.wait),
      milliseconds('t_transfer', 'Sending the cache to the decoding replica', point.pool.transfer),
    ];
  }
  return [
    milliseconds('t_users', 'Waiting for the tokens of others to go out', point.handingSeconds),
    own,
    derivedInput(
      'ρ',
      'Share of the time spent on prompts',
      point.promptSeconds * point.requestsPerSecond,
      'fraction',
      'operating point',
    ),
    milliseconds(
      't_token',
      'Time per output token',
      point.batch > 1 ? point.timePerOutputToken : 0,
    ),
  ];
}
