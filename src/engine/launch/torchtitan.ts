import type { LaunchJob, LaunchSettings } from './types';

const checkpointing = {
  none: 'None',
  selective: 'SelectiveAC.Config()',
  full: 'FullAC.Config()',
} as const;

/**
 * The configuration of torchtitan for a layout.
 *
 * Leaves out: the model and its data; torchtitan's own choice of what selective recomputation covers.
 * Source: torchtitan/config/parallelism.py at 15e2431 and training.py at f204eb6, https://github.com/pytorch/torchtitan, read
 * 2026-11-25. Versions before the change of 2026 call the batch local_batch_size and global_batch_size.
 */
export function torchtitanLaunch(job: LaunchJob): LaunchSettings {
  const { layout, sequenceLength, globalBatch, dataParallel, architecture } = job;
  const microBatches = Math.max(1, globalBatch / (dataParallel * layout.microBatch));
  const isPipelined = layout.pipelineParallel > 1;
  const isReplicated = layout.zeroStage === 0;
  const schedule = layout.virtualStages > 1 ? 'Interleaved1F1B' : '1F1B';
  const perChunk = Math.ceil(
    architecture.layers / (layout.pipelineParallel * layout.virtualStages),
  );
  const lines = [
    'parallelism=ParallelismConfig(',
    `    data_parallel_replicate_degree=${isReplicated ? dataParallel : 1},`,
    `    data_parallel_shard_degree=${isReplicated ? 1 : dataParallel},`,
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
    ],
    source: 'pytorch/torchtitan, config/parallelism.py and training.py, read 2026-11-25',
  };
}
