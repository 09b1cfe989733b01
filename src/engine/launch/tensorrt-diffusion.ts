import type { Precision } from '../catalogue/types';
import type { LaunchImages } from './image-launch';
import { commandText } from './serving-text';
import type { LaunchSettings } from './types';

/** The script and the version of each model that the demonstration knows. */
const scripts: Readonly<Record<string, readonly [script: string, version: string] | undefined>> = {
  'sd-1.5': ['demo_txt2img.py', '1.5'],
  'sd-2.1': ['demo_txt2img.py', '2.1'],
  sdxl: ['demo_txt2img_xl.py', 'xl-1.0'],
  'sdxl-turbo': ['demo_txt2img_xl.py', 'xl-turbo'],
  'sd-3-medium': ['demo_txt2img_sd3.py', 'sd3'],
  'sd-3.5-medium': ['demo_txt2img_sd35.py', '3.5-medium'],
  'sd-3.5-large': ['demo_txt2img_sd35.py', '3.5-large'],
  'flux.1-dev': ['demo_txt2img_flux.py', 'flux.1-dev'],
  'flux.1-schnell': ['demo_txt2img_flux.py', 'flux.1-schnell'],
};

/** Options of number formats; 16-bit floating point needs none. */
const precisionOptions: Readonly<Partial<Record<Precision, string>>> = {
  bf16: '--bf16',
  fp8: '--fp8',
  int8: '--int8',
  fp4: '--fp4',
};

/** The largest batch that the demonstration builds an engine for; it knows 1, 2 and 4. */
const batches = [4, 2, 1];

/** For which models its documentation names a narrow format. */
function isNarrowKnown(version: string, precision: Precision): boolean {
  const isEarly = /^(1\.5|2\.1|xl)/.test(version);
  if (precision === 'int8') return isEarly;
  if (precision === 'fp8') return isEarly || version.startsWith('flux') || version === '3.5-large';
  return precision !== 'fp4' || version.startsWith('flux');
}

/**
 * The command of TensorRT's demonstration of diffusion models; null for a model that it does not know.
 *
 * Leaves out: directories of engines, tactics of the builder.
 * Source: demo/Diffusion/README.md at 07347d6 and demo_diffusion/dd_argparse.py at 2348d84,
 * https://github.com/NVIDIA/TensorRT, read 2026-11-30.
 */
export function tensorrtDiffusionLaunch(images: LaunchImages): LaunchSettings | null {
  const { modelId, precision, steps, edge, batch } = images;
  const [script, version] = scripts[modelId] ?? [];
  if (script === undefined || version === undefined) return null;
  const built = batches.find((size) => size <= batch) ?? 1;
  const isKnown = isNarrowKnown(version, precision);
  const option = isKnown ? precisionOptions[precision] : undefined;
  return {
    tool: 'TensorRT',
    form: `Command of the demonstration of diffusion models in TensorRT’s repository, for one accelerator; it loads ${images.modelName} itself`,
    text: commandText(`python3 ${script} "PROMPT"`, [
      `--version ${version}`,
      `--height ${String(edge)}`,
      `--width ${String(edge)}`,
      `--denoising-steps ${String(steps)}`,
      `--batch-size ${String(built)}`,
      ...(option === undefined ? [] : [option]),
      '--build-static-batch',
      '--use-cuda-graph',
      '--hf-token=$HF_TOKEN',
    ]),
    cannot: [
      'It makes images from one prompt, reports the time and ends: it is a measure, not a server.',
      ...(built === batch ? [] : [`It takes 1, 2 or 4 images at once, not ${String(batch)}.`]),
      ...(precision === 'fp8' && isKnown ? ['8 bits need an Ada, a Hopper or a newer GPU.'] : []),
      ...(isKnown ? [] : [`It does not know ${images.modelName} in ${precision.toUpperCase()}.`]),
      ...(precision === 'fp32' ? ['It computes in 16 bits.'] : []),
    ],
    source: 'NVIDIA/TensorRT, demo/Diffusion, read 2026-11-30',
  };
}
