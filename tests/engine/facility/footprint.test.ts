import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { embodiedTonnesPerYear, waterCubicMetresPerYear } from '@engine/facility/footprint';
import { quantity, reportOf, templatePlan, withSites } from '../../fixtures/engine-fixture';

const plan = templatePlan('lab-node-8-h100');

function siteOf(change: Parameters<typeof withSites>[1]) {
  const [site] = reportOf(withSites(plan, change)).sites;
  if (!site) throw new Error('The plan has no site.');
  return site;
}

describe('the emissions of making hardware', () => {
  it('of 8 accelerators at 318 kg over 4 years are 0.636 t a year', () => {
    expect(embodiedTonnesPerYear(8, 318, 4)).toBeCloseTo(0.636, 12);
  });

  it('add up to all of them over the life', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0.5, max: 20, noNaN: true }),
        (count, life) => {
          expect((life * embodiedTonnesPerYear(count, 200, life)) / (count * 0.2)).toBeCloseTo(
            1,
            9,
          );
        },
      ),
    );
  });
});

describe('the water of a site', () => {
  it('is 0.38 L for a kWh: 1 MW all year uses 3,329 m³', () => {
    expect(waterCubicMetresPerYear(1_000, 1, 0.38)).toBeCloseTo(3_328.8, 6);
  });

  it('has the range of the average until a figure of its own is entered', () => {
    const average = siteOf({}).waterCubicMetresPerYear;
    expect(average.low).toBeLessThan(average.value ?? 0);
    expect(average.high).toBeGreaterThan(average.value ?? 0);
    const own = siteOf({ waterLitresPerKwh: quantity(0.76) }).waterCubicMetresPerYear;
    expect((own.value ?? 0) / (average.value ?? 1)).toBeCloseTo(2, 9);
    expect(own.low).toBeUndefined();
  });
});

describe('market-based emissions', () => {
  it('are those of the grid without a contract, and none with clean power', () => {
    const grid = siteOf({});
    expect(grid.carbonMarketTonnesPerYear.value).toBe(grid.carbonTonnesPerYear.value);
    const clean = siteOf({ marketGramsCo2PerKwh: quantity(0) });
    expect(clean.carbonMarketTonnesPerYear.value).toBe(0);
    expect(clean.carbonTonnesPerYear.value).toBe(grid.carbonTonnesPerYear.value);
  });
});

it('a demand charge is paid for the power under load, twelve times a year', () => {
  const site = siteOf({ demandChargeUsdPerKwMonth: quantity(15) });
  expect(site.demandChargeUsdPerYear.value).toBeCloseTo(180 * (site.facilityPowerKw.value ?? 0), 6);
});
