import type { Fleet, Plan, RegionShare } from '@engine/plan';
import { defineCommand } from './command';

/** Says where the users of a plan's services are and how they reach its sites; null: each service is served where it stands. */
export const setFleet = defineCommand<{ readonly fleet: Fleet | null; readonly label: string }>({
  label: (_plan, { label }) => label,
  apply(plan: Plan, { fleet }) {
    return { ...plan, fleet };
  },
});

interface ServiceRegionsInput {
  readonly partId: string;
  readonly regions: readonly RegionShare[];
  readonly label: string;
}

/** Says where the users of one service are; no region: where the plan says that all are. */
export const setServiceRegions = defineCommand<ServiceRegionsInput>({
  label: (_plan, { label }) => label,
  apply(plan: Plan, { partId, regions }) {
    const workloads = plan.workloads.map((workload) =>
      workload.id !== partId || workload.kind === 'training' ? workload : { ...workload, regions },
    );
    return { ...plan, workloads };
  },
});
