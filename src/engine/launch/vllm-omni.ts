import type { LaunchImages } from './image-launch';
import { imageFormOf, narrowGap, requestNeeds } from './image-text';
import { commandText, wideTypes } from './serving-text';
import type { LaunchSettings } from './types';

/**
 * The command of vLLM-Omni for one copy of an image model.
 *
 * Leaves out: parallel copies on one server; caches that skip steps, which change the images.
 * Source: docs/user_guide/diffusion/execution_modes.md (batches), quantization/fp8.md, and docs/serving/image_generation_api.md,
 * https://github.com/vllm-project/vllm-omni, read 2026-11-30.
 */
export function vllmOmniLaunch(images: LaunchImages): LaunchSettings {
  const { precision, batch } = images;
  const isWide = wideTypes[precision] !== undefined;
  return {
    tool: 'vLLM-Omni',
    form: imageFormOf('Command', images),
    text: commandText('vllm serve CHECKPOINT --omni', [
      `--max-num-seqs ${String(batch)}`,
      ...(precision === 'fp8' ? ['--quantization fp8'] : []),
    ]),
    cannot: [
      requestNeeds(images),
      ...(batch > 1
        ? [
            'Only pipelines that declare it take several requests at once; the others start with --max-num-seqs 1.',
          ]
        : []),
      ...(precision === 'fp8' ? ['The encoder of the text may stay in 16 bits.'] : []),
      ...(isWide || precision === 'fp8' ? [] : [narrowGap(images)]),
    ],
    source: 'vllm-project/vllm-omni, diffusion guides, read 2026-11-30',
  };
}
