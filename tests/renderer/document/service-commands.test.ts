import { describe, expect, it } from 'vitest';
import { usualSimulation } from '@engine/service/plan-simulation';
import { planSchema } from '@shared/plan/schema';
import { setFleet } from '../../../src/renderer/document/commands/fleet';
import { setSimulation } from '../../../src/renderer/document/commands/simulation';
import { samplePlan } from './sample-plan';

describe('the simulation of a service', () => {
  it('is put into the report and taken out of it, by name', () => {
    const partId = 'inference-1';
    const shown = setSimulation.apply(samplePlan, { partId, simulation: usualSimulation });
    expect(planSchema.safeParse(shown).error).toBeUndefined();
    const [service] = shown.workloads.filter(({ id }) => id === partId);
    expect(service).toMatchObject({ simulation: usualSimulation });
    expect(setSimulation.label(samplePlan, { partId, simulation: usualSimulation })).toBe(
      'Show a simulation of Chat in the report',
    );
    const hidden = setSimulation.apply(shown, { partId, simulation: null });
    expect(hidden.workloads.find(({ id }) => id === partId)).toMatchObject({ simulation: null });
  });

  it('changes nothing for a part that is no service', () => {
    const args = { partId: 'cluster-1', simulation: usualSimulation };
    expect(setSimulation.apply(samplePlan, args)).toBe(samplePlan);
  });
});

describe('the regions of the users', () => {
  it('become part of a valid document, and can be removed again', () => {
    const share = { value: 1, origin: 'yours' } as const;
    const fleet = { routing: 'carbon', demand: [{ regionId: 'nor', share }] } as const;
    const placed = setFleet.apply(samplePlan, { fleet, label: 'Place the users by region' });
    expect(planSchema.safeParse(placed).error).toBeUndefined();
    expect(placed.fleet).toEqual(fleet);
    expect(setFleet.label(samplePlan, { fleet, label: 'Set the routing' })).toBe('Set the routing');
    expect(setFleet.apply(placed, { fleet: null, label: 'Remove' }).fleet).toBeNull();
  });
});
