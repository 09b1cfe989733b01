import { assumptionValue } from '../catalogue/assumption';
import type { Accelerator, Catalogue } from '../catalogue/types';
import { resolvePlan } from '../checks/resolve';
import type { Plan } from '../plan';
import type { TaskReport } from '../report';
import { taskAssumptionKeys, taskSize } from '../tasks/task-size';
import { embeddingLaunch } from './embedding-launch';
import { imageLaunch } from './image-launch';
import { speechLaunch } from './speech-launch';
import { videoLaunch } from './video-launch';
import type { LaunchSettings } from './types';

/** Tools that run on GPUs and on processors; those of other accelerators have compilers of their own. */
function isKnown({ kind }: Accelerator): boolean {
  return kind === 'gpu' || kind === 'cpu';
}

/** What starts a plan's service of images, videos, texts or recordings; empty where no batch meets its target. */
export function planTaskLaunch(
  plan: Plan,
  report: TaskReport,
  catalogue: Catalogue,
): LaunchSettings[] {
  const found = resolvePlan(plan, catalogue).tasks.find(
    ({ workload }) => workload.id === report.workloadId,
  );
  const batch = report.requestsAtOnce.value;
  if (found === undefined || batch === null || batch < 1) return [];
  const { workload, on, model } = found;
  if (!isKnown(on.accelerator)) return [];
  const size = taskSize(workload, model, catalogue.assumptions);
  const common = {
    modelName: model.row.name,
    precision: workload.precision,
    accelerators: Math.max(1, report.acceleratorsNeeded.value ?? 1),
    vendor: on.accelerator.vendor,
    isOnCpu: on.accelerator.kind === 'cpu',
  };
  switch (size.task) {
    case 'image':
      return imageLaunch({
        ...common,
        modelId: model.row.id,
        steps: size.steps,
        edge: size.edge,
        batch,
      });
    case 'video':
      return videoLaunch({
        ...common,
        steps: size.steps,
        frames: size.frames,
        framesPerSecond: size.framesPerSecond,
        width: Math.round(size.width),
        height: Math.round(size.height),
      });
    case 'embedding':
      return embeddingLaunch({ ...common, batch, tokens: size.tokens });
    case 'speech': {
      const most = assumptionValue(catalogue.assumptions, taskAssumptionKeys.largestBatch);
      return speechLaunch({ ...common, batch: Math.min(most, batch * size.windows), tokens: 0 });
    }
  }
}
