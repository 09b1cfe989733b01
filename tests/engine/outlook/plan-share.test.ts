import { describe, expect, it } from 'vitest';
import { meterFigures } from '@engine/outlook/meter-figures';
import { planShare } from '@engine/outlook/plan-share';
import type { Plan } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { meterDefaults } from '@shared/outlook/meter-defaults';
import { joined, reportOf, templatePlan, trainingOf } from '../../fixtures/engine-fixture';

const world = meterFigures(
  meterDefaults(catalogue),
  catalogue.assumptions,
  'h100-equivalents',
  Date.UTC(2026, 10, 23),
);

function shareOf(plan: Plan) {
  const share = planShare(plan, reportOf(plan), catalogue, world);
  if (share === null) throw new Error('The plan has no share.');
  return share;
}

describe('a plan beside all AI of the world', () => {
  it('takes as long as its hours take at the world’s rate: Llama 3 405B is under an hour', () => {
    const plan = templatePlan('llama-3-405b');
    const { work, h100Hours, worldSeconds } = shareOf(plan);
    expect(work).toBe('training');
    expect(h100Hours.value).toBeCloseTo(trainingOf(plan).acceleratorHours.value ?? 0, 3);
    expect(worldSeconds.value).toBeGreaterThan(1_800);
    expect(worldSeconds.value).toBeLessThan(3_600);
    expect(worldSeconds.low).toBeLessThan(worldSeconds.value ?? 0);
    expect(worldSeconds.high).toBeGreaterThan(worldSeconds.value ?? 0);
  });

  it('counts a day of its clusters where it trains nothing, each device for what it does', () => {
    const plan = templatePlan('chat-million-gb300');
    const { work, h100Hours } = shareOf(plan);
    expect(work).toBe('a day of its clusters');
    const devices = reportOf(plan).clusters[0]?.accelerators.value ?? 0;
    const busy = plan.costs.utilisationFraction.value;
    expect(h100Hours.value).toBeCloseTo((devices * 24 * busy * 5_000) / 1_979, 3);
  });

  it('adds up over several runs', () => {
    const [first, second] = [templatePlan('llama-3-405b'), templatePlan('deepseek-v3')];
    const both = shareOf(joined(first, second)).h100Hours.value ?? 0;
    const apart = [first, second].map((plan) => shareOf(plan).h100Hours.value ?? 0);
    expect(both / apart.reduce((sum, hours) => sum + hours, 0)).toBeCloseTo(1, 9);
  });

  it('says so when there is nothing to set beside, or nothing known', () => {
    const empty = { ...templatePlan('llama-3-405b'), clusters: [], workloads: [] };
    expect(planShare(empty, reportOf(empty), catalogue, world)).toBeNull();
    const llama = templatePlan('llama-3-405b');
    const elsewhere = { ...llama, clusters: [] };
    const share = planShare(elsewhere, reportOf(elsewhere), catalogue, world);
    expect(share?.worldSeconds.value ?? null).toBeNull();
  });
});
