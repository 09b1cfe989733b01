import { describe, expect, it } from 'vitest';
import { reportCost } from '@engine/cost/report-cost';
import type { CostReport, Figure } from '@engine/report';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { assumptionsOf, clusterOf, plainInputs, type CostInputs } from './costed';

/** The report of two clusters; the second one may lack a price. */
function reportOf(second: Partial<CostInputs>, common: Partial<CostInputs> = {}): CostReport {
  const inputs = { ...plainInputs, ...common };
  const clusters = [clusterOf(inputs, 'a'), clusterOf({ ...inputs, ...second }, 'b')];
  return reportCost(clusters, assumptionsOf(inputs), bundledCatalogue);
}

const figures = {
  rentUsdTotal: 'rent',
  usdPerAcceleratorHourRented: 'rent',
  buyUsdTotal: 'purchase',
  capitalUsd: 'purchase',
  operatingUsdPerYear: 'purchase',
  usdPerAcceleratorHourBought: 'purchase',
  chosenUsdTotal: 'purchase',
  breakEvenMonth: 'both',
  breakEvenUtilisation: 'both',
} as const;

function known(report: CostReport): string[] {
  return Object.keys(figures).filter((key) => {
    const figure: Figure = report[key as keyof typeof figures];
    return figure.value !== null;
  });
}

function needing(...kinds: readonly string[]): string[] {
  return Object.entries(figures)
    .filter(([, kind]) => !kinds.includes(kind))
    .map(([key]) => key);
}

/** At 4 USD an hour owning pays off, so that nothing is missing for another reason. */
const dear = { rent: 4 };

describe('a missing price', () => {
  it.each<[string, Partial<CostInputs>, string[]]>([
    ['nothing', {}, Object.keys(figures)],
    ['a rent', { rent: 0 }, needing('rent', 'both')],
    ['a purchase price', { price: 0 }, needing('purchase', 'both')],
    ['both', { rent: 0, price: 0 }, []],
  ])(
    'with %s missing on one cluster, only what needs it has no value',
    (_what, second, expected) => {
      expect(known(reportOf(second, dear))).toEqual(expected);
    },
  );

  it('is named with the cluster that lacks it', () => {
    const report = reportOf({ rent: 0 }, dear);
    expect(report.rentUsdTotal.unavailable).toBe('Pod b has no rent: enter one to see this total.');
    expect(report.breakEvenMonth.unavailable).toContain('Pod b has no rent');
  });

  it('leaves no bars and no curve that would count it as nothing', () => {
    const report = reportOf({ rent: 0 }, dear);
    expect(report.rentParts).toEqual([]);
    expect(report.cashFlow).toEqual([]);
    expect(report.buyParts.length).toBeGreaterThan(0);
  });
});

describe('a break-even that does not exist', () => {
  const cheap = reportOf({}, { rent: 0.05 });

  it('says that renting costs less', () => {
    expect(cheap.breakEvenUtilisation.value).toBeNull();
    expect(cheap.breakEvenUtilisation.unavailable).toContain('Renting costs less');
    expect(cheap.breakEvenMonth.unavailable).toContain('does not catch up');
  });

  it('still shows both totals', () => {
    expect(cheap.rentUsdTotal.value).toBeGreaterThan(0);
    expect(cheap.buyUsdTotal.value).toBeGreaterThan(cheap.rentUsdTotal.value ?? 0);
  });
});

describe('the bars of both totals', () => {
  const report = reportOf({ nodes: 30 }, dear);

  it('split the rent by cluster, in proportion to size and price', () => {
    const [first, second] = report.rentParts;
    expect([first?.key, second?.key]).toEqual(['a', 'b']);
    expect((second?.value ?? 0) / (first?.value ?? 1)).toBeCloseTo(3, 9);
  });

  it('count the residual as money that comes back', () => {
    const residual = report.buyParts.find(({ key }) => key === 'residual');
    expect(residual?.value).toBeLessThan(0);
    expect(report.buyParts.filter(({ value }) => value < 0)).toEqual([residual]);
  });

  it('list accelerators and rent of each cluster in the formula of the total', () => {
    const symbols = report.rentUsdTotal.inputs.map(({ symbol, value }) => [symbol, value]);
    expect(symbols).toContainEqual(['G1', 80]);
    expect(symbols).toContainEqual(['G2', 240]);
    expect(symbols).toContainEqual(['p2', 4]);
  });
});
