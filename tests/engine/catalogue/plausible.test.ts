import { describe, expect, it } from 'vitest';
import type { Fact } from '@engine/catalogue/types';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

/** Bounds that a slip of a power of ten would break, whatever newer figures are put in. */

const accelerators = [...catalogue.accelerators.values()].map((row) => [row.id, row] as const);
const models = [...catalogue.models.values()].map((row) => [row.id, row] as const);
const systems = [...catalogue.systems.values()].map((row) => [row.id, row] as const);

function expectBetween(fact: Fact | null | undefined, low: number, high: number): void {
  if (!fact) return;
  expect(fact.value).toBeGreaterThanOrEqual(low);
  expect(fact.value).toBeLessThanOrEqual(high);
}

describe.each(accelerators)('the accelerator %s', (_id, row) => {
  it('has memory, bandwidth and power of this decade', () => {
    expectBetween(row.memoryCapacity, 4, 8_192);
    expectBetween(row.memoryBandwidth, 15, 50_000);
    expectBetween(row.power, 5, 5_000);
    expectBetween(row.scaleUpBandwidth, 10, 5_000);
    expectBetween(row.scaleUpDomain, 1, 16_384);
  });

  it('is written in the units that the engine reads', () => {
    expect(row.memoryCapacity.unit).toBe('GB');
    expect(row.memoryBandwidth.unit).toBe('GB/s');
    expect(row.power.unit).toBe('W');
    for (const rate of Object.values(row.peakDense)) expect(rate.unit).toBe('TFLOP/s');
  });

  it('is no faster in a wider format', () => {
    const { fp64, fp32, tf32, bf16, fp16, fp8, fp4 } = row.peakDense;
    const rates = [fp64, fp32, tf32, bf16 ?? fp16, fp8, fp4].flatMap((fact) =>
      fact ? [fact.value] : [],
    );
    expect(rates).toEqual(rates.toSorted((first, second) => first - second));
    expect(rates.length).toBeGreaterThan(0);
  });

  it('has never been measured above its peak', () => {
    for (const [precision, ceiling] of Object.entries(row.matmulCeiling)) {
      const peak = row.peakDense[precision as keyof typeof row.peakDense];
      expect(ceiling.value, precision).toBeLessThanOrEqual(peak?.value ?? 0);
    }
  });
});

describe.each(models)('the model %s', (_id, { architecture, publishedParameters, ...row }) => {
  it('has heads and groups that divide one another', () => {
    expect(architecture.heads % architecture.keyValueHeads).toBe(0);
    expect(architecture.keyValueHeads).toBeLessThanOrEqual(architecture.heads);
  });

  it('is as large as language models are', () => {
    expectBetween(publishedParameters, 1e7, 1e13);
    expectBetween(row.publishedTokens, 1e9, 1e15);
    expect(architecture.contextLength).toBeGreaterThanOrEqual(512);
    const active = row.publishedActiveParameters?.value ?? publishedParameters.value;
    expect(active).toBeLessThanOrEqual(publishedParameters.value);
  });

  it('visits some of its experts, if it has any', () => {
    const experts = architecture.mixtureOfExperts;
    if (row.publishedActiveParameters) expect(experts).not.toBeNull();
    if (!experts) return;
    expect(experts.expertsPerToken).toBeLessThan(experts.experts);
    expect(experts.denseLayers).toBeLessThan(architecture.layers);
  });
});

describe.each(systems)('the system %s', (_id, row) => {
  it('costs, draws and connects as nodes and racks do', () => {
    const count = row.acceleratorsPerNode.value;
    expectBetween(row.price, 1_000 * count, 200_000 * count);
    expectBetween(row.maxPower, 0.2 * count, 5 * count);
    expectBetween(row.scaleOutBandwidth, 10, 3_200);
    expect(row.maxPower.unit).toBe('kW');
  });
});

describe('the regions', () => {
  it('have grids between hydropower and lignite, and tariffs that people pay', () => {
    for (const { id, gridCarbon, electricityPrice } of catalogue.regions.values()) {
      expect(gridCarbon.value, id).toBeGreaterThanOrEqual(0);
      expect(gridCarbon.value, id).toBeLessThanOrEqual(1_500);
      if (electricityPrice === null) continue;
      expect(electricityPrice.value, id).toBeGreaterThan(0.005);
      expect(electricityPrice.value, id).toBeLessThan(1);
    }
  });

  // Ember, carbon intensity by country: hydropower and nuclear against coal.
  it.each([
    ['nor', 'deu'],
    ['fra', 'pol'],
    ['swe', 'ind'],
    ['isl', 'zaf'],
    ['us-wa', 'us-wv'],
  ])('rank %s cleaner than %s', (cleaner, dirtier) => {
    const carbon = (id: string): number =>
      catalogue.regions.get(id)?.gridCarbon.value ?? Number.NaN;
    expect(carbon(cleaner)).toBeLessThan(carbon(dirtier));
  });
});

describe('the rental quotes', () => {
  it('lie between a few cents and tens of dollars per accelerator-hour', () => {
    for (const { id, price } of catalogue.rentalQuotes) {
      expect(price.value, id).toBeGreaterThan(0.02);
      expect(price.value, id).toBeLessThan(60);
    }
  });

  it('are not of the future', () => {
    const late = catalogue.rentalQuotes.filter(({ date }) => date > catalogue.date);
    expect(late).toEqual([]);
  });
});

describe('the assumptions', () => {
  // Measured over modelled speed: above 1 where engines fuse what the kernel model counts apart.
  const isRatio = (key: string): boolean => key.startsWith('serving.prefillFraction');
  const shares = Object.entries(catalogue.assumptions).filter(
    ([key]) => /Fraction|Exposed$|^hardware\.matmulShare/.test(key) && !isRatio(key),
  );
  const ratios = Object.entries(catalogue.assumptions).filter(([key]) => isRatio(key));

  it.each(shares)('%s is a share between 0 and 1', (_key, fact) => {
    expectBetween(fact, 0, 1);
  });

  it.each(ratios)(
    '%s is a ratio of measured to modelled speed, at most a little over 1',
    (_key, fact) => {
      expectBetween(fact, 0, 1.3);
    },
  );

  it('have facilities that draw more than their computers, up to twice as much', () => {
    expectBetween(catalogue.assumptions['pue.global'], 1, 2);
    expectBetween(catalogue.assumptions['pue.hyperscale'], 1, 1.3);
  });

  it('all have a name, a source and a value inside their range', () => {
    for (const [key, fact] of Object.entries(catalogue.assumptions)) {
      expect(fact.label, key).toMatch(/^[A-Z0-9]/);
      expect(catalogue.sources.has(fact.source), key).toBe(true);
      expect(fact.low ?? fact.value, key).toBeLessThanOrEqual(fact.value);
      expect(fact.high ?? fact.value, key).toBeGreaterThanOrEqual(fact.value);
    }
  });
});
