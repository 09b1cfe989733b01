import { assumptionValue } from '@engine/catalogue/assumption';
import type { Precision } from '@engine/catalogue/types';
import { cacheBytesOf } from '@engine/inference/attention';
import { servingMemory } from '@engine/inference/capacity';
import { meanContextTokens } from '@engine/inference/request-shape';
import { servingConstantsOn } from '@engine/inference/device-constants';
import { loadReplica } from '@engine/inference/loaded-replica';
import {
  generationLine,
  isSingleUserSoftware,
  type SoftwareGeneration,
} from '@engine/inference/software';
import {
  prepareServing,
  type Serving,
  type ServingConstants,
  type ServingSetup,
} from '@engine/inference/serving';
import { CaseError, type CaseServing } from './case';
import { expertSpread } from './expert-spread';
import { expertsHost } from './host-experts';
import { hasStages, layouts, refuseTooFew, widerLayouts, type Layout } from './layout-candidates';
import type { Load } from './load';
import type { Machine } from './case-hardware';
import { tokenizerSeconds } from './own-tokenizer';
import { readPrecision } from './precision';
import { replicaLoad, type Subject } from './replica-load';
import { isToldOtherwise, runningDefault } from './running-default';
import { isServer, isTunedEntry, keepsCacheInPlace, servingSoftware } from './serving-software';
import { statedLimits, statedRunning, statedStepTokens, statesShare } from './stated-limits';
import { withUpstreamExperts } from './upstream-experts';
import { readWeightFormat, type WeightFormat } from './weight-format';

type Assume = (sentence: string) => void;

type Attention = Pick<ServingSetup, 'hasWideAttention'>;

const narrowAttention: Attention = { hasWideAttention: false };

/** Replicas of one layout. */
export interface Replicas {
  readonly serving: Serving;
  /** a part of one where the case counts fewer accelerators than a replica has */
  readonly count: number;
}

/**
 * The layout that a case states, or the best that fits: the fastest for one request, else the highest throughput. Where none of
 * the usual ones holds the weights, over more accelerators by the degrees that the case leaves open.
 */
export function chooseReplicas(subject: Subject, assume: Assume): Replicas {
  const build = builder(subject, assume);
  const { tp, ep, dp } = subject.given;
  const isStated = Boolean(tp ?? ep ?? dp) || hasStages(subject.given);
  const laidOut = layouts(subject);
  refuseTooFew(subject, laidOut);
  const usual = usualReplicas(laidOut, build, assume);
  const isWidened = usual.every(exceedsMemory);
  const wider = isWidened ? widerLayouts(subject).map((layout) => build(layout)) : [];
  const candidates = [...usual, ...wider];
  const fitting = candidates.filter(hasRoom);
  if (fitting.length === 0) return tightest(candidates, assume);
  const isLatency = subject.given.mode === 'latency';
  const rate = (replicas: Replicas): number => {
    const { serving, count } = busyReplicas(subject.load, replicas);
    const loaded = loadReplica(serving, subject.shape, replicaLoad(subject, count));
    return isLatency ? 1 / loaded.timePerOutputToken : loaded.tokensPerSecond * count;
  };
  const best = fitting.reduce((first, next) => (rate(next) > rate(first) ? next : first));
  if (isWidened) {
    const { tensorParallel, pipelineParallel } = best.serving;
    assume(
      `tensor parallel ${tensorParallel}, pipeline parallel ${pipelineParallel}: fewer accelerators do not hold the weights`,
    );
  } else if (!isStated) {
    assume(
      `tensor parallel ${best.serving.tensorParallel}: not given, the ${isLatency ? 'fastest' : 'highest throughput'} that fits`,
    );
  }
  return best;
}

/**
 * Replicas of those layouts, with attention as narrow as the other weights where none holds it in 16 bits: checkpoints of both
 * kinds exist of most models.
 */
