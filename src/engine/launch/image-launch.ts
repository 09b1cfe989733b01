import type { Accelerator, Catalogue, Precision } from '../catalogue/types';
import { resolvePlan } from '../checks/resolve';
import type { Plan } from '../plan';
import type { TaskReport } from '../report';
import { taskSize } from '../tasks/task-size';
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

/** Tools that run on GPUs and on processors; those of other accelerators have compilers of their own. */
function isKnown({ kind }: Accelerator): boolean {
  return kind === 'gpu' || kind === 'cpu';
}

/** What starts a plan's service of images; empty for other tasks, and where no batch meets its target. */
export function planImageLaunch(
  plan: Plan,
  report: TaskReport,
  catalogue: Catalogue,
): LaunchSettings[] {
  const found = resolvePlan(plan, catalogue).tasks.find(
    ({ workload }) => workload.id === report.workloadId,
  );
  const batch = report.requestsAtOnce.value;
  if (found?.model.task !== 'image' || batch === null || batch < 1) return [];
  const { workload, on, model } = found;
  const size = taskSize(workload, model, catalogue.assumptions);
  if (size.task !== 'image' || !isKnown(on.accelerator)) return [];
  return imageLaunch({
    modelId: model.row.id,
    modelName: model.row.name,
    precision: workload.precision,
    steps: size.steps,
    edge: size.edge,
    batch,
    accelerators: Math.max(1, report.acceleratorsNeeded.value ?? 1),
    vendor: on.accelerator.vendor,
    isOnCpu: on.accelerator.kind === 'cpu',
  });
}
