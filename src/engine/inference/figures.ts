import { assumptionInput } from '../catalogue/assumption';
import { cacheBytesOf } from './attention';
import { residentBatch } from './capacity';
import { derivedInput, factInput, figure, figureInput, planInput } from '../explain';
import type { Figure, FigureInput, InferenceReport } from '../report';
import { capacityFigures } from './capacity-figures';
import { figureKey, whyNoPoint, type EvaluatedService } from './evaluated-service';
import { latencyFigures } from './latency-figures';
import { poolFigures } from './pool-figures';
import { autoscalingFigures } from '../service/autoscaling-figures';
import { economicsFigures } from '../service/economics-figures';
import { meanContextTokens } from './operating-point';
import { servingKey } from './constants';
import { servingAssumptionKeys } from './serving';

type InferenceFigures = {
  [
    Key in keyof InferenceReport as InferenceReport[Key] extends Figure ? Key : never
  ]: InferenceReport[Key];
};

/** Every figure of an inference report: formula, substituted inputs, sources. */
export function inferenceFigures(evaluated: EvaluatedService): InferenceFigures {
  const model = modelFigures(evaluated);
  const memory = memoryFigures(evaluated, model);
  const latency = latencyFigures(evaluated, memory);
  const capacity = capacityFigures(evaluated, latency);
  const economics = economicsFigures(evaluated, { ...latency, ...capacity });
  const autoscaling = autoscalingFigures(evaluated, capacity);
  const pool = poolFigures(evaluated, capacity);
  return { ...model, ...memory, ...latency, ...capacity, ...pool, ...economics, ...autoscaling };
}

function modelFigures(evaluated: EvaluatedService) {
  const { serving, context, workload } = evaluated;
  const { architecture, parameters: counted } = serving;
  const modelInput = (symbol: string, label: string, value: number): FigureInput =>
    derivedInput(symbol, label, value, '1', 'catalogue', [context.model.source]);
  const parameters = figure({
    key: figureKey(evaluated, 'parameters'),
    label: 'Parameters',
    value: counted.total,
    unit: 'parameters',
    formula: 'N = embeddings + layers · (attention + feed-forward + norms)',
    inputs: [
      modelInput('L', 'Layers', architecture.layers),
      modelInput('h', 'Hidden width', architecture.hidden),
      modelInput('a', 'Attention heads', architecture.heads),
      modelInput('V', 'Vocabulary', architecture.vocabulary),
    ],
    sources: [context.model.source],
    leavesOut: 'biases, position embeddings',
  });
  const weightGb = figure({
    key: figureKey(evaluated, 'weightGb'),
    label: 'Weights',
    value: serving.weightBytes / 1e9,
    unit: 'GB',
    formula: serving.hasWideAttention
      ? 'W = (N − N_e − N_a) · b + N_a · 2 + N_e · max(b, 2)'
      : 'W = (N − N_e) · b + N_e · max(b, 2)',
    inputs: [
      figureInput('N', parameters),
      modelInput('N_e', 'Embedding and output head', counted.embedding),
      ...(serving.hasWideAttention
        ? [
            modelInput(
              'N_a',
              'Attention, kept in 16 bits',
              architecture.layers * counted.attentionPerLayer,
            ),
          ]
        : []),
      planInput(
        'b',
        `Bytes per weight, ${workload.weightPrecision.toUpperCase()}`,
        serving.elementBytes.weight,
        'B',
      ),
    ],
    leavesOut: 'padding, other tensors kept in 16 bits',
  });
  const keyValueBytesPerToken = figure({
    key: figureKey(evaluated, 'keyValueBytesPerToken'),
    label: 'Key–value cache per token',
    value: serving.cacheBytesPerToken,
    unit: 'B',
    formula: architecture.latentAttention ? 'S = L · (r_kv + d_r) · b' : 'S = 2 · L · a_kv · d · b',
    inputs: [
      modelInput('L', 'Layers', architecture.layers),
      ...(architecture.latentAttention
        ? [
            modelInput('r_kv', 'Key–value rank', architecture.latentAttention.keyValueRank),
            modelInput('d_r', 'Rotary width', architecture.latentAttention.rotaryHeadDim),
          ]
        : [
            modelInput('a_kv', 'Key–value heads', architecture.keyValueHeads),
            modelInput('d', 'Head width', architecture.headDim),
          ]),
      planInput(
        'b',
        `Bytes per element, ${workload.keyValuePrecision.toUpperCase()}`,
        serving.elementBytes.cache,
        'B',
      ),
    ],
    sources: [context.model.source],
    leavesOut: 'paging granularity; sliding windows',
  });
  return { parameters, weightGb, keyValueBytesPerToken };
}