function usualReplicas(
  laidOut: readonly Layout[],
  build: (layout: Layout, attention?: Attention) => Replicas,
  assume: Assume,
): readonly Replicas[] {
  const published = laidOut.map((layout) => build(layout));
  if (!published.every((one) => one.serving.hasWideAttention && exceedsMemory(one)))
    return published;
  const narrowed = laidOut.map((layout) => build(layout, narrowAttention));
  if (narrowed.every(exceedsMemory)) return published;
  assume('attention as narrow as the other weights: it does not fit in 16 bits');
  return narrowed;
}

/** Those that have anything to do: no more than there are requests in flight. */
export function busyReplicas(load: Load, replicas: Replicas): Replicas {
  if (load.kind !== 'requests in flight' || replicas.count <= 1) return replicas;
  return { ...replicas, count: Math.min(replicas.count, Math.max(1, load.requests)) };
}

function hasRoom({ serving }: Replicas): boolean {
  return servingMemory(serving).cache > 0;
}

/** Whether the weights alone take more than the memory, however much of it an engine may fill. */
function exceedsMemory({ serving }: Replicas): boolean {
  const whole = serving.device.memoryBytes * serving.constants.gibibytes;
  return serving.weightBytesPerAccelerator > whole * 1.02;
}

/** The candidate that lacks least memory, if the weights alone could be held at all. */
function tightest(candidates: readonly Replicas[], assume: Assume): Replicas {
  const lack = ({ serving }: Replicas): number => -servingMemory(serving).cache;
  const best = candidates.reduce((first, next) => (lack(next) < lack(first) ? next : first));
  const { serving } = best;
  const whole = serving.device.memoryBytes * serving.constants.gibibytes;
  if (exceedsMemory(best)) {
    throw new CaseError(
      `The weights do not fit: ${Math.round(serving.weightBytesPerAccelerator / 1e9)} GB on each accelerator of ${Math.round(whole / 1e9)} GB (tensor parallel ${serving.tensorParallel}, pipeline parallel ${serving.pipelineParallel}). Use more accelerators or fewer bits.`,
    );
  }
  assume(
    'the memory that an engine sets aside is smaller than usual: the weights leave no room otherwise',
  );
  return best;
}

/**
 * Requests that a server's static graphs are compiled for, whatever it is sent: Optimum Neuron's are published for one number. AWS's
 * guides to NxD Inference compile for the requests that they measure, `--max-num-seqs 1` where one is sent at a time:
 * https://awsdocs-neuron.readthedocs-hosted.com/en/latest/libraries/nxd-inference/tutorials/trn2-llama3.1-405b-tutorial.html (read
 * 2026-11-30, the option from memory). Batches that run by themselves are compiled for what they are.
 */
function compiledRequests(engine: string | null | undefined, read: ServingConstants): number {
  if (!isServer(engine)) return 0;
  return /nxd/i.test(engine ?? '') ? Math.min(1, read.compiledRequests) : read.compiledRequests;
}

