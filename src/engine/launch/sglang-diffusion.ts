import type { Precision } from '../catalogue/types';
import type { LaunchImages } from './image-launch';
import { imageFormOf, narrowGap, requestNeeds, type LaunchGenerator } from './image-text';
import { commandText } from './serving-text';
import type { LaunchSettings } from './types';

/** Numbers in which the denoiser is computed, as the server spells them. */
const denoiserPrecisions: Readonly<Partial<Record<Precision, string>>> = {
  bf16: 'bf16',
  fp16: 'fp16',
  fp32: 'fp32',
};

/** Whether the server has an option for the numbers in which a denoiser is computed. */
export function takesPrecision({ precision }: LaunchGenerator): boolean {
  return denoiserPrecisions[precision] !== undefined;
}

/** The command that starts the server for one copy of a model of images or videos. */
export function sglangDiffusionCommand({ precision }: LaunchGenerator): string {
  const option = denoiserPrecisions[precision];
  return commandText('sglang serve --model-path CHECKPOINT', [
    '--num-gpus 1',
    ...(option === undefined ? [] : [`--dit-precision ${option}`]),
  ]);
}

export const sglangDiffusionSource =
  'sgl-project/sglang, docs/diffusion/api/cli.md, read 2026-11-30';

/**
 * The command of SGLang Diffusion for one copy of an image model.
 *
 * Leaves out: one image over several GPUs (--ulysses-degree, --ring-degree), which the plan does not count with.
 * Source: docs/diffusion/api/cli.md at 031ba4d, https://github.com/sgl-project/sglang, read 2026-11-30.
 */
export function sglangDiffusionLaunch(images: LaunchImages): LaunchSettings {
  return {
    tool: 'SGLang Diffusion',
    form: imageFormOf('Command', images),
    text: sglangDiffusionCommand(images),
    cannot: [
      requestNeeds(images),
      ...(images.batch > 1
        ? [
            `That ${String(images.batch)} images are worked on at once has no option in its command line.`,
          ]
        : []),
      ...(takesPrecision(images)
        ? []
        : [
            `${narrowGap(images)} --transformer-path takes such a transformer beside the other parts.`,
          ]),
    ],
    source: sglangDiffusionSource,
  };
}
