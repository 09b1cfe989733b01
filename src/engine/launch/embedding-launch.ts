import { commandText, narrowCheckpoint, wideTypes } from './serving-text';
import { runsOn, taskFormOf, type LaunchTask } from './task-text';
import type { LaunchSettings } from './types';

/** What starts one copy of an embedding model in each tool that runs on the accelerator. */
export function embeddingLaunch(task: LaunchTask): LaunchSettings[] {
  return [
    ...(runsOn(task, ['NVIDIA', 'AMD', 'Intel'], true) ? [vllmPoolingLaunch(task)] : []),
    ...(runsOn(task, ['NVIDIA', 'Apple'], true) ? [textEmbeddingsLaunch(task)] : []),
  ];
}

/**
 * The command of vLLM for one copy of an embedding model.
 *
 * Leaves out: how vectors are pooled and whether they are normalised, which it reads from the checkpoint.
 * Source: https://docs.vllm.ai/en/v0.18.0/models/pooling_models/ (--runner, --convert) and
 * https://docs.vllm.ai/en/v0.8.5/serving/engine_args.html (the others), read 2026-11-30.
 */
function vllmPoolingLaunch(task: LaunchTask): LaunchSettings {
  const { precision, batch, tokens, isOnCpu } = task;
  const dtype = wideTypes[precision];
  return {
    tool: 'vLLM',
    form: taskFormOf('Command', 'CHECKPOINT is a checkpoint', task),
    text: commandText('vllm serve CHECKPOINT', [
      '--runner pooling',
      '--convert embed',
      `--max-num-seqs ${String(batch)}`,
      `--max-num-batched-tokens ${String(batch * tokens)}`,
      ...(dtype ? [`--dtype ${dtype}`] : []),
      ...(precision === 'fp8' ? ['--quantization fp8'] : []),
    ]),
    cannot: [
      'Before release 0.10.1, --task embed takes the place of --runner and --convert.',
      ...(isOnCpu ? ['Processors need a build of vLLM for CPUs.'] : []),
      ...(precision === 'fp8'
        ? ['A checkpoint already stored in FP8 needs no --quantization.']
        : []),
      ...narrowCheckpoint(precision),
    ],
    source: 'docs.vllm.ai, pooling models and engine arguments, read 2026-11-30',
  };
}

/** Numbers that the router computes in, as it spells them. */
const routerTypes: Readonly<Partial<Record<LaunchTask['precision'], string>>> = {
  fp16: 'float16',
  fp32: 'float32',
};

/**
 * The command of Text Embeddings Inference for one copy of an embedding model.
 *
 * Leaves out: its images for other parts, which are tried out.
 * Source: docs/source/en/cli_arguments.md at 00a17ea, https://github.com/huggingface/text-embeddings-inference, read 2026-11-30.
 */
function textEmbeddingsLaunch(task: LaunchTask): LaunchSettings {
  const { precision, batch, tokens } = task;
  const dtype = routerTypes[precision];
  return {
    tool: 'Text Embeddings Inference',
    form: taskFormOf('Command', 'CHECKPOINT is a checkpoint', task),
    text: commandText('text-embeddings-router --model-id CHECKPOINT', [
      ...(dtype === undefined ? [] : [`--dtype ${dtype}`]),
      `--max-batch-tokens ${String(batch * tokens)}`,
      `--max-batch-requests ${String(batch)}`,
    ]),
    cannot: [
      'A request that carries many texts is refused above --max-client-batch-size, which is 32 unless told otherwise.',
      ...(dtype === undefined
        ? [`It computes in FP16 or FP32; no option here computes in ${precision.toUpperCase()}.`]
        : []),
    ],
    source: 'huggingface/text-embeddings-inference, CLI arguments, read 2026-11-30',
  };
}
