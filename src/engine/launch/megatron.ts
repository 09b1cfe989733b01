import { missing, recomputedOfChunk, shardGroups, unevenRecomputation } from './extras';
import { megatronHostNeeds, megatronOptimizer, wholeOffloadedLayers } from './megatron-host';
import { bridgeStages, megatronStages } from './stage-split';
import type { LaunchJob, LaunchSettings } from './types';

const sharding = ['no_shard', 'optim', 'optim_grads', 'optim_grads_params'] as const;

function precisionOptions({ precision }: LaunchJob): string[] {
  switch (precision) {
    case 'bf16':
      return ['--bf16'];
    case 'fp16':
      return ['--fp16'];
    case 'fp8':
      return ['--bf16', '--fp8-format hybrid'];
    case 'fp4':
      return ['--bf16', '--fp4-format e2m1'];
    case 'fp64':
    case 'fp32':
    case 'tf32':
    case 'int8':
      return [];
  }
}

/** How context-parallel ranks exchange keys and values, as Transformer Engine spells it; a ring is the default. */
const exchanges = { 'all-gather': 'all_gather', ring: 'p2p', ulysses: 'a2a' } as const;
const momentTypes = { '32-bit': 'fp32', '16-bit': 'fp16', '8-bit': 'fp8' } as const;

const otherSchedules = {
  'zero-bubble':
    'Zero-bubble schedules do not exist here; the fork of their authors, sail-sg/zero-bubble-pipeline-parallelism, has them.',
  dualpipe:
    'DualPipe does not exist here; interleaving with --overlap-moe-expert-parallel-comm hides the exchange of experts in another way.',
};

function extraOptions(job: LaunchJob): string[] {
  const { contextParallel, contextExchange, capacityFactor } = job.layout;
  const { momentPrecision = '32-bit', offloadsOptimizer } = job.layout;
  const groups = shardGroups(job);
  const moments = momentTypes[momentPrecision];
  const optimizer = megatronOptimizer(job);
  const offloaded = wholeOffloadedLayers(job);
  return [
    ...(contextParallel > 1
      ? [`--cp-comm-type ${exchanges[contextExchange ?? 'all-gather']}`]
      : []),
    ...(capacityFactor !== undefined && job.architecture.mixtureOfExperts
      ? [`--moe-expert-capacity-factor ${capacityFactor}`, '--moe-token-dispatcher-type alltoall']
      : []),
    ...(groups ? [`--num-distributed-optimizer-instances ${groups.groups}`] : []),
    ...(moments !== 'fp32' || offloadsOptimizer ? ['--use-precision-aware-optimizer'] : []),
    ...(moments === 'fp32' ? [] : [`--exp-avg-dtype ${moments}`, `--exp-avg-sq-dtype ${moments}`]),
    ...(offloadsOptimizer ? ['--optimizer-cpu-offload'] : []),
    ...(optimizer ? [`--optimizer ${optimizer}`] : []),
    ...(offloaded ? [`--cpu-offloading-num-layers ${offloaded}`] : []),
  ];
}

/** What its optimizer needs beside what the layout says. */
function optimizerNeeds({ layout }: LaunchJob): string[] {
  const isAware =
    layout.offloadsOptimizer === true || (layout.momentPrecision ?? '32-bit') !== '32-bit';
  return isAware && layout.zeroStage === 0
    ? ['The precision-aware optimizer works with a sharded optimizer (ZeRO 1 or more) alone.']
    : [];
}

function shardingOptions(zeroStage: number): string[] {
  if (zeroStage === 0) return [];
  if (zeroStage === 1) return ['--use-distributed-optimizer'];
  return [
    '--use-megatron-fsdp',
    `--data-parallel-sharding-strategy ${sharding[zeroStage] ?? 'optim_grads_params'}`,
    '--no-gradient-accumulation-fusion',
    '--use-distributed-optimizer',
    '--ckpt-format fsdp_dtensor',
  ];
}

