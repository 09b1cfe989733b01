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
 * 2026-11-25; --fp8-format and --fp4-format from memory.
 */
export function megatronLaunch(job: LaunchJob): LaunchSettings {
  const { layout, architecture } = job;
  const chunks = layout.virtualStages;
  const isUneven = architecture.layers % (layout.pipelineParallel * chunks) !== 0;
  const options = [
    `--tensor-model-parallel-size ${layout.tensorParallel}`,
    ...(layout.tensorParallel > 1 ? ['--sequence-parallel'] : []),
    `--pipeline-model-parallel-size ${layout.pipelineParallel}`,
    ...(chunks > 1 ? [`--num-virtual-stages-per-pipeline-rank ${chunks}`] : []),
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
      ? ['--recompute-method uniform', '--recompute-num-layers 1']
      : []),
    ...shardingOptions(layout.zeroStage),
    ...precisionOptions(job),
  ];
  return {
    tool: 'Megatron-LM',
    form: 'Options of pretrain_gpt.py',
    text: options.map((option) => `  ${option}`).join(' \\\n'),
    cannot: [
      ...(isUneven
        ? [
            `${architecture.layers} layers do not divide over the stages: state the split with --pipeline-model-parallel-layout.`,
          ]
        : []),
      ...(layout.zeroStage >= 2 && layout.pipelineParallel > 1
        ? ['Megatron-FSDP together with pipeline parallelism depends on the version.']
        : []),
      ...(precisionOptions(job).length === 0 ? ['The precision has no option of its own.'] : []),
    ],
    source: 'NVIDIA/Megatron-LM, arguments.py, read 2026-11-25',
  };
}

/**
 * The fields of Megatron Bridge for a layout; NeMo 2.0 takes the degrees under the same names.
 *
 * Leaves out: as megatronLaunch.
 * Source: docs/parallelisms.md, docs/training/activation-recomputation.md and mixed-precision.md,
 * https://github.com/NVIDIA-NeMo/Megatron-Bridge, read 2026-11-25.
 */
export function bridgeLaunch(job: LaunchJob): LaunchSettings {
  const { layout, architecture, precision } = job;
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
      ? ['cfg.model.recompute_method = "uniform"', 'cfg.model.recompute_num_layers = 1']
      : []),
    `cfg.train.micro_batch_size = ${layout.microBatch}`,
    `cfg.train.global_batch_size = ${job.globalBatch}`,
    `cfg.optimizer.use_distributed_optimizer = ${isSharded}`,
    `cfg.ddp.use_distributed_optimizer = ${isSharded}`,
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
    ],
    source: 'NVIDIA-NeMo/Megatron-Bridge, docs, read 2026-11-25',
  };
}
