import { z } from 'zod';
import {
  amount,
  limit,
  load,
  misstatements,
  optionalWhole,
  positive,
  setting,
  text,
  whole,
  type Misstatement,
} from './case-fields';

const modelFields = z.object({
  name: text,
  params_total: positive,
  params_active: positive,
  layers: whole,
  hidden: whole,
  heads: whole,
  kv_heads: whole,
  head_dim: whole,
  ffn: whole,
  vocab: whole,
  attention: text,
  activation: text,
  experts: optionalWhole,
  /** experts that a token passes through, under either name */
  experts_active: optionalWhole,
  experts_per_token: optionalWhole,
  moe_ffn: optionalWhole,
  shared_experts: amount,
  dense_layers: amount,
  config: z.unknown().optional(),
});

const model = modelFields.transform(({ experts_per_token, ...rest }) => ({
  ...rest,
  experts_active: rest.experts_active ?? experts_per_token,
}));

const hardware = z.object({
  accelerator: text,
  count: whole,
  per_node: whole,
  interconnect: text,
});

const training = z.object({
  precision: text,
  fp8_recipe: text,
  seq_len: whole,
  global_batch_seqs: positive,
  global_batch_tokens: positive,
  micro_batch: whole,
  tp: whole,
  pp: whole,
  vpp: optionalWhole,
  cp: optionalWhole,
  ep: optionalWhole,
  dp: whole,
  zero_stage_or_fsdp: setting,
  recompute: setting,
  tokens_total: positive,
  task: text,
  framework: text,
  compile: setting,
  /** what of a step is captured as a graph */
  cuda_graph: setting,
  etp: optionalWhole,
  grad_accum: positive,
  attention_kernel: text,
  /** whether attention is fused, where no kernel is named */
  flash_attention: setting,
  /** whether the products of attention are of 8 bits too */
  fp8_attention: setting,
  schedule: text,
  pipeline_schedule: text,
  pp_schedule: text,
  cp_type: text,
  cp_method: text,
  capacity_factor: positive,
  /** how tokens reach their experts, under either name: DeepEP, HybridEP, alltoall, allgather; and whether the router is held to an even load */
  moe_dispatcher: text,
  moe_token_dispatcher: text,
  moe_routing: text,
  /** whether that runs behind the computation of another micro-batch */
  moe_ep_overlap: setting,
  optimizer_offload: setting,
  optimizer_cpu_offload: setting,
  /** weights in the host's memory */
  param_offload: setting,
  parameter_offload: setting,
  offload_params: setting,
  cpu_offload: setting,
  /** activations in the host's memory between the passes; what goes to the host, in words */
  activation_offload: setting,
  activation_cpu_offload: setting,
  offload: text,
  optimizer: text,
  /** of weights, gradients and moments, under either name; of the moments alone */
  optimizer_dtype: setting,
  optimizer_precision: setting,
  moment_dtype: setting,
  /** products of tensor ranks overlapped piece by piece */
  async_tp: setting,
  tp_overlap: setting,
  /** whether gradients are exchanged behind the backward pass, weights behind the forward pass, and gradients in 32 bits */
  overlap_grad_reduce: setting,
  overlap_param_gather: setting,
  grad_reduce_in_fp32: setting,
  sequence_parallel: setting,
});

/** Workers of one kind of a disaggregated fleet. */
const poolFields = z.object({
  workers: positive,
  tp: whole,
  pp: whole,
  ep: optionalWhole,
  dp: optionalWhole,
  /** whether every accelerator of a worker attends for itself */
  dp_attention: setting,
  /** accelerators of all of them */
  gpus: whole,
});

const pool = poolFields.nullish().catch(null);

