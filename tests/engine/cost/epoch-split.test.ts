import { describe, expect, it } from 'vitest';
import type { Plan } from '@engine/plan';
import {
  quantity,
  reportOf,
  templatePlan,
  withClusters,
  withCosts,
  withSites,
} from '../../fixtures/engine-fixture';

/**
 * Cost split of frontier training runs: hardware 47–67 %, of which servers 15–22 % and cluster-level interconnect 9–13 % of the whole,
 * staff 29–49 %, energy 2–6 %. Cottier, Rahman, Fattorini, Maslej, Besiroglu, Owen 2024, The rising costs of training frontier AI
 * models, https://arxiv.org/abs/2405.21015 and https://epoch.ai/blog/how-much-does-it-cost-to-train-frontier-ai-models, read 2026-11-25.
 */
const published = {
  hardware: [0.47, 0.67],
  interconnect: [0.09, 0.13],
  staff: [0.29, 0.49],
  energy: [0.02, 0.06],
} as const;

/** The published Llama 3 run on 2,048 nodes, owned, with an H100 node and a tariff of its year; three years, nothing left at the end. */
const owned: Plan = withCosts(
  withClusters(
    withSites(templatePlan('llama-3-405b'), {
      powerUsageEffectiveness: quantity(1.25),
      electricityUsdPerKwh: quantity(0.083),
    }),
    { purchaseUsdPerNode: quantity(310_000) },
  ),
  {
    acquisition: 'build',
    horizonYears: quantity(3),
    utilisationFraction: quantity(0.8),
    residualFraction: quantity(0),
    discountRatePerYear: quantity(0),
    maintenanceFractionPerYear: quantity(0),
    facilityUsdPerKw: quantity(0),
  },
);

function partsOf(plan: Plan): (...keys: readonly string[]) => number {
  const option = reportOf(plan).cost.options.find(({ kind }) => kind === 'build');
  const parts = option?.parts ?? [];
  return (...keys) =>
    parts.reduce((sum, { key, value }) => (keys.includes(key) ? sum + value : sum), 0);
}

const networkKeys = ['switches', 'optics', 'network', 'spares'];

describe('the published cost split of a training run', () => {
  const part = partsOf(owned);
  const hardware = part('nodes', 'racks', ...networkKeys);
  const energy = part('electricity', 'demand');

  it('gives energy its share beside the hardware', () => {
    // Shares of the whole turned into shares of hardware and energy alone, which the plan knows.
    const lowest = published.energy[0] / (published.energy[0] + published.hardware[1]);
    const highest = published.energy[1] / (published.energy[1] + published.hardware[0]);
    const share = energy / (energy + hardware);
    expect(share).toBeGreaterThan(lowest);
    expect(share).toBeLessThan(highest);
  });

  it('gives the interconnect its share of the hardware', () => {
    const lowest = published.interconnect[0] / published.hardware[1];
    const highest = published.interconnect[1] / published.hardware[0];
    const share = part(...networkKeys) / hardware;
    expect(share).toBeGreaterThan(lowest);
    expect(share).toBeLessThan(highest);
  });

  it('is met as a whole with staff at 35 %, which lies in its published share', () => {
    const staff = 0.35;
    const accelerators = 16_384;
    const perYear = (staff / (1 - staff)) * ((hardware + energy) / (3 * accelerators));
    const whole = partsOf(withCosts(owned, { staffUsdPerAcceleratorYear: quantity(perYear) }));
    const all = whole('staff', 'electricity', 'demand', 'nodes', 'racks', ...networkKeys);
    const within = (share: number, [low, high]: readonly [number, number]) => {
      expect(share).toBeGreaterThanOrEqual(low);
      expect(share).toBeLessThanOrEqual(high);
    };
    within(whole('staff') / all, published.staff);
    within(whole('electricity', 'demand') / all, published.energy);
    within(whole('nodes', 'racks', ...networkKeys) / all, published.hardware);
    within(whole(...networkKeys) / all, published.interconnect);
  });
});
