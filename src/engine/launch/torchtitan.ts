import { missing, recomputedLayers, shardGroups } from './extras';
import type { LaunchJob, LaunchSettings } from './types';

const checkpointing = {
  none: 'None',
  selective: 'SelectiveAC.Config()',
  full: 'FullAC.Config()',
} as const;

/** Its schedule, and the chunks per rank that this takes. */
function scheduleOf({ layout }: LaunchJob): { readonly schedule: string; readonly chunks: number } {
  switch (layout.schedule) {
    case 'zero-bubble':
      return { schedule: 'InterleavedZeroBubble', chunks: 2 };
    case 'dualpipe':
      return { schedule: 'DualPipeV', chunks: 2 };
    case undefined:
      return layout.virtualStages > 1
        ? { schedule: 'Interleaved1F1B', chunks: layout.virtualStages }
        : { schedule: '1F1B', chunks: 1 };
  }
}

/** Ranks that copy and ranks that share weights; it shards over the context-parallel ranks as well. */
function dataDegrees(job: LaunchJob): { readonly replicate: number; readonly shard: number } {
  const { dataParallel, layout } = job;
  if (layout.zeroStage === 0) return { replicate: dataParallel, shard: 1 };
  const size = shardGroups(job)?.size;
  if (size === undefined) return { replicate: 1, shard: dataParallel };
  const shard = Math.max(1, Math.floor(size / layout.contextParallel));
  return { replicate: Math.max(1, Math.floor(dataParallel / shard)), shard };
}

/**
 * The configuration of torchtitan for a layout.
 *
 * Leaves out: the model and its data; torchtitan's own choice of what selective recomputation covers.
 * Source: torchtitan/config/parallelism.py at 15e2431 and training.py at f204eb6, https://github.com/pytorch/torchtitan, read
 * 2026-11-29; its schedules are those of torch.distributed.pipelining.schedules.get_schedule_class, read 2026-11-29. Versions before the change of 2026 call the batch local_batch_size and global_batch_size.
 */
export function torchtitanLaunch(job: LaunchJob): LaunchSettings {
  const { layout, sequenceLength, globalBatch, dataParallel, architecture } = job;
  const microBatches = Math.max(1, globalBatch / (dataParallel * layout.microBatch));
  const isPipelined = layout.pipelineParallel > 1;
  const { schedule, chunks } = scheduleOf(job);
  const perChunk = Math.ceil(architecture.layers / (layout.pipelineParallel * chunks));
  const { replicate, shard } = dataDegrees(job);
  const lines = [
    'parallelism=ParallelismConfig(',
    `    data_parallel_replicate_degree=${replicate},`,
    `    data_parallel_shard_degree=${shard},`,
    `    fsdp_reshard_after_forward="${layout.zeroStage === 3 ? 'always' : 'never'}",`,
    `    tensor_parallel_degree=${layout.tensorParallel},`,
    `    context_parallel_degree=${layout.contextParallel},`,
    ...(architecture.mixtureOfExperts
      ? [`    expert_parallel_degree=${layout.expertParallel},`]
      : []),
    `    pipeline_parallel_degree=${layout.pipelineParallel},`,
    ...(isPipelined
      ? [
          `    pipeline_parallel_schedule="${schedule}",`,
          `    pipeline_parallel_layers_per_stage=${perChunk},`,
          `    num_pp_microbatches=${microBatches},`,
        ]
      : []),
    '),',
    'training=TrainingConfig(',
    `    num_tokens_per_microbatch_per_dp_rank=${layout.microBatch * sequenceLength},`,
    `    num_tokens_per_train_step=${globalBatch * sequenceLength},`,
    `    max_context_length=${sequenceLength},`,
    ...(layout.offloadsOptimizer || layout.offloadsWeights ? ['    enable_cpu_offload=True,'] : []),
    '),',
    `activation_checkpoint=${checkpointing[layout.recompute]},`,
  ];
  return {
    tool: 'torchtitan',
    form: 'Parts of a Trainer.Config',
    text: lines.join('\n'),
    cannot: [
      ...(layout.zeroStage === 1
        ? [
            'A sharded optimizer alone (ZeRO 1) does not exist; sharding without resharding (ZeRO 2) is nearest.',
          ]
        : []),
      ...(layout.expertParallel > 1 && layout.expertParallel < layout.tensorParallel
        ? ['Expert parallelism must be at least as wide as tensor parallelism.']
        : []),
      ...(job.precision === 'bf16' || job.precision === 'fp32'
        ? []
        : ['8-bit and 4-bit products are a transform of the model, not a field here.']),
      ...(recomputedLayers(job) === null
        ? []
        : ['Recomputing some layers of a stage has no field here; FullAC covers all.']),
      ...missing(job, {
        'zero-bubble':
          'The zero-bubble schedules take two or more chunks per rank; with one (ZB-H1) there is none.',
        dualpipe:
          'DualPipe of both ends does not exist; DualPipeV folds the pipeline, two chunks per rank, without a second copy of the weights.',
        exchange: 'How context-parallel ranks exchange is chosen in the attention of the model.',
        capacity: 'Tokens are not dropped: a capacity factor has no field here.',
        moments: 'The precision of the moments has no field of its own.',
        optimizer: 'Another optimizer than Adam and AdamW is given in the container of optimizers.',
        activations: 'Activations in the memory of the host have no field here.',
        offload:
          'enable_cpu_offload moves parameters and gradients to the host as well, and needs sharding.',
      }),
    ],
    source: 'pytorch/torchtitan, config/parallelism.py and training.py, read 2026-11-29',
  };
}
