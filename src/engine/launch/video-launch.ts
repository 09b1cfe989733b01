import { imageFormOf, narrowGap, type LaunchGenerator } from './image-text';
import { devices } from './diffusers';
import { commandText, wideTypes } from './serving-text';
import { sglangDiffusionCommand, sglangDiffusionSource, takesPrecision } from './sglang-diffusion';
import type { LaunchSettings } from './types';

/** A service of videos, as the tools that run its model are told of it. */
export interface LaunchVideos extends LaunchGenerator {
  readonly frames: number;
  readonly framesPerSecond: number;
  readonly width: number;
  readonly height: number;
}

/** What starts one copy of the model in each tool that runs on the accelerator. */
export function videoLaunch(videos: LaunchVideos): LaunchSettings[] {
  const { isOnCpu, vendor } = videos;
  const runsOn = (...vendors: readonly string[]): boolean => !isOnCpu && vendors.includes(vendor);
  return [
    ...(runsOn('NVIDIA', 'AMD', 'Intel') ? [vllmOmniVideo(videos)] : []),
    ...(runsOn('NVIDIA', 'AMD') ? [sglangVideo(videos)] : []),
    diffusersVideo(videos),
  ];
}

/** A server takes the size, the frames and the steps from each request. */
function requestNeeds({ width, height, frames, framesPerSecond, steps }: LaunchVideos): string {
  return `Each request says the size, ${String(width)} × ${String(height)}, ${String(frames)} frames at ${String(framesPerSecond)} a second, and ${String(steps)} steps.`;
}

/**
 * The command of vLLM-Omni for one copy of a model of videos.
 *
 * Leaves out: one video over several accelerators (--ulysses-degree), which the plan does not count with; caches that skip steps.
 * Source: docs/user_guide/diffusion (quantization/fp8.md, execution_modes.md), https://github.com/vllm-project/vllm-omni, read
 * 2026-11-30.
 */
function vllmOmniVideo(videos: LaunchVideos): LaunchSettings {
  const { precision } = videos;
  const isKnown = wideTypes[precision] !== undefined || precision === 'fp8';
  return {
    tool: 'vLLM-Omni',
    form: imageFormOf('Command', videos),
    text: commandText('vllm serve CHECKPOINT --omni', [
      '--max-num-seqs 1',
      ...(precision === 'fp8' ? ['--quantization fp8'] : []),
    ]),
    cannot: [
      requestNeeds(videos),
      ...(precision === 'fp8' ? ['The encoder of the text may stay in 16 bits.'] : []),
      ...(isKnown ? [] : [narrowGap(videos)]),
    ],
    source: 'vllm-project/vllm-omni, diffusion guides, read 2026-11-30',
  };
}

/**
 * The command of SGLang Diffusion for one copy of a model of videos.
 *
 * Leaves out: one video over several GPUs (--ulysses-degree, --enable-cfg-parallel), which the plan does not count with.
 * Source: docs/diffusion/api/cli.md at 031ba4d, https://github.com/sgl-project/sglang, read 2026-11-30.
 */
function sglangVideo(videos: LaunchVideos): LaunchSettings {
  return {
    tool: 'SGLang Diffusion',
    form: imageFormOf('Command', videos),
    text: sglangDiffusionCommand(videos),
    cannot: [requestNeeds(videos), ...(takesPrecision(videos) ? [] : [narrowGap(videos)])],
    source: sglangDiffusionSource,
  };
}

/**
 * The program that makes videos with Diffusers.
 *
 * Leaves out: compilation (torch.compile); a decoder in tiles (pipeline.vae.enable_tiling), which long videos need; a server.
 * Source: https://huggingface.co/docs/diffusers/en/optimization/para_attn (num_frames, export_to_video), read 2026-11-30.
 */
function diffusersVideo(videos: LaunchVideos): LaunchSettings {
  const { precision, steps, frames, framesPerSecond, width, height, isOnCpu, vendor } = videos;
  const wide = wideTypes[precision];
  return {
    tool: 'Diffusers',
    form: imageFormOf('Program in Python', videos),
    text: [
      'import torch',
      'from diffusers import DiffusionPipeline',
      'from diffusers.utils import export_to_video',
      '',
      'pipeline = DiffusionPipeline.from_pretrained(',
      `    "CHECKPOINT", torch_dtype=torch.${wide ?? 'bfloat16'}`,
      `).to("${isOnCpu ? 'cpu' : (devices[vendor] ?? 'cuda')}")`,
      'frames = pipeline(',
      '    "PROMPT",',
      `    height=${String(height)},`,
      `    width=${String(width)},`,
      `    num_frames=${String(frames)},`,
      `    num_inference_steps=${String(steps)},`,
      ').frames[0]',
      `export_to_video(frames, "video.mp4", fps=${String(framesPerSecond)})`,
    ].join('\n'),
    cannot: [
      'It is a program, not a server.',
      ...(wide === undefined ? [narrowGap(videos)] : []),
      ...(isOnCpu
        ? []
        : [
            'Operators run one by one: expect more time than planned, unless the model is compiled.',
          ]),
    ],
    source: 'huggingface.co, Diffusers, ParaAttention, read 2026-11-30',
  };
}
