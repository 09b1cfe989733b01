import type { SimulationChoice } from '@engine/plan';
import { findPart, partName, withPart } from '../subject';
import { defineCommand } from './command';

/** Chooses the simulation that the report shows, or none. */
export const setSimulation = defineCommand<{
  readonly partId: string;
  readonly simulation: SimulationChoice | null;
}>({
  label: (plan, { partId, simulation }) =>
    simulation === null
      ? `Leave the simulation of ${partName(plan, partId)} out of the report`
      : `Show a simulation of ${partName(plan, partId)} in the report`,
  apply(plan, { partId, simulation }) {
    const found = findPart(plan, partId);
    if (found?.kind !== 'inference') return plan;
    return withPart(plan, { kind: 'inference', part: { ...found.part, simulation } });
  },
});
