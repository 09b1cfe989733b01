import { describe, expect, it } from 'vitest';
import { planDifference } from '@engine/cost/plan-difference';
import type { Plan } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  quantity,
  reportOf,
  templatePlan,
  withClusters,
  withCosts,
  withSites,
} from '../../fixtures/engine-fixture';

const plan = withCosts(templatePlan('chat-fleet-h200'), { acquisition: 'buy' });
const total = (of: Plan): number => reportOf(of).cost.chosenUsdTotal.value ?? 0;

function partsOf(to: Plan): Record<string, number> {
  const found = planDifference(plan, to, catalogue);
  if (found === null) throw new Error('A total is missing.');
  return Object.fromEntries(found.parts.map(({ key, value }) => [key, value]));
}

describe('why one plan costs more than another', () => {
  it('is all of it the one thing that differs', () => {
    const cases: readonly (readonly [string, Plan])[] = [
      ['clusters', withClusters(plan, { nodes: quantity(100) })],
      ['sites', withSites(plan, { electricityUsdPerKwh: quantity(0.4) })],
      ['acquisition', withCosts(plan, { acquisition: 'rent' })],
      ['assumptions', withCosts(plan, { horizonYears: quantity(6) })],
    ];
    for (const [key, changed] of cases) {
      const { [key]: share, ...others } = partsOf(changed);
      expect(share, key).toBeCloseTo(total(changed) - total(plan), 3);
      for (const other of Object.values(others)) expect(other).toBeCloseTo(0, 3);
    }
  });

  it('adds up to the difference of the totals where everything differs', () => {
    const other = withCosts(withSites(templatePlan('dgx-superpod-512'), { linkKm: quantity(3) }), {
      acquisition: 'hybrid',
      horizonYears: quantity(5),
    });
    const found = planDifference(plan, other, catalogue);
    const sum = found?.parts.reduce((all, { value }) => all + value, 0) ?? 0;
    expect(found?.fromUsd).toBeCloseTo(total(plan), 3);
    expect(found?.toUsd).toBeCloseTo(total({ ...other, workloads: [] }), 3);
    expect(sum).toBeCloseTo((found?.toUsd ?? 0) - (found?.fromUsd ?? 0), 3);
  });

  it('is the other way round between the same plans exchanged', () => {
    const other = withClusters(withSites(plan, { electricityUsdPerKwh: quantity(0.4) }), {
      nodes: quantity(100),
    });
    const there = planDifference(plan, other, catalogue);
    const back = planDifference(other, plan, catalogue);
    for (const [index, part] of (there?.parts ?? []).entries()) {
      expect(part.value + (back?.parts[index]?.value ?? Number.NaN)).toBeCloseTo(0, 3);
    }
  });

  it('is unknown where a price is missing', () => {
    expect(
      planDifference(plan, withClusters(plan, { purchaseUsdPerNode: quantity(0) }), catalogue),
    ).toBeNull();
  });
});
