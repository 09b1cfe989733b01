import type { LaunchService } from './serving';
import { adapterGap, commandText, formOf } from './serving-text';
import type { LaunchSettings } from './types';

/**
 * The command of TensorRT-LLM for one replica, after a file of settings where no option says what is wanted.
 *
 * Leaves out: the share of the free memory for the cache, which it counts after the weights and the plan counts before them.
 * Source: tensorrt_llm/commands/serve.py at 00209af, https://github.com/NVIDIA/TensorRT-LLM; adapters,
 * https://nvidia.github.io/TensorRT-LLM/features/lora.html; attention in as many groups as tensor-parallel ranks,
 * https://docs.nvidia.com/dynamo/additional-resources/tensor-rt-llm-details/dp-rank-routing. Read 2026-11-29.
 */
export function trtllmServeLaunch(service: LaunchService): LaunchSettings {
  const { weightPrecision, keyValuePrecision, tensorParallel, batch } = service;
  const { pipelineParallel, expertParallel, attentionDataParallel, adapters } = service;
  const settings = settingsOf(service);
  const command = commandText('trtllm-serve CHECKPOINT', [
    '--backend pytorch',
    `--tp_size ${String(tensorParallel)}`,
    ...(pipelineParallel > 1 ? [`--pp_size ${String(pipelineParallel)}`] : []),
    ...(expertParallel > 1 ? [`--ep_size ${String(expertParallel)}`] : []),
    `--max_batch_size ${String(batch)}`,
    ...(settings.length > 0 ? [`--config ${settingsFile}`] : []),
  ]);
  return {
    tool: 'TensorRT-LLM',
    form: formOf(service),
    text: settings.length > 0 ? `${fileText(settings)}\n${command}` : command,
    cannot: [
      ...adapterGap(adapters),
      ...(attentionDataParallel > 1 && attentionDataParallel !== tensorParallel
        ? [
            `Attention runs in as many groups as there are accelerators in a stage, ${String(tensorParallel)}; no setting names ${String(attentionDataParallel)}.`,
          ]
        : []),
      ...(weightPrecision === 'bf16' || weightPrecision === 'fp16'
        ? []
        : [
            `CHECKPOINT must already be stored in ${weightPrecision.toUpperCase()}; no option converts it.`,
          ]),
      ...(keyValuePrecision === 'bf16' || keyValuePrecision === 'fp16'
        ? []
        : [
            `A cache in ${keyValuePrecision.toUpperCase()} is chosen by the checkpoint or by the file given with --config.`,
          ]),
    ],
    source: 'NVIDIA/TensorRT-LLM, commands/serve.py and LoRA, read 2026-11-29',
  };
}

const settingsFile = 'serve.yaml';

/** The matrices beside which the plan's adapters stand: attention and the feed-forward block. */
const adaptedModules = [
  'attn_q',
  'attn_k',
  'attn_v',
  'attn_dense',
  'mlp_h_to_4h',
  'mlp_4h_to_h',
  'mlp_gate',
];

/** What only the file of settings can say, as lines of YAML. */
function settingsOf({ attentionDataParallel, adapters }: LaunchService): string[] {
  return [
    ...(attentionDataParallel > 1 ? ['enable_attention_dp: true'] : []),
    ...(adapters === null
      ? []
      : [
          'lora_config:',
          `  lora_target_modules: [${adaptedModules.join(', ')}]`,
          `  max_lora_rank: ${String(adapters.rank)}`,
          `  max_loras: ${String(adapters.count)}`,
          `  max_cpu_loras: ${String(adapters.count)}`,
        ]),
  ];
}

/** A file, written by the shell that reads the command after it. */
function fileText(lines: readonly string[]): string {
  return [`cat > ${settingsFile} <<'EOF'`, ...lines, 'EOF'].join('\n');
}