function builder(
  subject: Subject,
  assume: Assume,
): (layout: Layout, attention?: Attention) => Replicas {
  const { given, architecture, machine, catalogue, shape, load } = subject;
  const software = servingSoftware(given);
  const read = servingConstantsOn(machine.device, software, catalogue.assumptions);
  const cap = machine.isPowerCapped
    ? assumptionValue(catalogue.assumptions, 'serving.powerCapped')
    : 1;
  // Entries to MLPerf set the limit of requests in flight themselves, far above the defaults; engines without a queue run what they are given.
  const asked = load.kind === 'requests in flight' && !isServer(given.engine) ? load.requests : 0;
  const entry = given.mlperf_scenario
    ? assumptionValue(catalogue.assumptions, 'serving.benchmarkBatch')
    : 0;
  const byItself = Math.max(runningDefault(subject, read.largestBatch), entry, asked);
  const largestBatch = statedRunning(given) ?? byItself;
  const tuned = isTunedEntry(given)
    ? assumptionValue(catalogue.assumptions, 'serving.tunedArithmetic')
    : 1;
  const constants = {
    ...read,
    ...statedLimits(
      given,
      { ...read, compiledRequests: compiledRequests(given.engine, read) },
      Math.max(1, given.dp ?? 1),
    ),
    ...withUpstreamExperts(subject, read),
    largestBatch,
    sequenceOverheadSeconds: read.sequenceOverheadSeconds + tokenizerSeconds(subject),
    // Whoever sets limits states a share of the memory with them.
    activationReserveBytes:
      statesShare(given) || isToldOtherwise(subject) ? 0 : read.activationReserveBytes,
    copiesCache: keepsCacheInPlace(given) ? 0 : read.copiesCache,
    // Proposed tokens and adapters keep SGLang from capturing prompts: the page of promptLaunchSeconds.
    capturedLaunch: given.speculative_tokens || given.adapters ? 1 : read.capturedLaunch,
    // Optimum compiles for one length; NxD Inference for several, of which the nearest is taken.
    compiledTokens: /optimum|tgi/i.test(given.engine ?? '') ? read.compiledTokens : 0,
    computeShare: read.computeShare * cap * tuned,
  };
  const isFleet = given.mode === 'disaggregated';
  const format: WeightFormat = readWeightFormat(given.weights_precision) ?? { precision: 'fp16' };
  const hostExperts = expertsHost(given, architecture, catalogue, assume);
  const setup = {
    device: machine.device,
    architecture,
    weightPrecision: format.precision,
    ...(format.bits === undefined ? {} : { weightBits: format.bits }),
    ...(format.hasNarrowEmbedding ? { hasNarrowEmbedding: true } : {}),
    ...wideAttention(format, software),
    ...expertSpread(given, software),
    ...(hostExperts === null ? {} : { hostExperts }),
    ...(given.offloaded_weights ? { offloadedShare: Math.min(1, given.offloaded_weights) } : {}),
    ...(given.adapters
      ? { adapters: { count: given.adapters, rank: given.adapter_rank ?? 16 } }
      : {}),
    keyValuePrecision: cachePrecision(given, format.precision, machine, assume),
  };
  return (layout, attention = {}) => {
    const size = layout.tensorParallel * layout.pipelineParallel;
    const whole = machine.count < size ? machine.count / size : Math.floor(machine.count / size);
    // Replicas beyond the requests in flight have nothing to do.
    const count = load.kind === 'requests in flight' ? Math.min(whole, load.requests) : whole;
    const settings = { ...setup, ...layout, ...attention };
    const own = isFleet
      ? { ...constants, ...fleetConstants(constants, layout, subject) }
      : constants;
    const usual = prepareServing(settings, own);
    const wide = isShort(subject, usual)
      ? prepareServing(settings, {
          ...own,
          memoryFraction: fullFraction,
          activationReserveBytes: 0,
        })
      : usual;
    if (wide !== usual)
      assume(`${fullFraction * 100} % of the memory filled: the stated layout leaves no room`);
    if (!mayNarrowCache(subject, wide)) return { serving: wide, count };
    const narrow = prepareServing({ ...settings, keyValuePrecision: 'fp8' }, own);
    const held = batchHeld(load, count);
    const isNarrow = cacheFits(narrow, shape, held) && !cacheFits(wide, shape, held);
    if (isNarrow) assume('FP8 key–value cache: the stated batch does not fit with 16 bits');
    return { serving: isNarrow ? narrow : wide, count };
  };
}

/** Files of single-user software narrow all projections; of others, what their format says, or is usual for the model. */
function wideAttention(format: WeightFormat, software: SoftwareGeneration): Attention {
  if (isSingleUserSoftware(software)) return narrowAttention;
  const { hasWideAttention } = format;
  return hasWideAttention === undefined ? {} : { hasWideAttention };
}

/** Share of the memory that operators let an engine fill where its default leaves no room. */
const fullFraction = 0.97;

