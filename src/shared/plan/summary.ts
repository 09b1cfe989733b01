import type { Model } from '@engine/catalogue/types';
import type { Plan } from '@engine/plan';
import { systemById, type SystemRows } from '@engine/sizing/stand-in-system';

/** What the library shows of a plan without evaluating it. */
export interface PlanFacts {
  readonly accelerators: number;
  readonly acceleratorNames: string[];
  readonly sites: number;
  readonly trainingJobs: number;
  readonly inferenceServices: number;
}

/** The rows of the catalogue that a summary reads; the whole catalogue fits. */
export interface SummaryCatalogue extends SystemRows {
  readonly models: ReadonlyMap<string, Pick<Model, 'name'>>;
}

/** Counts a plan's parts; a system the catalogue does not know contributes no accelerators, only its id as a name. */
export function planFacts(plan: Plan, catalogue: SummaryCatalogue): PlanFacts {
  let accelerators = 0;
  const names = new Set<string>();
  for (const { systemId, nodes } of plan.clusters) {
    const system = systemById(catalogue, systemId);
    accelerators += nodes.value * (system?.acceleratorsPerNode.value ?? 0);
    const acceleratorId = system?.acceleratorId ?? systemId;
    names.add(catalogue.accelerators.get(acceleratorId)?.name ?? acceleratorId);
  }
  return {
    accelerators,
    acceleratorNames: [...names],
    sites: plan.sites.length,
    trainingJobs: plan.workloads.filter((workload) => workload.kind === 'training').length,
    inferenceServices: plan.workloads.filter((workload) => workload.kind !== 'training').length,
  };
}

/** Everything a search in the library looks through: the plan's own words and those of the parts it uses. */
export function planSearchText(plan: Plan, catalogue: SummaryCatalogue): string {
  const systems = plan.clusters.flatMap(({ systemId }) => {
    const system = systemById(catalogue, systemId);
    const accelerator = catalogue.accelerators.get(system?.acceleratorId ?? '');
    return [systemId, system?.name ?? '', accelerator?.id ?? '', accelerator?.name ?? ''];
  });
  const models = plan.workloads.flatMap(({ modelId }) => [
    modelId,
    catalogue.models.get(modelId)?.name ?? '',
  ]);
  const parts = [...plan.sites, ...plan.clusters, ...plan.workloads].map((part) => part.name);
  return foldedForSearch([plan.name, plan.notes, ...parts, ...systems, ...models].join('\n'));
}

/** The same text for "Café", "CAFÉ" and "café" in any Unicode form, so that a search finds them all. */
export function foldedForSearch(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
