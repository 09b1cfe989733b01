import type { Precision } from '../catalogue/types';
import { diffusersLaunch } from './diffusers';
import { sglangDiffusionLaunch } from './sglang-diffusion';
import { tensorrtDiffusionLaunch } from './tensorrt-diffusion';
import type { LaunchSettings } from './types';
import { vllmOmniLaunch } from './vllm-omni';

/** A service of images, as the tools that run its model are told of it. */
export interface LaunchImages {
  readonly modelId: string;
  readonly modelName: string;
  readonly precision: Precision;
  readonly steps: number;
  /** edge of a square image [pixels] */
  readonly edge: number;
  /** images that one accelerator works on at once */
  readonly batch: number;
  readonly accelerators: number;
  readonly vendor: string;
  readonly isOnCpu: boolean;
}

/** What starts one copy of the model in each tool that runs on the accelerator. */
export function imageLaunch(images: LaunchImages): LaunchSettings[] {
  const { isOnCpu, vendor } = images;
  const runsOn = (...vendors: readonly string[]): boolean => !isOnCpu && vendors.includes(vendor);
  const inTensorrt = runsOn('NVIDIA') ? tensorrtDiffusionLaunch(images) : null;
  return [
    ...(runsOn('NVIDIA', 'AMD', 'Intel') ? [vllmOmniLaunch(images)] : []),
    ...(runsOn('NVIDIA', 'AMD') ? [sglangDiffusionLaunch(images)] : []),
    ...(inTensorrt === null ? [] : [inTensorrt]),
    diffusersLaunch(images),
  ];
}