/** Whether a layout that was run leaves less than a request to every group that attends for itself. */
function isShort({ given, shape }: Subject, serving: Serving): boolean {
  const groups = given.dp === null ? 1 : serving.attentionGroups;
  const cache = servingMemory(serving).cache;
  const isReserved = serving.constants.activationReserveBytes > 0;
  return (
    (groups > 1 || isReserved) && cache < cacheBytesOf(serving, meanContextTokens(shape)) * groups
  );
}

/**
 * What fleets with workers of their own for answers do that single replicas do not by default: their steps are captured as graphs up to the batch that they run,
 * busy experts have replicas elsewhere (EPLB), and prompts are taken together up to a larger budget, which SGLang divides by the groups of attention.
 *
 * Source: SGLang's large-scale deployment, https://lmsys.org/blog/2025-05-05-large-scale-ep; https://github.com/deepseek-ai/EPLB (from memory);
 * chunked-prefill-size and max-num-batched-tokens in recipes of https://github.com/SemiAnalysisAI/InferenceX,
 * benchmarks/multi_node/srt-slurm-recipes, and https://github.com/NVIDIA/srt-slurm, recipes/h200, read 2026-11-30; those of TensorRT-LLM keep its default.
 */
function fleetConstants(
  { expertImbalance, prefillTokens }: ServingConstants,
  { attentionGroups }: Layout,
  { given, catalogue }: Subject,
): Pick<ServingConstants, 'capturedRows' | 'capturesGroups' | 'expertImbalance' | 'prefillTokens'> {
  const known = (key: string): number => assumptionValue(catalogue.assumptions, key);
  const line = generationLine(servingSoftware(given));
  const keepsDefault = line.some((one) => one.startsWith('trtllm'));
  const share = line.includes('sglang') ? attentionGroups : 1;
  const budget = Math.max(prefillTokens, known('serving.fleetPrefillTokens') / share);
  const stated = statedStepTokens(given, attentionGroups);
  return {
    capturedRows: Infinity,
    capturesGroups: 1,
    expertImbalance: Math.min(expertImbalance, known('serving.replicatedExperts')),
    prefillTokens: stated ?? (keepsDefault ? prefillTokens : budget),
  };
}

/** Engines that queue run what fits of a stated number of requests; those that run one batch after the other hold all of it. */
function mayNarrowCache({ given, load }: Subject, serving: Serving): boolean {
  return (
    given.mode === 'offline' &&
    load.kind === 'requests in flight' &&
    !isServer(given.engine ?? 'none') &&
    !given.kv_precision &&
    serving.elementBytes.weight <= 1 &&
    serving.elementBytes.cache > 1
  );
}

function batchHeld(load: Subject['load'], replicas: number): number {
  return load.kind === 'requests in flight' ? load.requests / replicas : 1;
}

function cacheFits(serving: Serving, shape: Subject['shape'], requests: number): boolean {
  return cacheBytesOf(serving, meanContextTokens(shape)) * requests <= servingMemory(serving).cache;
}

/** Quantised checkpoints for TensorRT-LLM, which NVIDIA's NIM runs, and recipes for parts with 4-bit arithmetic, bring an FP8 cache; others keep 16 bits unless told. */
function cachePrecision(
  given: CaseServing,
  weights: Precision,
  machine: Machine,
  assume: Assume,
): Precision {
  const stated = readPrecision(given.kv_precision);
  if (stated !== null) return stated;
  const isNarrow = weights === 'fp8' || weights === 'fp4';
  const usesNarrow =
    /tensorrt|trtllm|trt-llm|\bnim\b|boost/i.test(given.engine ?? '') ||
    Boolean(given.mlperf_scenario) ||
    machine.device.family === 'blackwell';
  const chosen = isNarrow && usesNarrow ? 'fp8' : 'bf16';
  assume(`${chosen.toUpperCase()} key–value cache: not given`);
  return chosen;
}
