import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { billTotal, type BillLine } from '@engine/facility/bill';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { entered, facilityOf } from './facility-fixture';

function amount(lines: readonly BillLine[], category: BillLine['category']): number {
  return lines
    .filter((line) => line.category === category)
    .reduce((sum, { quantity, unitUsd }) => sum + quantity * (unitUsd?.value ?? 0), 0);
}

describe('a published bill of materials', () => {
  test.each([
    [128, 39_680_000, 1_728_000, 2_621_440],
    [256, 79_360_000, 3_456_000, 5_242_880],
  ])('%i nodes of eight H100 come out as printed', (nodes, nodeUsd, switchUsd, cableUsd) => {
    // "H100 cluster" sheet of Latent Space, August 2024: node 310,000 USD, switch 36,000 USD, spares not counted:
    // https://docs.google.com/spreadsheets/d/1Ft3RbeZ-w43kYSiLfYc1vxO41mK5lmJpcPC9GOYHAWc, read 2026-11-23.
    const { bill } = facilityOf('hgx-h100', nodes);
    expect(amount(bill, 'nodes')).toBe(nodeUsd);
    expect(amount(bill, 'switches')).toBe(switchUsd);
    expect(amount(bill, 'optics')).toBe(cableUsd);
  });

  test('puts switches and optics at 5 to 25 % of the capital, where the published estimates lie', () => {
    for (const nodes of [128, 512, 2048]) {
      const { bill, billUsd } = facilityOf('dgx-h100', nodes);
      const share = (amount(bill, 'switches') + amount(bill, 'optics')) / (billUsd.value ?? 0);
      expect(share).toBeGreaterThan(0.05);
      expect(share).toBeLessThan(0.25);
    }
  });
});

describe('a bill of materials', () => {
  test('says how far each price can be trusted', () => {
    const confidence = (price: number, origin: 'default' | 'yours'): string | undefined =>
      facilityOf('dgx-h100', 4, { purchaseUsdPerNode: { value: price, origin } }).bill[0]
        ?.confidence;
    expect(confidence(300_000, 'yours')).toBe('confirmed');
    expect(confidence(300_000, 'default')).toBe('estimate');
    expect(confidence(0, 'default')).toBe('unknown');
  });

  test('gives a default price the range of the catalogue, and an entered one its own', () => {
    const price = catalogue.systems.get('dgx-h100')?.price;
    const [byDefault] = facilityOf('dgx-h100', 4).bill;
    expect(byDefault?.unitUsd).toEqual({ value: price?.value, low: price?.low, high: price?.high });
    const [own] = facilityOf('dgx-h100', 4, {
      purchaseUsdPerNode: { value: 300, low: 250, high: 350, origin: 'yours' },
    }).bill;
    expect(own?.totalUsd).toEqual({ value: 1200, low: 1000, high: 1400 });
  });

  test('keeps an unknown price unknown and counts it', () => {
    const { bill, billUsd } = facilityOf('dgx-b300', 72);
    const leaf = bill.find(({ key }) => key.endsWith('.leaves'));
    expect(leaf).toMatchObject({
      quantity: 8,
      unitUsd: null,
      totalUsd: null,
      confidence: 'unknown',
    });
    expect(billTotal(bill).unpriced).toBeGreaterThan(3);
    expect(billUsd.leavesOut).toContain(String(billTotal(bill).unpriced));
  });

  test('counts the transceivers and cables as priced where their budget is known', () => {
    const { bill } = facilityOf('dgx-h100', 128);
    expect(bill.some(({ key }) => key.endsWith('.opticsBudget'))).toBe(true);
    expect(billTotal(bill).unpriced).toBe(4);
    expect(facilityOf('dgx-b300', 128).bill.some(({ key }) => key.endsWith('.opticsBudget'))).toBe(
      false,
    );
  });

  test('adds spares to what is bought: 2 % of 48 switches is one of each tier', () => {
    const { bill } = facilityOf('dgx-h100', 128);
    const switches = bill.filter(({ category }) => category === 'switches');
    expect(switches.map(({ quantity, spares }) => [quantity, spares])).toEqual([
      [32, 1],
      [16, 1],
    ]);
    for (const line of bill) {
      if (line.unitUsd === null) continue;
      expect(line.totalUsd?.value).toBe((line.quantity + line.spares) * line.unitUsd.value);
    }
  });

  test('names sources that exist, and keys that differ', () => {
    for (const id of catalogue.systems.keys()) {
      const { bill } = facilityOf(id, 300);
      const unknown = bill
        .flatMap(({ sources }) => sources)
        .filter((s) => !catalogue.sources.has(s));
      expect(unknown).toEqual([]);
      expect(new Set(bill.map(({ key }) => key)).size).toBe(bill.length);
    }
  });

  test('never has a low end above its value, or a value above its high end, for any size and price', () => {
    const sizes = fc.integer({ min: 1, max: 200_000 });
    const prices = fc.double({ min: 0, max: 1e7, noNaN: true });
    fc.assert(
      fc.property(
        fc.constantFrom(...catalogue.systems.keys()),
        sizes,
        prices,
        (id, nodes, price) => {
          const { bill } = facilityOf(id, nodes, { purchaseUsdPerNode: entered(price) });
          const total = billTotal(bill);
          expect(total.low).toBeLessThanOrEqual(total.value);
          expect(total.value).toBeLessThanOrEqual(total.high);
          expect(bill.every(({ quantity, spares }) => quantity > 0 && spares >= 0)).toBe(true);
        },
      ),
    );
  });
});
