import { missing, recomputedLayers, shardGroups } from './extras';
import type { LaunchJob, LaunchSettings } from './types';

/**
 * The configuration file of DeepSpeed for a layout.
 *
 * Leaves out: pipeline, sequence and expert parallelism and recomputation, which DeepSpeed takes from the program.
 * Source: docs/_pages/config-json.md at 00376da (batch, BF16, ZeRO, offload) and docs/code-docs/source/training.rst (automatic
 * tensor parallelism, all stages of ZeRO), https://github.com/deepspeedai/DeepSpeed, read 2026-11-29; before, the stages were 0 to
 * 2: https://www.deepspeed.ai/tutorials/autotp-training, read 2026-11-25; mics_shard_size:
 * https://deepspeed.readthedocs.io/en/latest/zero3.html, read 2026-11-29.
 */
export function deepSpeedLaunch(job: LaunchJob): LaunchSettings {
  const { layout, globalBatch, dataParallel, precision } = job;
  const accumulation = Math.max(1, globalBatch / (dataParallel * layout.microBatch));
  const groups = shardGroups(job);
  const isMics = groups !== null && layout.zeroStage === 3;
  const layers = recomputedLayers(job);
  const exchange = layout.contextExchange ?? 'all-gather';
  const sendsCheckpoints = layout.offloadedLayers !== undefined && layout.recompute === 'full';
  const config = {
    train_batch_size: globalBatch,
    train_micro_batch_size_per_gpu: layout.microBatch,
    gradient_accumulation_steps: accumulation,
    zero_optimization: {
      stage: layout.zeroStage,
      ...(isMics ? { mics_shard_size: groups.size } : {}),
      ...(layout.offloadsOptimizer && layout.zeroStage >= 1
        ? { offload_optimizer: { device: 'cpu', pin_memory: true } }
        : {}),
      ...(layout.offloadsWeights && layout.zeroStage === 3
        ? { offload_param: { device: 'cpu', pin_memory: true } }
        : {}),
    },
    ...(sendsCheckpoints
      ? { activation_checkpointing: { partition_activations: true, cpu_checkpointing: true } }
      : {}),
    ...(precision === 'fp16' ? { fp16: { enabled: true } } : { bf16: { enabled: true } }),
    ...(layout.tensorParallel > 1
      ? { tensor_parallel: { autotp_size: layout.tensorParallel } }
      : {}),
  };
  const { pipelineParallel, contextParallel, expertParallel, recompute, virtualStages } = layout;
  return {
    tool: 'DeepSpeed',
    form: 'Configuration file (JSON)',
    text: JSON.stringify(config, null, 2),
    cannot: [
      ...(pipelineParallel > 1
        ? [
            `${pipelineParallel} pipeline stages are set in the program, with PipelineModule(num_stages=${pipelineParallel}).`,
          ]
        : []),
      ...(virtualStages > 1 ? ['Interleaved stages do not exist.'] : []),
      ...(pipelineParallel > 1 && layout.zeroStage >= 2
        ? ['The pipeline engine does not work with ZeRO 2 or 3.']
        : []),
      ...(layout.tensorParallel > 1 && layout.zeroStage === 3
        ? [
            'Automatic tensor parallelism with ZeRO 3 needs a recent version; older ones take ZeRO 0 to 2.',
          ]
        : []),
      ...(contextParallel > 1
        ? [
            exchange === 'ulysses'
              ? `Context parallelism over ${contextParallel} is set in the program (Ulysses).`
              : `Context parallelism over ${contextParallel} exists as Ulysses alone, set in the program; not by ${exchange === 'ring' ? 'ring' : 'all-gather'}.`,
          ]
        : []),
      ...(expertParallel > 1
        ? [`Experts over ${expertParallel} ranks are set in the program, in the MoE layer.`]
        : []),
      ...(recompute === 'none'
        ? []
        : [
            layers === null
              ? 'What is recomputed is chosen in the program.'
              : `That ${layers} layers of a stage are recomputed is chosen in the program.`,
          ]),
      ...(isMics
        ? [
            'The model is built within deepspeed.zero.MiCS_Init; zero_hpz_partition_size would share the weights of the backward pass alone.',
          ]
        : []),
      ...(groups && !isMics ? ['Hybrid sharding (MiCS) works with ZeRO 3 alone.'] : []),
      ...missing(job, {
        'zero-bubble': 'Zero-bubble schedules do not exist.',
        dualpipe: 'DualPipe does not exist.',
        capacity: 'The capacity factor is set in the program, in the MoE layer.',
        optimizer: `The optimizer, ${layout.optimizer ?? 'adamw'}, is set with its learning rate in the program or under "optimizer".`,
        ...(sendsCheckpoints
          ? {}
          : { activations: 'Activations go to the host with full recomputation alone.' }),
        ...(layout.zeroStage === 3 ? {} : { weights: 'Weights go to the host with ZeRO 3 alone.' }),
        moments:
          'Narrow moments are those of the optimizer in the program; bf16_optimizer_states takes master weights and gradients to BF16 as well.',
        ...(layout.zeroStage === 0
          ? { offload: 'The optimizer goes to the host with ZeRO 1 or more alone.' }
          : {}),
      }),
      ...(precision === 'fp8' || precision === 'fp4'
        ? ['8-bit and 4-bit training has no field here; the file says BF16.']
        : []),
    ],
    source: 'deepspeedai/DeepSpeed, config-json.md and training.rst, read 2026-11-29',
  };
}
