import {
  missing,
  recomputedLayers,
  recomputedOfChunk,
  shardGroups,
  unevenRecomputation,
} from './extras';
import { weightsStay } from './megatron-host';
import { nemoStages } from './stage-split';
import type { LaunchJob, LaunchSettings } from './types';

/**
 * The strategy of NeMo 2.0 for a layout.
 *
 * Leaves out: recomputation and the batch, which stand in the model's and the data's configuration.
 * Source: nemo/lightning/pytorch/strategies/megatron_strategy.py at 00114ea, https://github.com/NVIDIA/NeMo, read 2026-11-29;
 * uneven splits, nemo/collections/llm/recipes/deepseek_v3.py at 00f65dd of the same repository, read 2026-11-30.
 */
export function nemoLaunch(job: LaunchJob): LaunchSettings {
  const { layout } = job;
  const sharded = layout.zeroStage >= 1 ? 'True' : 'False';
  const lines = [
    'MegatronStrategy(',
    `    tensor_model_parallel_size=${layout.tensorParallel},`,
    `    sequence_parallel=${layout.tensorParallel > 1 ? 'True' : 'False'},`,
    `    pipeline_model_parallel_size=${layout.pipelineParallel},`,
    `    virtual_pipeline_model_parallel_size=${layout.virtualStages > 1 ? layout.virtualStages : 'None'},`,
    ...nemoStages(job),
    `    context_parallel_size=${layout.contextParallel},`,
    `    expert_model_parallel_size=${layout.expertParallel},`,
    `    ddp=DistributedDataParallelConfig(use_distributed_optimizer=${sharded}),`,
    ')',
  ];
  return {
    tool: 'NeMo 2.0',
    form: 'Strategy of the trainer',
    text: lines.join('\n'),
    cannot: [
      `The batch of ${job.globalBatch} in micro-batches of ${layout.microBatch} stands in the data module.`,
      ...(layout.recompute === 'none'
        ? []
        : [`Recomputation “${layout.recompute}” stands in the model’s configuration.`]),
      ...(layout.zeroStage >= 2 ? ['ZeRO 2 and 3 have no field in this strategy.'] : []),
      ...(recomputedLayers(job) === null
        ? []
        : [
            `Of a stage ${recomputedLayers(job)} layers are recomputed: recompute_method "block", recompute_num_layers ${recomputedOfChunk(job)} (of a chunk), in the model’s configuration.`,
          ]),
      ...unevenRecomputation(job),
      ...(shardGroups(job) ? ['Hybrid sharding has no field in this strategy.'] : []),
      ...missing(job, {
        'zero-bubble': 'Zero-bubble schedules do not exist in Megatron Core.',
        dualpipe: 'DualPipe does not exist in Megatron Core.',
        exchange:
          'How context-parallel ranks exchange stands in the model’s configuration: cp_comm_type.',
        capacity:
          'The capacity factor stands in the model’s configuration: moe_expert_capacity_factor.',
        moments: 'The precision of the moments stands in the optimizer’s configuration.',
        optimizer: 'The optimizer stands in the optimizer’s configuration.',
        activations:
          'Activations in host memory stand in the model’s configuration: cpu_offloading_num_layers.',
        weights: weightsStay,
        offload:
          'The optimizer in host memory stands in the optimizer’s configuration: optimizer_cpu_offload.',
      }),
    ],
    source: 'NVIDIA/NeMo, megatron_strategy.py and recipes, read 2026-11-30',
  };
}
