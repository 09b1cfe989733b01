import type { Catalogue, Precision } from '../catalogue/types';
import { resolvePlan } from '../checks/resolve';
import type { Plan } from '../plan';
import type { InferenceReport } from '../report';
import { assumptionValue } from '../catalogue/assumption';
import { servingAssumptionKeys } from '../inference/constants';
import type { Adapters } from '../inference/adapters';
import { degreesOf, workloadLayout } from '../inference/workload-layout';
import { llamaServerLaunch } from './llama-server';
import { sglangLaunch } from './sglang';
import { trtllmServeLaunch } from './trtllm-serve';
import type { LaunchSettings } from './types';
import { vllmServeLaunch } from './vllm-serve';

/** One replica of a service, as the serving engines are told of it. */
export interface LaunchService {
  readonly modelName: string;
  readonly weightPrecision: Precision;
  readonly keyValuePrecision: Precision;
  readonly tensorParallel: number;
  readonly pipelineParallel: number;
  readonly expertParallel: number;
  /** groups for attention */
  readonly attentionDataParallel: number;
  /** low-rank adapters; null for none */
  readonly adapters: Adapters | null;
  /** requests in flight at most */
  readonly batch: number;
  readonly replicas: number;
  /** share of the memory that the engine may fill, 0–1 */
  readonly memoryFraction: number;
  readonly requestTokens: number;
  /** whether the replica runs on processors, without any accelerator */
  readonly isOnCpu: boolean;
}

/** What starts one replica in each serving engine. */
export function servingLaunch(service: LaunchService): LaunchSettings[] {
  const accelerated = [vllmServeLaunch, sglangLaunch, trtllmServeLaunch, llamaServerLaunch];
  // TensorRT-LLM runs on NVIDIA's GPUs alone.
  const onCpu = [vllmServeLaunch, sglangLaunch, llamaServerLaunch];
  return (service.isOnCpu ? onCpu : accelerated).map((write) => write(service));
}

/** What the commands of one replica do not say of pools. */
const poolGap =
  'Prompts and answers on replicas of their own need a connector that moves the cache; these commands start replicas that do both.';

/** What starts the replicas of a plan's service; empty where no batch meets its targets. */
export function planServingLaunch(
  plan: Plan,
  report: InferenceReport,
  catalogue: Catalogue,
): LaunchSettings[] {
  const found = resolvePlan(plan, catalogue).workloads.find(
    ({ workload }) => workload.id === report.workloadId,
  );
  const batch = report.operatingBatch.value;
  if (found?.workload.kind !== 'inference' || batch === null || batch < 1) return [];
  const { workload, model } = found;
  const settings = servingLaunch({
    modelName: model.name,
    weightPrecision: workload.weightPrecision,
    keyValuePrecision: workload.keyValuePrecision,
    ...degreesOf(workload),
    adapters: workloadLayout(workload, catalogue.assumptions).adapters ?? null,
    batch,
    replicas: report.replicasNeeded.value ?? 1,
    memoryFraction: assumptionValue(catalogue.assumptions, servingAssumptionKeys.memoryFraction),
    requestTokens: Math.ceil(workload.inputTokens.value + workload.outputTokens.value),
    isOnCpu: found.on.accelerator.kind === 'cpu',
  });
  return report.promptReplicas.value === null
    ? settings
    : settings.map((one) => ({ ...one, cannot: [...one.cannot, poolGap] }));
}
