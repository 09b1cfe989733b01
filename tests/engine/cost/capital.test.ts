import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capitalOf, type CapitalPart } from '@engine/cost/capital';
import type { BillLine } from '@engine/facility/bill';
import { quantity } from '../../fixtures/engine-fixture';
import { assumptionsOf, clusterOf, plainInputs } from './costed';

const entry = clusterOf(plainInputs);
const costs = assumptionsOf(plainInputs);

/** A line of a bill whose price ranges from a tenth below to a fifth above. */
function line(
  category: BillLine['category'],
  count: number,
  usd: number | null,
  spares = 0,
): BillLine {
  const price = (times: number) =>
    usd === null ? null : { value: usd * times, low: 0.9 * usd * times, high: 1.2 * usd * times };
  return {
    key: `cluster-1.bill.${category}.${String(usd)}`,
    clusterId: 'cluster-1',
    category,
    item: category,
    quantity: count,
    spares,
    unitUsd: price(1),
    totalUsd: price(count + spares),
    confidence: 'estimate',
    basis: '',
    sources: [],
  };
}

function amounts(parts: readonly CapitalPart[]): Record<string, number> {
  return Object.fromEntries(parts.map(({ key, usd }) => [key, usd]));
}

function sum(parts: readonly CapitalPart[]): number {
  return parts.reduce((total, { usd }) => total + usd, 0);
}

const bill = [
  line('nodes', 10, 250_000),
  line('switches', 4, 30_000, 1),
  line('switches', 2, 50_000, 1),
  line('optics', 80, 900, 8),
];

describe('capital from a bill of materials', () => {
  it('adds up the lines of a category and keeps spares apart', () => {
    expect(amounts(capitalOf({ ...entry, bill }, costs))).toEqual({
      nodes: 2_500_000,
      switches: 220_000,
      optics: 72_000,
      spares: 30_000 + 50_000 + 7_200,
    });
  });

  it('is the total of the bill, spares included, at every end of the prices', () => {
    for (const capitalEnd of ['low', 'value', 'high'] as const) {
      const total = bill.reduce((all, { totalUsd }) => all + (totalUsd?.[capitalEnd] ?? 0), 0);
      expect(sum(capitalOf({ ...entry, bill, capitalEnd }, costs))).toBeCloseTo(total, 6);
    }
  });

  it('leaves out lines without a price, and takes no flat share where the network has one', () => {
    const parts = capitalOf({ ...entry, bill: [...bill, line('racks', 3, null)] }, costs);
    expect(Object.keys(amounts(parts))).not.toContain('racks');
    expect(parts.some(({ isShare }) => isShare)).toBe(false);
  });

  it('takes the flat share of the servers on the bill where the network has no price', () => {
    const parts = capitalOf(
      { ...entry, bill: [line('nodes', 10, 250_000), line('switches', 4, null)] },
      costs,
    );
    expect(amounts(parts)).toEqual({ nodes: 2_500_000, network: 500_000 });
    expect(parts.map(({ isShare }) => isShare)).toEqual([false, true]);
  });
});

describe('capital without a bill', () => {
  it('is nodes at the price that was entered, and a flat share of it', () => {
    expect(amounts(capitalOf(entry, costs))).toEqual({ nodes: 3_000_000, network: 600_000 });
  });

  it('still lists servers of nothing, but no network of nothing', () => {
    const free = clusterOf({ ...plainInputs, price: 0 });
    expect(amounts(capitalOf(free, costs))).toEqual({ nodes: 0 });
  });
});

describe('installation', () => {
  it('is a share of all hardware: network and spares too', () => {
    const installed = { ...costs, installationFraction: quantity(0.05) };
    const found = amounts(capitalOf({ ...entry, bill }, installed));
    expect(found['installation']).toBeCloseTo(0.05 * 2_879_200, 6);
    expect(amounts(capitalOf(entry, installed))['installation']).toBeCloseTo(180_000, 6);
  });

  it('multiplies the capital by (1 + i) for any bill', () => {
    const anyLine = fc
      .tuple(
        fc.constantFrom<BillLine['category'][]>('nodes', 'switches', 'optics', 'racks'),
        fc.integer({ min: 1, max: 1_000 }),
        fc.option(fc.double({ min: 1, max: 1e6, noNaN: true })),
        fc.integer({ min: 0, max: 50 }),
      )
      .map(([category, count, usd, spares]) => line(category, count, usd, spares));
    fc.assert(
      fc.property(
        fc.array(anyLine, { maxLength: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (lines, share) => {
          const plain = sum(capitalOf({ ...entry, bill: lines }, costs));
          const installed = sum(
            capitalOf(
              { ...entry, bill: lines },
              { ...costs, installationFraction: quantity(share) },
            ),
          );
          expect(Math.abs(installed - (1 + share) * plain)).toBeLessThan(1e-9 * plain);
        },
      ),
    );
  });
});
