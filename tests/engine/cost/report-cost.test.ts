import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { annuityYears, discountFactor } from '@engine/cost/present-value';
import { reportCost } from '@engine/cost/report-cost';
import type { CostedCluster } from '@engine/cost/capital';
import type { Cluster, CostAssumptions, Quantity, Site } from '@engine/plan';
import type { Figure, Part } from '@engine/report';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

function quantity(value: number): Quantity {
  return { value, origin: 'yours' };
}

const system = catalogue.systems.get('dgx-h100');
if (system === undefined) throw new Error('The catalogue has no DGX H100.');
/** measured under load, and a tenth of the rated power for switches, storage and management */
const nodePowerKw =
  (system.typicalPower?.value ?? system.maxPower.value) + 0.1 * system.maxPower.value;

const site: Site = {
  id: 'site-1',
  name: 'Hall',
  regionId: 'region-1',
  powerCapKw: null,
  powerUsageEffectiveness: quantity(1.25),
  electricityUsdPerKwh: quantity(0.1),
  gridGramsCo2PerKwh: quantity(400),
};

const cluster: Cluster = {
  id: 'cluster-1',
  name: 'Pod',
  siteId: 'site-1',
  systemId: 'dgx-h100',
  nodes: quantity(10),
  scaleOutGbpsPerAccelerator: quantity(400),
  rentUsdPerAcceleratorHour: quantity(2),
  purchaseUsdPerNode: quantity(300_000),
};

const costs: CostAssumptions = {
  acquisition: 'buy',
  horizonYears: quantity(2),
  utilisationFraction: quantity(0.5),
  networkAndStorageFraction: quantity(0.2),
  maintenanceFractionPerYear: quantity(0.05),
  colocationUsdPerKwMonth: quantity(100),
  residualFraction: quantity(0.3),
  discountRatePerYear: quantity(0),
};

function report(costChanges: Partial<CostAssumptions> = {}, clusterChanges: Partial<Cluster> = {}) {
  if (system === undefined) throw new Error('The catalogue has no DGX H100.');
  const entry: CostedCluster = { cluster: { ...cluster, ...clusterChanges }, system, site };
  return reportCost([entry], { ...costs, ...costChanges }, catalogue);
}

function valueOf(figure: Figure): number {
  if (figure.value === null) throw new Error(`${figure.key}: ${figure.unavailable ?? ''}`);
  return figure.value;
}

function total(parts: readonly Part[]): number {
  return parts.reduce((sum, part) => sum + part.value, 0);
}

describe('present value', () => {
  test('of 1 a year for two years at 10 % is what twenty-four discounted twelfths give', () => {
    let byHand = 0;
    for (let month = 1; month <= 24; month += 1) byHand += 1 / 12 / 1.1 ** (month / 12);
    expect(annuityYears(2, 0.1)).toBeCloseTo(byHand, 12);
    expect(annuityYears(2, 0)).toBeCloseTo(2, 12);
    expect(discountFactor(12, 0.1)).toBeCloseTo(1 / 1.1, 12);
  });
});