/**
 * Options of Megatron-LM for a layout.
 *
 * Leaves out: data, tokenizer, learning rate, checkpoints, the model's own shape.
 * Source: megatron/training/arguments.py at 000c4ac and the Megatron-FSDP guide, https://github.com/NVIDIA/Megatron-LM, read
 * 2026-11-25; options of exchange, capacity, moments, offload and instances of the optimizer in the same file, read 2026-11-29;
 * --fp8-format and --fp4-format from memory. Schedules: issue 1524 and pull request 5254 of the same repository, read 2026-11-29.
 */
export function megatronLaunch(job: LaunchJob): LaunchSettings {
  const { layout, architecture } = job;
  const layers = recomputedOfChunk(job);
  const options = [
    `--tensor-model-parallel-size ${layout.tensorParallel}`,
    ...(layout.tensorParallel > 1 ? ['--sequence-parallel'] : []),
    `--pipeline-model-parallel-size ${layout.pipelineParallel}`,
    ...megatronStages(job),
    `--context-parallel-size ${layout.contextParallel}`,
    ...(architecture.mixtureOfExperts
      ? [
          `--expert-model-parallel-size ${layout.expertParallel}`,
          `--expert-tensor-parallel-size ${job.expertTensorParallel ?? 1}`,
        ]
      : []),
    `--micro-batch-size ${layout.microBatch}`,
    `--global-batch-size ${job.globalBatch}`,
    `--seq-length ${job.sequenceLength}`,
    ...(layout.recompute === 'none' ? [] : [`--recompute-granularity ${layout.recompute}`]),
    ...(layout.recompute === 'full'
      ? [
          `--recompute-method ${layers === null ? 'uniform' : 'block'}`,
          `--recompute-num-layers ${layers ?? 1}`,
        ]
      : []),
    ...shardingOptions(layout.zeroStage),
    ...extraOptions(job),
    ...precisionOptions(job),
  ];
  return {
    tool: 'Megatron-LM',
    form: 'Options of pretrain_gpt.py',
    text: options.map((option) => `  ${option}`).join(' \\\n'),
    cannot: [
      ...(layout.zeroStage >= 2 && layout.pipelineParallel > 1
        ? ['Megatron-FSDP together with pipeline parallelism depends on the version.']
        : []),
      ...(precisionOptions(job).length === 0 ? ['The precision has no option of its own.'] : []),
      ...unevenRecomputation(job),
      ...missing(job, otherSchedules),
      ...optimizerNeeds(job),
      ...megatronHostNeeds(job),
    ],
    source: 'NVIDIA/Megatron-LM, arguments.py, read 2026-11-25',
  };
}

const otherBridgeSchedules = {
  'zero-bubble': 'Zero-bubble schedules do not exist in Megatron Core.',
  dualpipe:
    'DualPipe does not exist in Megatron Core; interleaving with cfg.comm_overlap and overlap_moe_expert_parallel_comm hides the exchange of experts in another way.',
};

function bridgeExtras(job: LaunchJob): string[] {
  const { contextParallel, contextExchange, capacityFactor } = job.layout;
  const { momentPrecision = '32-bit', offloadsOptimizer } = job.layout;
  const groups = shardGroups(job);
  const moments = momentPrecision === '16-bit' ? 'torch.float16' : 'torch.uint8';
  const hasNarrow = momentPrecision !== '32-bit';
  const optimizer = megatronOptimizer(job);
  const offloaded = wholeOffloadedLayers(job);
  return [
    ...(contextParallel > 1
      ? [`cfg.model.cp_comm_type = "${exchanges[contextExchange ?? 'all-gather']}"`]
      : []),
    ...(capacityFactor !== undefined && job.architecture.mixtureOfExperts
      ? [
          `cfg.model.moe_expert_capacity_factor = ${capacityFactor}`,
          'cfg.model.moe_token_dispatcher_type = "alltoall"',
        ]
      : []),
    ...(groups ? [`cfg.ddp.num_distributed_optimizer_instances = ${groups.groups}`] : []),
    ...(hasNarrow || offloadsOptimizer
      ? ['cfg.optimizer.use_precision_aware_optimizer = True']
      : []),
    ...(hasNarrow
      ? [`cfg.optimizer.exp_avg_dtype = ${moments}`, `cfg.optimizer.exp_avg_sq_dtype = ${moments}`]
      : []),
    ...(offloadsOptimizer
      ? [
          'cfg.optimizer.optimizer_cpu_offload = True',
          'cfg.optimizer.optimizer_offload_fraction = 1.0',
        ]
      : []),
    ...(optimizer ? [`cfg.optimizer.optimizer = "${optimizer}"`] : []),
    ...(offloaded
      ? ['cfg.model.cpu_offloading = True', `cfg.model.cpu_offloading_num_layers = ${offloaded}`]
      : []),
  ];
}

