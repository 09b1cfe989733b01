import type { Precision } from '../catalogue/types';
import type { LaunchService } from './serving';
import { commandText, formOf } from './serving-text';
import type { LaunchSettings } from './types';

/** Types of the cache that the server knows, by the width that the plan asks for. */
const cacheTypes: Readonly<Partial<Record<Precision, string>>> = {
  fp32: 'f32',
  bf16: 'bf16',
  fp16: 'f16',
  fp8: 'q8_0',
  int8: 'q8_0',
  fp4: 'q4_0',
};

/**
 * The command of llama.cpp's server for one replica. Its context is shared by the slots: the tokens of a request times their
 * number.
 *
 * Leaves out: the format of the weights, which is that of the GGUF file.
 * Source: tools/server/README.md at 00dc805, https://github.com/ggml-org/llama.cpp, read 2026-11-25.
 */
export function llamaServerLaunch(service: LaunchService): LaunchSettings {
  const { weightPrecision, keyValuePrecision, tensorParallel, batch, requestTokens } = service;
  const { isOnCpu } = service;
  const cacheType = cacheTypes[keyValuePrecision] ?? 'f16';
  return {
    tool: 'llama.cpp',
    form: formOf(service),
    text: commandText('llama-server --model CHECKPOINT.gguf', [
      ...(isOnCpu ? [] : ['--n-gpu-layers all']),
      ...(tensorParallel > 1 && !isOnCpu ? ['--split-mode row'] : []),
      `--parallel ${String(batch)}`,
      `--ctx-size ${String(batch * requestTokens)}`,
      '--flash-attn on',
      `--cache-type-k ${cacheType}`,
      `--cache-type-v ${cacheType}`,
    ]),
    cannot: [
      `The GGUF file must be stored in a format as wide as ${weightPrecision.toUpperCase()}.`,
      ...(tensorParallel > 1 && !isOnCpu
        ? [
            'Rows split over GPUs share the cache differently from tensor parallelism; expect another speed.',
          ]
        : []),
      ...(keyValuePrecision === 'fp8' || keyValuePrecision === 'fp4'
        ? ['Its narrow caches are integers with a scale per block, not floating-point numbers.']
        : []),
    ],
    source: 'ggml-org/llama.cpp, tools/server/README.md, read 2026-11-25',
  };
}
