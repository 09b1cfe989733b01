import type { Accelerator, Catalogue } from '../catalogue/types';
import { quotesOf } from '../cost/market-rent';
import { resolvePlan, type ResolvedCluster } from '../checks/resolve';
import { replicaAccelerators } from '../inference/workload-layout';
import type { Plan } from '../plan';
import { compareProcessors, type ProcessorComparison } from '../processors/compare-processors';
import { soldSystem, type Machine } from '../processors/machine';

/** CPUs that a service is compared with: the newest large server part of each maker in the catalogue, two in a node. */
const comparedCpuIds = ['xeon-6980p', 'epyc-9965', 'grace'] as const;
const processorsPerCpuNode = 2;

/** What a service is compared with, and whether a GPU that is not its own is among it. */
export interface ServiceComparison extends ProcessorComparison {
  /** the node of the usual GPU that a service on CPUs is compared with; null where the service has accelerators */
  readonly usualGpu: Machine | null;
}

/** A node of the usual GPU: of those sold in nodes, the one that most providers rent out; null where none is. */
function usualGpuNode(catalogue: Catalogue): Machine | null {
  const providers = ({ id }: Accelerator): number =>
    new Set(quotesOf(catalogue.rentalQuotes, id).map(({ provider }) => provider)).size;
  const nodes = [...catalogue.accelerators.values()].flatMap((accelerator) => {
    const system = accelerator.kind === 'gpu' ? soldSystem(catalogue, accelerator.id) : null;
    const offers = providers(accelerator);
    if (system === null || offers === 0) return [];
    const processors = system.acceleratorsPerNode.value;
    return [{ offers, machine: { acceleratorId: accelerator.id, processors } }];
  });
  return nodes.toSorted((one, other) => other.offers - one.offers)[0]?.machine ?? null;
}

/**
 * The requests of an hour at the peak of a service, answered by one node of CPUs of each maker and by accelerators of the
 * service's own kind: one replica's, one node's, and all that the peak needs; for a service on CPUs, by a node of the usual GPU
 * too. Null where there is no such service or nobody asks.
 *
 * Leaves out: latency targets: all requests are there at once; see compareProcessors.
 */
export function planProcessors(
  plan: Plan,
  workloadId: string,
  acceleratorsNeeded: number | null,
  catalogue: Catalogue,
): ServiceComparison | null {
  const found = resolvePlan(plan, catalogue).workloads.find(
    ({ workload }) => workload.id === workloadId,
  );
  if (found?.workload.kind !== 'inference') return null;
  const { workload, on } = found;
  const answers = Math.round(workload.concurrentUsers.value * workload.requestsPerUserHour.value);
  if (!(answers >= 1)) return null;
  const job = {
    kind: 'answers' as const,
    modelId: workload.modelId,
    weightPrecision: workload.weightPrecision,
    keyValuePrecision: workload.keyValuePrecision,
    answers,
    inputTokens: workload.inputTokens.value,
    outputTokens: workload.outputTokens.value,
  };
  const { machines, usualGpu } = comparedMachines(
    on,
    [replicaAccelerators(workload), acceleratorsNeeded],
    catalogue,
  );
  return { ...compareProcessors(job, machines, catalogue), usualGpu };
}

/** One node of CPUs of each maker, the service's own accelerators in some numbers and as a node, and a usual GPU where it has none. */
export function comparedMachines(
  on: ResolvedCluster,
  numbers: readonly (number | null)[],
  catalogue: Catalogue,
): { readonly machines: readonly Machine[]; readonly usualGpu: Machine | null } {
  const own = (processors: number): Machine => ({ acceleratorId: on.accelerator.id, processors });
  const asked = numbers.flatMap((number) => (number !== null && number >= 1 ? [number] : []));
  const sizes = new Set([...asked, on.system.acceleratorsPerNode.value]);
  const cpus = comparedCpuIds
    .filter((id) => id !== on.accelerator.id && catalogue.accelerators.has(id))
    .map((acceleratorId): Machine => ({ acceleratorId, processors: processorsPerCpuNode }));
  const owns = [...sizes].toSorted((one, other) => one - other).map(own);
  const usualGpu = on.accelerator.kind === 'cpu' ? usualGpuNode(catalogue) : null;
  return { machines: [...cpus, ...owns, ...(usualGpu ? [usualGpu] : [])], usualGpu };
}