const serving = z.object({
  engine: text,
  weights_precision: text,
  kv_precision: text,
  tp: whole,
  pp: whole,
  ep: optionalWhole,
  dp: optionalWhole,
  batch_or_concurrency: load,
  input_len: amount,
  output_len: positive,
  /** length at which answers are cut off */
  max_output_len: positive,
  /** requests of the whole run */
  num_requests: whole,
  num_prompts: whole,
  mode: text,
  phase: text,
  steps: positive,
  resolution: z.union([z.string(), z.number().positive()]).nullish().catch(null),
  /** of a video, and how many are shown in a second */
  frames: whole,
  fps: positive,
  mlperf_scenario: text,
  /** what the times to tokens are of a run: mean or median */
  latency_statistic: text,
  latency_stat: text,
  /** how lengths are drawn: exact, uniform 0.8 to 1 times the nominal; where prompts are from: random, ShareGPT */
  lengths: text,
  dataset: text,
  mean_kv_len: positive,
  /** tokens proposed per step, and the share of them that is kept */
  speculative_tokens: optionalWhole,
  acceptance: amount,
  /** share of a prompt found in the cache, of the weights kept in host memory */
  prefix_hit_rate: amount,
  offloaded_weights: amount,
  adapters: optionalWhole,
  adapter_rank: optionalWhole,
  /** what a server was told, by the names that servers have for it: requests at once, tokens of a step, no graphs, share of the memory */
  max_num_seqs: limit,
  max_running_requests: limit,
  max_batch_size: limit,
  max_batch: limit,
  max_num_batched_tokens: limit,
  chunked_prefill_size: limit,
  max_num_tokens: limit,
  enforce_eager: setting,
  disable_cuda_graph: setting,
  gpu_memory_utilization: positive,
  mem_fraction_static: positive,
  /** processors of the host, and what is kept in their memory */
  cpu: text,
  offload: text,
  /** workers of a disaggregated fleet that process prompts, and that decode */
  prefill_workers: positive,
  decode_workers: positive,
  prefill_layout: pool,
  decode_layout: pool,
  /** accelerators that make one image together: sharing its tokens, the guided evaluations, the network */
  sequence_parallel: optionalWhole,
  cfg_parallel: optionalWhole,
  pipefusion: optionalWhole,
  /** false without classifier-free guidance */
  cfg: z.boolean().nullish().catch(null),
});

const flopConvention = z.object({
  numerator: text,
  attention: text,
  peak_tflops: z.union([z.string(), z.number()]).nullish().catch(null),
});

const caseSchema = z.object({
  id: z.string().nullish().catch(null),
  kind: text,
  model: model.nullish().catch(null),
  hardware: hardware.nullish().catch(null),
  training: training.nullish().catch(null),
  serving: serving.nullish().catch(null),
  phase: text,
  steps: positive,
  resolution: z.union([z.string(), z.number().positive()]).nullish().catch(null),
  frames: whole,
  fps: positive,
  mlperf_scenario: text,
  mean_kv_len: positive,
  cpu: text,
  offload: text,
  prefill_workers: positive,
  decode_workers: positive,
  prefill_layout: pool,
  decode_layout: pool,
  cfg: z.boolean().nullish().catch(null),
  num_requests: whole,
  num_prompts: whole,
  latency_stat: text,
  flop_convention: flopConvention.nullish().catch(null),
});

export type Case = z.infer<typeof caseSchema>;
export type CaseModel = z.infer<typeof model>;
export type CaseHardware = z.infer<typeof hardware>;
export type CaseTraining = z.infer<typeof training>;
export type CaseServing = z.infer<typeof serving>;
export type CasePool = NonNullable<z.infer<typeof pool>>;
export type FlopConvention = z.infer<typeof flopConvention>;

/** What a case carries for scoring alone: it must not be able to reach a prediction. */
const forScoring = new Set([
  'measured',
  'derived',
  'derived_fields',
  'closed_loop_est',
  'littles_law_in_flight',
  'notes',
  'source',
  'tier',
]);

/** Reads one case after dropping what it carries for scoring; null when it is no object. */
export function readCase(raw: unknown): Case | null {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return null;
  const kept = Object.entries(raw).filter(([name]) => !forScoring.has(name));
  const read = caseSchema.safeParse(Object.fromEntries(kept));
  return read.success ? withServingFields(read.data) : null;
}

