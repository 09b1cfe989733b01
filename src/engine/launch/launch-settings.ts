import type { Catalogue } from '../catalogue/types';
import { resolvePlan } from '../checks/resolve';
import type { Plan } from '../plan';
import { evaluateTraining } from '../training/evaluated-training';
import { deepSpeedLaunch } from './deepspeed';
import { bridgeLaunch, megatronLaunch } from './megatron';
import { nemoLaunch } from './nemo';
import { torchtitanLaunch } from './torchtitan';
import type { LaunchJob, LaunchSettings } from './types';

/** What starts a job in each tool. */
export function launchSettings(job: LaunchJob): LaunchSettings[] {
  return [megatronLaunch, bridgeLaunch, nemoLaunch, torchtitanLaunch, deepSpeedLaunch].map(
    (write) => write(job),
  );
}

/** What starts a training job of a plan; empty where the job cannot be computed or does not fit its cluster. */
export function planLaunch(plan: Plan, workloadId: string, catalogue: Catalogue): LaunchSettings[] {
  const found = resolvePlan(plan, catalogue).workloads.find(
    ({ workload }) => workload.id === workloadId,
  );
  if (found?.workload.kind !== 'training') return [];
  const { workload, on, model } = found;
  const evaluated = evaluateTraining(workload, { catalogue, ...on, model });
  const { job, modelled, accelerators } = evaluated;
  return modelled === null ? [] : launchSettings({ ...job, accelerators });
}
