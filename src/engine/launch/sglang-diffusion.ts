import type { Precision } from '../catalogue/types';
import type { LaunchImages } from './image-launch';
import { imageFormOf, narrowGap, requestNeeds } from './image-text';
import { commandText } from './serving-text';
import type { LaunchSettings } from './types';

/** Numbers in which the denoiser is computed, as the server spells them. */
const denoiserPrecisions: Readonly<Partial<Record<Precision, string>>> = {
  bf16: 'bf16',
  fp16: 'fp16',
  fp32: 'fp32',
};

/**
 * The command of SGLang Diffusion for one copy of an image model.
 *
 * Leaves out: one image over several GPUs (--ulysses-degree, --ring-degree), which the plan does not count with.
 * Source: docs/diffusion/api/cli.md at 031ba4d, https://github.com/sgl-project/sglang, read 2026-11-30.
 */
export function sglangDiffusionLaunch(images: LaunchImages): LaunchSettings {
  const precision = denoiserPrecisions[images.precision];
  return {
    tool: 'SGLang Diffusion',
    form: imageFormOf('Command', images),
    text: commandText('sglang serve --model-path CHECKPOINT', [
      '--num-gpus 1',
      ...(precision === undefined ? [] : [`--dit-precision ${precision}`]),
    ]),
    cannot: [
      requestNeeds(images),
      ...(images.batch > 1
        ? [
            `That ${String(images.batch)} images are worked on at once has no option in its command line.`,
          ]
        : []),
      ...(precision === undefined
        ? [
            `${narrowGap(images)} --transformer-path takes such a transformer beside the other parts.`,
          ]
        : []),
    ],
    source: 'sgl-project/sglang, docs/diffusion/api/cli.md, read 2026-11-30',
  };
}