/** Fields of a case that hold no number although they take one, those within its parts included. */
export function caseMisstatements(raw: unknown): Misstatement[] {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return [];
  const parts: Readonly<Record<string, unknown>> = { ...raw };
  const { serving: served } = parts;
  return [
    ...misstatements('', caseSchema.shape, parts),
    ...misstatements('model.', modelFields.shape, parts['model']),
    ...misstatements('hardware.', hardware.shape, parts['hardware']),
    ...misstatements('training.', training.shape, parts['training']),
    ...misstatements('serving.', serving.shape, served),
    ...['prefill_layout', 'decode_layout'].flatMap((name) =>
      [parts, served].flatMap((holder) =>
        misstatements(`${name}.`, poolFields.shape, memberOf(holder, name)),
      ),
    ),
  ];
}

function memberOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}

/** What of its serving a case may say beside the serving part. */
const besideServing = [
  'phase',
  'steps',
  'resolution',
  'frames',
  'fps',
  'mlperf_scenario',
  'mean_kv_len',
  'cpu',
  'offload',
  'prefill_workers',
  'decode_workers',
  'prefill_layout',
  'decode_layout',
  'cfg',
  'num_requests',
  'num_prompts',
  'latency_stat',
] as const;

/** What a case says about its serving beside the serving part counts as if it stood inside. */
function withServingFields(read: Case): Case {
  const { serving } = read;
  if (!serving) return read;
  const stated = besideServing
    .map((name) => [name, read[name]] as const)
    .filter(([, value]) => value !== null && value !== undefined);
  const mode = usualMode(serving.mode);
  const entry = entryScenario(serving.engine, mode);
  return {
    ...read,
    serving: { ...serving, mode, ...entry, ...Object.fromEntries(stated) },
  };
}

/** Whether an engine's name says that an entry to MLPerf ran it: 'TensorRT-LLM (MLPerf v3.1)'. */
export function namesEntry(engine: string | null | undefined): boolean {
  return /mlperf/i.test(engine ?? '');
}

/** The scenario of an entry to MLPerf that names the benchmark with its software ('TensorRT-LLM (MLPerf v3.1)') and nothing more: that of its mode. */
function entryScenario(
  engine: string | null | undefined,
  mode: string | null,
): { readonly mlperf_scenario?: string } {
  const scenario = { offline: 'Offline', server: 'Server' }[mode ?? ''];
  return scenario !== undefined && namesEntry(engine) ? { mlperf_scenario: scenario } : {};
}

/** The kind of a run by the words that benchmarks use for it; any other word stays. */
function usualMode(given: string | null | undefined): string | null {
  const lower = given?.toLowerCase() ?? '';
  if (/single.?(?:stream|user)|latency/.test(lower)) return 'latency';
  if (/disagg/.test(lower)) return 'disaggregated';
  if (/offline|max.?throughput/.test(lower)) return 'offline';
  return /server|online|closed.?loop/.test(lower) ? 'server' : (given ?? null);
}

export interface Interval {
  readonly p10: number;
  readonly p90: number;
}

/** What is printed for one case. */
export interface Prediction {
  readonly id: string | null;
  readonly predicted?: Readonly<Record<string, number>>;
  readonly interval?: Readonly<Record<string, Interval>>;
  readonly breakdown?: Readonly<Record<string, number>>;
  readonly layout?: Readonly<Record<string, number | string>>;
  readonly assumptions: readonly string[];
  readonly bound?: string;
  /** how much of the run the case states: what the width of the range goes by */
  readonly rangeKind?: 'complete' | 'partial' | 'benchmark';
  readonly error?: string;
}

/** A case that cannot be predicted: the sentence stands alone and never stops the others. */
export class CaseError extends Error {}

/** The range in which four of five measurements are expected: a factor 1 + error either way. */
export function intervalOf(value: number, relativeError: number): Interval {
  return { p10: value / (1 + relativeError), p90: value * (1 + relativeError) };
}
