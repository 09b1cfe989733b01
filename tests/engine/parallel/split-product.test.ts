import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { matmulSeconds } from '@engine/hardware/matmul';
import { acceleratorScaling, coreScaling, productFigures } from '@engine/parallel/product-figures';
import { sharedMemorySeconds, splitProductSeconds } from '@engine/parallel/split-product';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const h100 = catalogue.accelerators.get('h100-sxm');
const node = catalogue.systems.get('dgx-h100');
if (h100 === undefined || node === undefined) throw new Error('The catalogue has an H100.');
const device = describeDevice(h100, node, catalogue.assumptions);
const counts = Array.from({ length: 13 }, (_, step) => 2 ** step);
const precision = 'bf16';

describe('a matrix product split over accelerators', () => {
  it('is the whole product on one, with nothing to send', () => {
    const one = splitProductSeconds(device, { edge: 8_192, precision, workers: 1 });
    expect(one.communicate).toBe(0);
    expect(one.total).toBe(matmulSeconds(device, precision, 8_192, 8_192, 8_192));
    expect(sharedMemorySeconds(device, { edge: 8_192, precision, workers: 1 })).toEqual(one);
  });

  it('never gains more than there are workers, and adds up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 256, max: 131_072 }),
        fc.integer({ min: 2, max: 4_096 }),
        (edge, workers) => {
          const one = splitProductSeconds(device, { edge, precision, workers: 1 });
          const many = splitProductSeconds(device, { edge, precision, workers });
          expect(many.total).toBe(many.compute + many.communicate);
          expect(one.total / many.total).toBeLessThan(workers * (1 + 1e-9));
          expect(many.communicate).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('ends sooner for a small product than for a large one', () => {
    const best = (edge: number) =>
      acceleratorScaling(catalogue, 'h100-sxm', edge, counts).reduce((most, one) =>
        one.speedUp > most.speedUp ? one : most,
      );
    expect(best(2_048).workers).toBeLessThan(best(65_536).workers);
    expect(best(65_536).speedUp).toBeGreaterThan(best(2_048).speedUp);
  });

  it('pays for leaving the node: nine GPUs communicate longer than eight', () => {
    const [eight, nine] = acceleratorScaling(catalogue, 'h100-sxm', 16_384, [8, 9]);
    expect(nine?.communicate).toBeGreaterThan(eight?.communicate ?? Number.NaN);
  });

  it('is empty for a part that the catalogue does not have', () => {
    expect(acceleratorScaling(catalogue, 'no such part', 1_024, counts)).toEqual([]);
    expect(coreScaling(catalogue, 'no such part', 1_024, counts)).toEqual([]);
    expect(productFigures(catalogue, 'no such part', 1_024, 8, counts)).toEqual([]);
  });
});

describe('the same product on cores', () => {
  const points = coreScaling(catalogue, 'xeon-6980p', 4_096, [1, 2, 4, 8, 16, 32, 64, 128]);

  it('grows with every core, by at most the number of cores', () => {
    expect(points[0]?.speedUp).toBe(1);
    points.forEach(({ speedUp, workers }, index) => {
      expect(speedUp).toBeLessThanOrEqual(workers * (1 + 1e-9));
      if (index > 0) expect(speedUp).toBeGreaterThan(points[index - 1]?.speedUp ?? Number.NaN);
    });
  });
});

describe('the figures of a product', () => {
  const figures = productFigures(catalogue, 'h100-sxm', 16_384, 64, counts);
  const value = (name: string) =>
    figures.find(({ key }) => key === `parallel.product.${name}`)?.value ?? Number.NaN;

  it('agree with the curve', () => {
    const [point] = acceleratorScaling(catalogue, 'h100-sxm', 16_384, [64]);
    expect(value('seconds')).toBe(point?.total);
    expect(value('speedUp')).toBe(point?.speedUp);
    expect(value('communicationShare')).toBeCloseTo(
      (point?.communicate ?? 0) / (point?.total ?? 1),
      12,
    );
    expect(counts).toContain(value('bestWorkers'));
  });

  it('name sources that the catalogue has', () => {
    const ids = figures.flatMap(({ inputs, sources }) => [
      ...sources,
      ...inputs.flatMap((input) => input.sources),
    ]);
    expect(ids.length).toBeGreaterThan(0);
    for (const id of ids) expect(catalogue.sources.has(id), id).toBe(true);
  });
});
