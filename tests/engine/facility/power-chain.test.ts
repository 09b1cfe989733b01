import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assumptionOf } from '@engine/catalogue/assumption';
import { evaluate } from '@engine/evaluate';
import { unitsFor } from '@engine/facility/power-chain';
import type { PowerRedundancy } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { quantity, reportOf, withSites } from '../../fixtures/engine-fixture';
import { chatOn } from './sites/three-sites';

describe('units of a power chain', () => {
  it.each<[number, number, PowerRedundancy, number]>([
    [1_000, 500, 'N', 2],
    [1_001, 500, 'N', 3],
    [1_000, 500, 'N+1', 3],
    [1_000, 500, '2N', 4],
    [0, 500, 'N+1', 0],
    [1, 500, '2N', 2],
  ])('for %d kW of %d kW each, %s: %d', (kilowatts, each, redundancy, expected) => {
    expect(unitsFor(kilowatts, each, redundancy)).toBe(expected);
  });

  it('carry the load with as many lost as the redundancy says', () => {
    const positive = fc.double({ min: 0.1, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(positive, positive, (load, each) => {
        const carried = (units: number) => units * each * (1 + 1e-6);
        expect(carried(unitsFor(load, each, 'N'))).toBeGreaterThanOrEqual(load);
        expect(carried(unitsFor(load, each, 'N+1') - 1)).toBeGreaterThanOrEqual(load);
        expect(carried(unitsFor(load, each, '2N') / 2)).toBeGreaterThanOrEqual(load);
      }),
    );
  });
});

describe('the power chain of a site', () => {
  const plan = chatOn({ nodes: 100 }, { nodes: 1 });
  const chainOf = (change: Parameters<typeof withSites>[1]) =>
    reportOf(withSites(plan, change)).sites[0]?.powerChain;

  const withShare = (value: number) => {
    const key = 'facility.auxiliaryPowerShare';
    const fact = assumptionOf(catalogue.assumptions, key);
    const assumptions = { ...catalogue.assumptions, [key]: { ...fact, value } };
    return evaluate(plan, { ...catalogue, assumptions });
  };

  it('provisions the rated power and a tenth for switches, storage and management', () => {
    const chain = chainOf({});
    expect(chain?.auxiliaryKw.value).toBeCloseTo(102, 6);
    expect(chain?.provisionedKw.value).toBeCloseTo(1_122, 6);
    expect(chain?.loadShare.value).toBeGreaterThan(0);
    expect(chain?.loadShare.value).toBeLessThanOrEqual(1);
  });

  it('counts them once, in every figure of power, energy, emissions and cost', () => {
    const { sites, clusters } = reportOf(plan);
    const [site] = sites;
    const one = (key: string) => site?.itPowerKw.inputs.find(({ symbol }) => symbol === key)?.value;
    expect(one('A')).toBe(site?.powerChain.auxiliaryKw.value);
    const load = (one('n1') ?? 0) * (one('p1') ?? 0) + (one('A') ?? 0);
    expect(site?.itPowerKw.value).toBeCloseTo(load, 9);
    expect(clusters[0]?.itPowerKw.value).toBeCloseTo(load, 9);
    expect(clusters[0]?.auxiliaryKw.value).toBe(site?.powerChain.auxiliaryKw.value);
    const before = withShare(0).sites[0];
    for (const key of [
      'facilityPowerKw',
      'energyMwhPerYear',
      'electricityUsdPerYear',
      'carbonTonnesPerYear',
      'carbonMarketTonnesPerYear',
      'waterCubicMetresPerYear',
    ] as const) {
      const ratio = (site?.[key].value ?? 0) / (before?.[key].value ?? Number.NaN);
      expect(ratio, key).toBeCloseTo(load / (load - (one('A') ?? 0)), 9);
    }
    const paid = (share: number) => withShare(share).cost.operatingUsdPerYear.value ?? Number.NaN;
    expect(paid(0.1)).toBeGreaterThan(paid(0));
  });

  it('takes one unit more for N+1 and twice as many for 2N, generators for cooling too', () => {
    const [none, spare, twice] = (['N', 'N+1', '2N'] as const).map((powerRedundancy) =>
      chainOf({ powerRedundancy, powerUsageEffectiveness: quantity(1.5) }),
    );
    for (const unit of ['upsUnits', 'distributionUnits', 'generators', 'transformers'] as const) {
      const needed = none?.[unit].value ?? 0;
      expect(needed).toBeGreaterThan(0);
      expect(spare?.[unit].value).toBe(needed + 1);
      expect(twice?.[unit].value).toBe(2 * needed);
    }
    const cooled = chainOf({ powerUsageEffectiveness: quantity(9) });
    expect(cooled?.generators.value).toBeGreaterThan(none?.generators.value ?? 0);
    expect(cooled?.upsUnits.value).toBe(none?.upsUnits.value);
  });

  it('loses a few per cent of the load', () => {
    const chain = chainOf({});
    const load = reportOf(plan).sites[0]?.itPowerKw.value ?? 0;
    expect((chain?.chainLossKw.value ?? 0) / load).toBeGreaterThan(0.02);
    expect((chain?.chainLossKw.value ?? 0) / load).toBeLessThan(0.12);
  });

  it('of a site without clusters is nothing', () => {
    const empty = reportOf({ ...plan, clusters: [], workloads: [] }).sites[0]?.powerChain;
    expect(empty?.upsUnits.value).toBe(0);
    expect(empty?.loadShare.value).toBeNull();
  });
});
