import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RackKind } from '@engine/facility/rack-plan';
import { entered, facilityOf } from './facility-fixture';

function expectToFit({ devices, height }: RackKind): void {
  const sorted = devices.toSorted((one, other) => one.from - other.from);
  for (const [index, device] of sorted.entries()) {
    const before = sorted[index - 1];
    expect(device.from).toBeGreaterThanOrEqual(
      before === undefined ? 1 : before.from + before.height,
    );
    expect(device.from + device.height - 1).toBeLessThanOrEqual(height);
  }
}

describe('the racks of a cluster', () => {
  it('hold every node once, and the last what is left', () => {
    const { rackPlan } = facilityOf('dgx-h100', 130);
    const of = (key: string) => rackPlan.find((kind) => kind.key === key);
    expect(of('nodes')).toMatchObject({ count: 32, height: 42 });
    expect(of('nodes')?.devices).toHaveLength(4);
    expect(of('last')).toMatchObject({ count: 1 });
    expect(of('last')?.devices).toHaveLength(2);
    expect(of('nodes')?.powerKw).toBeCloseTo(4 * 10.2, 9);
  });

  it('have as many switches as the fabric', () => {
    const { rackPlan, leaves, spines } = facilityOf('dgx-h100', 128);
    const racks = rackPlan.find(({ key }) => key === 'switches');
    const total = (leaves.value ?? 0) + (spines.value ?? 0);
    expect((racks?.count ?? 0) * (racks?.devices.length ?? 0)).toBeGreaterThanOrEqual(total);
    expect(((racks?.count ?? 0) - 1) * (racks?.devices.length ?? 0)).toBeLessThan(total);
  });

  it('say how many devices have no published power', () => {
    const management = facilityOf('dgx-h100', 128).rackPlan.find(({ key }) => key === 'management');
    expect(management?.unknownPower).toBe(management?.devices.length);
    expect(management?.powerKw).toBe(0);
  });

  it('never hold devices one in another or beyond their height, and hold all nodes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('dgx-h100', 'dgx-b200', 'gb200-nvl72', 'xeon-8480plus-2s', 'mi355x-8way'),
        fc.integer({ min: 1, max: 3_000 }),
        fc.option(fc.double({ min: 1, max: 300, noNaN: true })),
        (systemId, nodes, power) => {
          const change = power === null ? {} : { rackPowerKw: entered(power) };
          const { rackPlan } = facilityOf(systemId, nodes, change);
          for (const kind of rackPlan) expectToFit(kind);
          const held = rackPlan
            .filter(({ key }) => key === 'nodes' || key === 'last')
            .reduce((sum, { count, devices }) => sum + count * devices.length, 0);
          expect([0, nodes]).toContain(held);
        },
      ),
      { numRuns: 60 },
    );
  });
});