/**
 * The fields of Megatron Bridge for a layout; NeMo 2.0 takes the degrees under the same names.
 *
 * Leaves out: as megatronLaunch.
 * Source: docs/parallelisms.md, docs/training/activation-recomputation.md and mixed-precision.md,
 * https://github.com/NVIDIA-NeMo/Megatron-Bridge, its recipes and its guide of offloading, read 2026-11-29.
 */
export function bridgeLaunch(job: LaunchJob): LaunchSettings {
  const { layout, architecture, precision } = job;
  const layers = recomputedOfChunk(job);
  const mixed: Readonly<Record<string, string>> = {
    bf16: 'bf16_mixed',
    fp16: 'fp16_mixed',
    fp8: 'bf16_with_fp8_current_scaling_mixed',
  };
  const isSharded = layout.zeroStage >= 1 ? 'True' : 'False';
  const lines = [
    `cfg.model.tensor_model_parallel_size = ${layout.tensorParallel}`,
    `cfg.model.sequence_parallel = ${layout.tensorParallel > 1 ? 'True' : 'False'}`,
    `cfg.model.pipeline_model_parallel_size = ${layout.pipelineParallel}`,
    `cfg.model.virtual_pipeline_model_parallel_size = ${layout.virtualStages > 1 ? layout.virtualStages : 'None'}`,
    ...bridgeStages(job),
    `cfg.model.context_parallel_size = ${layout.contextParallel}`,
    ...(architecture.mixtureOfExperts
      ? [
          `cfg.model.expert_model_parallel_size = ${layout.expertParallel}`,
          `cfg.model.expert_tensor_parallel_size = ${job.expertTensorParallel ?? 1}`,
        ]
      : []),
    `cfg.model.seq_length = ${job.sequenceLength}`,
    ...(layout.recompute === 'none'
      ? []
      : [`cfg.model.recompute_granularity = "${layout.recompute}"`]),
    ...(layout.recompute === 'full'
      ? [
          `cfg.model.recompute_method = "${layers === null ? 'uniform' : 'block'}"`,
          `cfg.model.recompute_num_layers = ${layers ?? 1}`,
        ]
      : []),
    `cfg.train.micro_batch_size = ${layout.microBatch}`,
    `cfg.train.global_batch_size = ${job.globalBatch}`,
    `cfg.optimizer.use_distributed_optimizer = ${isSharded}`,
    `cfg.ddp.use_distributed_optimizer = ${isSharded}`,
    ...bridgeExtras(job),
    ...(mixed[precision] ? [`cfg.mixed_precision = "${mixed[precision]}"`] : []),
  ];
  return {
    tool: 'Megatron Bridge',
    form: 'Fields of its ConfigContainer, cfg',
    text: lines.join('\n'),
    cannot: [
      ...(layout.zeroStage >= 2
        ? ['ZeRO 2 and 3 are Megatron-FSDP here, which has settings of its own.']
        : []),
      ...(mixed[precision] ? [] : ['No named recipe of mixed precision fits; choose one by hand.']),
      ...unevenRecomputation(job),
      ...missing(job, otherBridgeSchedules),
      ...optimizerNeeds(job),
      ...megatronHostNeeds(job),
    ],
    source: 'NVIDIA-NeMo/Megatron-Bridge, docs, read 2026-11-29',
  };
}
