import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fact } from '@engine/catalogue/types';
import { siteFootprint } from '@engine/facility/footprint';
import { carbonTonnes, energyMwhPerYear } from '@engine/facility/power';
import type { CostAssumptions, Site } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  figuresIn,
  quantity,
  reportOf,
  templatePlan,
  withCosts,
  withSites,
} from '../../fixtures/engine-fixture';

const plan = templatePlan('dgx-superpod-512');

function siteOf(site: Partial<Site>, costs: Partial<CostAssumptions> = {}) {
  const [found] = reportOf(withCosts(withSites(plan, site), costs)).sites;
  if (!found) throw new Error('The plan has no site.');
  return found;
}

const kilograms: Fact = {
  value: 200,
  low: 100,
  high: 400,
  unit: 'kg CO2e',
  source: 'memory',
  quality: 'from memory',
};

function made(making: Fact, accelerators = 1_000) {
  const [site] = plan.sites;
  if (!site) throw new Error('The plan has no site.');
  const { energyMwhPerYear: energyMwh, itPowerKw } = siteOf({});
  const costs = { ...plan.costs, depreciationYears: null, horizonYears: quantity(5) };
  const inputs = { itKw: 100, accelerators, energyMwh, itPowerKw, costs };
  return siteFootprint(site, inputs, {
    ...catalogue.assumptions,
    'embodied.kgPerAccelerator': { label: 'Making', ...making },
  });
}

describe('the energy of a year', () => {
  it('is 8,760 MWh for 1 MW at PUE 1, and 400 g of it are 3,504 t', () => {
    expect(energyMwhPerYear(1_000, 1, 1)).toBe(8_760);
    expect(energyMwhPerYear(1_000, 1.2, 0.5)).toBeCloseTo(5_256, 9);
    expect(carbonTonnes(8_760, 400)).toBeCloseTo(3_504, 9);
  });
});

describe('making the hardware', () => {
  it('of 1,000 accelerators at 200 kg over 5 years is 40 t a year, with the range of the fact', () => {
    const { embodiedTonnesPerYear } = made(kilograms);
    const { value, low, high } = embodiedTonnesPerYear;
    expect([low, value, high]).toEqual([20, 40, 80]);
  });

  it('of no accelerators is nothing', () => {
    expect(made(kilograms, 0).embodiedTonnesPerYear.value).toBe(0);
  });

  it('is spread over the life where one is entered, else over the horizon', () => {
    const costs = { depreciationYears: null, horizonYears: quantity(3) };
    const three = siteOf({}, costs).embodiedTonnesPerYear.value ?? 0;
    const six = siteOf({}, { ...costs, depreciationYears: quantity(6) });
    expect(three).toBeGreaterThan(0);
    expect(three / (six.embodiedTonnesPerYear.value ?? 1)).toBeCloseTo(2, 9);
  });
});

describe('the footprint of a site', () => {
  it('of market-based emissions is energy times what the contract says', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 2_000, noNaN: true }), (grams) => {
        const site = siteOf({ marketGramsCo2PerKwh: quantity(grams) });
        const tonnes = ((site.energyMwhPerYear.value ?? 0) * grams) / 1e3;
        expect(site.carbonMarketTonnesPerYear.value).toBeCloseTo(tonnes, 6);
      }),
      { numRuns: 20 },
    );
  });

  it('uses water for the hours in use, and for the computers alone, whatever the PUE', () => {
    const own = { waterLitresPerKwh: quantity(1.8) };
    const half = siteOf(own, { utilisationFraction: quantity(0.5) });
    const whole = siteOf(
      { ...own, powerUsageEffectiveness: quantity(2) },
      { utilisationFraction: quantity(1) },
    );
    const litres = (site: typeof half): number => site.waterCubicMetresPerYear.value ?? 0;
    expect(litres(whole) / litres(half)).toBeCloseTo(2, 9);
    expect(litres(half)).toBeCloseTo((half.itPowerKw.value ?? 0) * 0.5 * 8_760 * 1.8e-3, 6);
  });

  it('names the inputs of every figure, and no figure is without a number', () => {
    for (const { label, value, inputs, formula } of figuresIn(made(kilograms))) {
      expect(Number.isFinite(value), label).toBe(true);
      for (const { symbol } of inputs) expect(formula, label).toContain(symbol);
    }
  });
});
