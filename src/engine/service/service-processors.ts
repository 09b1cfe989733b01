import type { Catalogue } from '../catalogue/types';
import { resolvePlan } from '../checks/resolve';
import { replicaAccelerators } from '../inference/workload-layout';
import type { Plan } from '../plan';
import { compareProcessors, type ProcessorComparison } from '../processors/compare-processors';
import type { Machine } from '../processors/machine';

/** CPUs that a service is compared with: the newest large server part of each maker in the catalogue, two in a node. */
const comparedCpuIds = ['xeon-6980p', 'epyc-9965', 'grace'] as const;
const processorsPerCpuNode = 2;

/**
 * The requests of an hour at the peak of a service, answered by one node of CPUs of each maker and by accelerators of the
 * service's own kind: one replica's, one node's, and all that the peak needs. Null where there is no such service or nobody
 * asks.
 *
 * Leaves out: latency targets: all requests are there at once; see compareProcessors.
 */
export function planProcessors(
  plan: Plan,
  workloadId: string,
  acceleratorsNeeded: number | null,
  catalogue: Catalogue,
): ProcessorComparison | null {
  const found = resolvePlan(plan, catalogue).workloads.find(
    ({ workload }) => workload.id === workloadId,
  );
  if (found?.workload.kind !== 'inference') return null;
  const { workload, on } = found;
  const answers = Math.round(workload.concurrentUsers.value * workload.requestsPerUserHour.value);
  if (!(answers >= 1)) return null;
  const own = (processors: number): Machine => ({ acceleratorId: on.accelerator.id, processors });
  const sizes = new Set([replicaAccelerators(workload), on.system.acceleratorsPerNode.value]);
  if (acceleratorsNeeded !== null && acceleratorsNeeded >= 1) sizes.add(acceleratorsNeeded);
  const cpus = comparedCpuIds
    .filter((id) => id !== on.accelerator.id && catalogue.accelerators.has(id))
    .map((acceleratorId): Machine => ({ acceleratorId, processors: processorsPerCpuNode }));
  const job = {
    kind: 'answers' as const,
    modelId: workload.modelId,
    weightPrecision: workload.weightPrecision,
    keyValuePrecision: workload.keyValuePrecision,
    answers,
    inputTokens: workload.inputTokens.value,
    outputTokens: workload.outputTokens.value,
  };
  const machines = [...sizes].toSorted((one, other) => one - other).map(own);
  return compareProcessors(job, [...cpus, ...machines], catalogue);
}
