import type { LaunchImages } from './image-launch';
import { imageFormOf, narrowGap } from './image-text';
import { wideTypes } from './serving-text';
import type { LaunchSettings } from './types';

/** What PyTorch calls the GPUs of a maker; those of NVIDIA and of AMD alike are "cuda". */
export const devices: Readonly<Record<string, string | undefined>> = { Intel: 'xpu', Apple: 'mps' };

/**
 * The program that makes images with Diffusers.
 *
 * Leaves out: compilation (torch.compile), which some pipelines take well; a server around it.
 * Source: https://huggingface.co/docs/diffusers/v0.38.0/en/api/pipelines/overview, DiffusionPipeline.from_pretrained and the
 * calls of its pipelines, read 2026-11-30.
 */
export function diffusersLaunch(images: LaunchImages): LaunchSettings {
  const { precision, steps, edge, batch, isOnCpu, vendor } = images;
  const wide = wideTypes[precision];
  return {
    tool: 'Diffusers',
    form: imageFormOf('Program in Python', images),
    text: [
      'import torch',
      'from diffusers import DiffusionPipeline',
      '',
      'pipeline = DiffusionPipeline.from_pretrained(',
      `    "CHECKPOINT", torch_dtype=torch.${wide ?? 'bfloat16'}`,
      `).to("${isOnCpu ? 'cpu' : (devices[vendor] ?? 'cuda')}")`,
      'images = pipeline(',
      batch === 1 ? '    "PROMPT",' : `    ["PROMPT"] * ${String(batch)},`,
      `    height=${String(edge)},`,
      `    width=${String(edge)},`,
      `    num_inference_steps=${String(steps)},`,
      ').images',
    ].join('\n'),
    cannot: [
      'It is a program, not a server: requests have to be gathered into batches around it.',
      ...(wide === undefined ? [narrowGap(images)] : []),
      ...(isOnCpu
        ? []
        : [
            'Operators run one by one: expect more time than planned, unless the model is compiled.',
          ]),
    ],
    source: 'huggingface.co, Diffusers 0.38, pipelines, read 2026-11-30',
  };
}