function memoryFigures(
  evaluated: EvaluatedService,
  model: { readonly weightGb: Figure; readonly keyValueBytesPerToken: Figure },
) {
  const { serving, service, shape, context, workload } = evaluated;
  const contextTokens = meanContextTokens(shape);
  const perRequest = cacheBytesOf(serving, contextTokens);
  const offloaded = workload.offloadedWeightFraction?.value ?? 0;
  const hostCache = workload.hostCacheGigabytes ?? null;
  const resident = residentBatch(serving, contextTokens);
  // What is neither cut evenly nor alone on the accelerator has no short formula: stages, groups for attention, adapters.
  const isPlain =
    serving.pipelineParallel === 1 && serving.attentionGroups === 1 && !serving.adapters;
  const weights = isPlain ? (offloaded > 0 ? '(1 − w) · W / T' : 'W / T') : 'W_1';
  const shared = [
    ...(isPlain
      ? [
          figureInput('W', model.weightGb),
          planInput('T', 'Tensor parallel', workload.tensorParallel, '1'),
        ]
      : [
          derivedInput(
            'W_1',
            'Weights and adapters on one accelerator',
            serving.weightBytesPerAccelerator / 1e9,
            'GB',
            'layout',
          ),
        ]),
    ...(isPlain && offloaded > 0
      ? [planInput('w', 'Weights in host memory', offloaded, 'fraction')]
      : []),
    assumptionInput(evaluated, 'M_work', servingAssumptionKeys.workspace),
    derivedInput('m', 'Cache of one request on one accelerator', perRequest, 'B', 'model'),
    derivedInput(
      'c',
      'Tokens held per request, prompt and half the answer',
      contextTokens,
      'tokens',
      'plan',
    ),
  ];
  const batchKey = servingKey(
    context.catalogue.assumptions,
    servingAssumptionKeys.largestBatch,
    'current',
    serving.device.family,
  );
  const maximumBatch = figure({
    key: figureKey(evaluated, 'maximumBatch'),
    label: 'Largest batch',
    value: service.maximumBatch,
    unit: 'requests',
    formula: `B_max = min(⌊(u · g · M − ${weights} − M_work) / m(c)⌋${hostCache ? ' + ⌊M_host / m(c)⌋' : ''}, B_engine)`,
    inputs: [
      factInput('M', 'Memory of one accelerator', context.accelerator.memoryCapacity),
      assumptionInput(evaluated, 'u', servingAssumptionKeys.memoryFraction),
      assumptionInput(evaluated, 'g', servingAssumptionKeys.gibibytes),
      ...shared,
      ...(hostCache ? [planInput('M_host', 'Host memory for the cache', hostCache, 'GB')] : []),
      assumptionInput(evaluated, 'B_engine', batchKey),
    ],
    leavesOut: 'prefixes kept for reuse',
  });
  const held = hostCache === null ? service.batch : Math.min(service.batch, resident);
  const usedBytes =
    serving.weightBytesPerAccelerator + service.memory.workspace + held * perRequest;
  const operatingBatch = figure({
    key: figureKey(evaluated, 'operatingBatch'),
    label: 'Requests at once on a replica',
    value: service.point === null ? null : service.batch,
    unit: 'requests',
    formula:
      'largest B ≤ B_max with t_first(B) and t_token(B) within their targets, or B_captured where that serves more',
    inputs: [
      figureInput('B_max', maximumBatch),
      planInput('t_first', 'Target, time to first token', workload.timeToFirstTokenTargetMs, 'ms'),
      planInput(
        't_token',
        'Target, time per output token',
        workload.timePerOutputTokenTargetMs,
        'ms',
      ),
    ],
    leavesOut: 'reserve for bursts within the peak',
    unavailable: whyNoPoint(evaluated),
  });
  const memoryGbPerAccelerator = figure({
    key: figureKey(evaluated, 'memoryGbPerAccelerator'),
    label: 'Memory used per accelerator',
    value: usedBytes / 1e9,
    unit: 'GB',
    formula: `M_used = ${weights} + ${hostCache ? 'min(B, B_own)' : 'B'} · m(c) + M_work`,
    inputs: [
      ...shared,
      figureInput('B', operatingBatch),
      ...(hostCache
        ? [
            derivedInput(
              'B_own',
              'Requests that its own memory holds',
              resident,
              'requests',
              'model',
            ),
          ]
        : []),
    ],
    leavesOut: 'memory of the driver and of communication libraries',
  });
  return { maximumBatch, operatingBatch, memoryGbPerAccelerator };
}