describe('the cost of a plan', () => {
  test('is what a sheet of paper gives, undiscounted', () => {
    const capital = 10 * 300_000 * 1.2;
    const electricity = 10 * nodePowerKw * 1.25 * 0.5 * 8760 * 0.1;
    const operating = 0.05 * capital + 12 * 100 * 10 * nodePowerKw + electricity;
    const bought = capital + 2 * operating - 0.3 * capital;
    const cost = report();
    expect(valueOf(cost.capitalUsd)).toBeCloseTo(capital, 6);
    expect(valueOf(cost.operatingUsdPerYear)).toBeCloseTo(operating, 6);
    expect(valueOf(cost.buyUsdTotal)).toBeCloseTo(bought, 6);
    expect(valueOf(cost.rentUsdTotal)).toBeCloseTo(80 * 2 * 8760 * 0.5 * 2, 6);
    expect(valueOf(cost.usdPerAcceleratorHourBought)).toBeCloseTo(bought / (80 * 8760), 9);
    expect(cost.chosenUsdTotal.value).toBe(cost.buyUsdTotal.value);
  });

  test('rents at the price that was put in, discounted or not', () => {
    expect(valueOf(report().usdPerAcceleratorHourRented)).toBeCloseTo(2, 12);
    const discounted = report({ discountRatePerYear: quantity(0.12) });
    expect(valueOf(discounted.usdPerAcceleratorHourRented)).toBeCloseTo(2, 12);
  });

  test('is the same bought and rented at the break-even utilisation', () => {
    const share = valueOf(report({ horizonYears: quantity(4) }).breakEvenUtilisation);
    const there = report({ horizonYears: quantity(4), utilisationFraction: quantity(share) });
    expect(valueOf(there.buyUsdTotal) / valueOf(there.rentUsdTotal)).toBeCloseTo(1, 9);
  });

  test('breaks even in the first month whose spend is no more than the rent', () => {
    const cost = report({ horizonYears: quantity(5), utilisationFraction: quantity(0.9) });
    const month = valueOf(cost.breakEvenMonth);
    const at = (wanted: number) => cost.cashFlow.find((point) => point.month === wanted);
    expect(at(month)?.buyUsd).toBeLessThanOrEqual(at(month)?.rentUsd ?? 0);
    expect(at(month - 1)?.buyUsd).toBeGreaterThan(at(month - 1)?.rentUsd ?? Infinity);
  });

  test('has no bought total without a price, and says which cluster lacks it', () => {
    const cost = report({}, { purchaseUsdPerNode: quantity(0) });
    expect(cost.buyUsdTotal.value).toBeNull();
    expect(cost.buyUsdTotal.unavailable).toContain('Pod');
    expect(cost.chosenUsdTotal.unavailable).toContain('Pod');
    expect(cost.buyParts).toEqual([]);
    expect(cost.rentUsdTotal.value).not.toBeNull();
  });

  test('says so when renting is always cheaper', () => {
    const cost = report({}, { rentUsdPerAcceleratorHour: quantity(0.01) });
    expect(cost.breakEvenUtilisation.value).toBeNull();
    expect(cost.breakEvenUtilisation.unavailable).toContain('Renting costs less');
    expect(cost.breakEvenMonth.value).toBeNull();
  });

  test('adds up for any inputs: parts, cash flow and totals; dearer inputs never cost less', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 20, noNaN: true }),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        share,
        share,
        fc.double({ min: 1, max: 1e7, noNaN: true }),
        fc.double({ min: 1, max: 3, noNaN: true }),
        (horizon, used, residual, rate, price, factor) => {
          const assumptions = {
            horizonYears: quantity(horizon),
            utilisationFraction: quantity(used),
            residualFraction: quantity(residual),
            discountRatePerYear: quantity(rate),
          };
          const cost = report(assumptions, { purchaseUsdPerNode: quantity(price) });
          const bought = valueOf(cost.buyUsdTotal);
          expect(JSON.stringify(cost)).not.toMatch(/NaN|Infinity/);
          expect(Math.abs(total(cost.buyParts) - bought)).toBeLessThan(
            1e-6 * Math.abs(bought) + 1e-6,
          );
          expect(total(cost.rentParts)).toBeCloseTo(valueOf(cost.rentUsdTotal), 3);
          const last = cost.cashFlow.at(-1);
          expect(Math.abs((last?.buyUsd ?? 0) / bought - 1)).toBeLessThan(1e-9);
          expect(Math.abs((last?.rentUsd ?? 0) / valueOf(cost.rentUsdTotal) - 1)).toBeLessThan(
            1e-9,
          );
          const dearer = report(assumptions, { purchaseUsdPerNode: quantity(price * factor) });
          // A purchase that comes back in full cancels out, up to the rounding of its own size.
          const rounding = 1e-12 * price * factor * 100;
          expect(valueOf(dearer.buyUsdTotal)).toBeGreaterThanOrEqual(bought - rounding);
        },
      ),
    );
  });

  test('of no cluster at all is nothing, and has no price per hour', () => {
    const cost = reportCost([], costs, catalogue);
    expect(cost.buyUsdTotal.value).toBe(0);
    expect(cost.usdPerAcceleratorHourBought.value).toBeNull();
    expect(cost.rentParts).toEqual([]);
  });
});
