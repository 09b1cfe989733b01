import type {
  Cluster,
  CostAssumptions,
  InferenceWorkload,
  Plan,
  Quantity,
  Site,
  TaskWorkload,
  Timeline,
  TrainingWorkload,
} from '@engine/plan';

/** The parts of a plan that have input fields. */
export interface PartTypes {
  readonly site: Site;
  readonly cluster: Cluster;
  readonly training: TrainingWorkload;
  readonly inference: InferenceWorkload;
  readonly task: TaskWorkload;
  readonly costs: CostAssumptions;
  readonly timeline: Timeline;
}

export type PartKind = keyof PartTypes;

/** A part with its kind, so that the kind tells its type. */
export type Part = { readonly [Kind in PartKind]: { kind: Kind; part: PartTypes[Kind] } }[PartKind];

/** Id under which the cost assumptions, of which a plan has one, are addressed. */
export const costsId = 'costs';

/** Id under which the plan's dates and growth are addressed. */
export const timelineId = 'timeline';

type KeysHolding<Type, Value> = {
  [Key in keyof Type]-?: Value extends Type[Key] ? Key : never;
}[keyof Type] &
  string;

/** Fields of a part that hold a quantity. */
export type QuantityKey<Kind extends PartKind> = KeysHolding<PartTypes[Kind], Quantity>;

export function findPart(plan: Plan, id: string | null): Part | null {
  if (id === costsId) return { kind: 'costs', part: plan.costs };
  if (id === timelineId) return { kind: 'timeline', part: plan.timeline ?? {} };
  const site = plan.sites.find((candidate) => candidate.id === id);
  if (site) return { kind: 'site', part: site };
  const cluster = plan.clusters.find((candidate) => candidate.id === id);
  if (cluster) return { kind: 'cluster', part: cluster };
  const workload = plan.workloads.find((candidate) => candidate.id === id);
  if (!workload) return null;
  switch (workload.kind) {
    case 'training':
      return { kind: 'training', part: workload };
    case 'inference':
      return { kind: 'inference', part: workload };
    case 'task':
      return { kind: 'task', part: workload };
  }
}

/** A part that runs on a cluster. */
export type WorkloadPart = Extract<Part, { kind: 'training' | 'inference' | 'task' }>;

export function isWorkload(part: Part | null): part is WorkloadPart {
  return part?.kind === 'training' || part?.kind === 'inference' || part?.kind === 'task';
}

/** Name of a part as the outline and the undo menu show it. */
export function partName(plan: Plan, id: string): string {
  const found = findPart(plan, id);
  if (!found) return 'a part that is gone';
  if (found.kind === 'costs') return 'cost assumptions';
  return found.kind === 'timeline' ? 'timeline' : found.part.name;
}

function replaced<Item extends { readonly id: string }>(
  items: readonly Item[],
  id: string,
  item: Item,
): readonly Item[] {
  return items.map((candidate) => (candidate.id === id ? item : candidate));
}

/** The plan with one part exchanged; the part keeps its id. */
export function withPart(plan: Plan, changed: Part): Plan {
  switch (changed.kind) {
    case 'costs':
      return { ...plan, costs: changed.part };
    case 'timeline':
      return { ...plan, timeline: changed.part };
    case 'site':
      return { ...plan, sites: replaced(plan.sites, changed.part.id, changed.part) };
    case 'cluster':
      return { ...plan, clusters: replaced(plan.clusters, changed.part.id, changed.part) };
    case 'training':
    case 'inference':
    case 'task':
      return { ...plan, workloads: replaced(plan.workloads, changed.part.id, changed.part) };
  }
}

export function isQuantity(value: unknown): value is Quantity {
  return typeof value === 'object' && value !== null && 'value' in value && 'origin' in value;
}

/** The quantity in a field, null when the field is empty, undefined when there is no such field. */
export function quantityAt({ part }: Part, field: string): Quantity | null | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(part, field)?.value;
  return value === null || isQuantity(value) ? value : undefined;
}

/** The part with the quantity of one field exchanged. The caller knows that the field exists and may be empty. */
export function withQuantity(found: Part, field: string, quantity: Quantity | null): Part {
  return { ...found, part: { ...found.part, [field]: quantity } } as Part;
}
