import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostsOf, supportOf } from '@engine/facility/support';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { systemOf } from '../../fixtures/engine-fixture';
import { clusterOf, entered, facilityOf } from './facility-fixture';

const { assumptions } = bundledCatalogue;

function countsOf(systemId: string, nodes: number, switches = 0): Record<string, number> {
  const found = supportOf(clusterOf(systemId, nodes), systemOf(systemId), switches, assumptions);
  return Object.fromEntries(found.map(({ name, quantity }) => [name, quantity]));
}

describe('what a cluster needs beside its compute fabric', () => {
  it('has five management nodes for the 127 nodes of the reference design', () => {
    expect(countsOf('dgx-h100', 127)).toMatchObject({ managementNodes: 5 });
    expect(countsOf('dgx-h100', 4)).toMatchObject({ managementNodes: 3 });
  });

  it('counts the compute trays of a rack-scale system as hosts', () => {
    expect(hostsOf(clusterOf('gb200-nvl72', 2), systemOf('gb200-nvl72'))).toBe(36);
    expect(hostsOf(clusterOf('dgx-h100', 2), systemOf('dgx-h100'))).toBe(2);
  });

  it('plugs every host and every switch into the out-of-band network', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 5_000 }),
        fc.integer({ min: 0, max: 5_000 }),
        (nodes, switches) => {
          const { outOfBandSwitches = 0 } = countsOf('dgx-h100', nodes, switches);
          expect(48 * outOfBandSwitches).toBeGreaterThanOrEqual(nodes + switches);
        },
      ),
    );
  });

  it('never shrinks with the cluster', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 3_000 }), (nodes) => {
        const [few, more] = [countsOf('dgx-h100', nodes), countsOf('dgx-h100', nodes + 50)];
        for (const [name, count] of Object.entries(few)) {
          expect(more[name]).toBeGreaterThanOrEqual(count);
        }
      }),
    );
  });

  it('is nothing for a single host', () => {
    expect(countsOf('dgx-h100', 1)).toEqual({});
  });

  it('is on the bill, priced only where a switch of its ports has a price, so that no total hides it', () => {
    const lines = facilityOf('dgx-h100', 128).bill.filter(({ category }) => category === 'support');
    expect(lines.map(({ item }) => item)).toEqual([
      'Switch, storage network',
      'Switch, in-band network',
      'Switch, out-of-band management',
      'Management node',
    ]);
    const [storage, ...others] = lines;
    expect(storage).toMatchObject({
      confidence: 'estimate',
      unitUsd: { value: 36_000, high: 50_000 },
    });
    expect(storage?.basis).toContain('priced as a QM9700');
    expect(others[1]?.basis).toContain('1 port for each host');
    for (const line of others)
      expect(line).toMatchObject({ totalUsd: null, confidence: 'unknown' });
    const unlike = facilityOf('dgx-b300', 128).bill.find(({ key }) => key.includes('storage'));
    expect(unlike).toMatchObject({ totalUsd: null, confidence: 'unknown' });
  });

  it('holds the storage that the plan states, as flash drives, and none where it states none', () => {
    const storageOf = (terabytes: number) =>
      facilityOf('dgx-h100', 128, { rentStorageTb: entered(terabytes) }).bill.find(
        ({ category }) => category === 'storage',
      );
    // A 30 TB drive at 10,950 USD in the first quarter of 2026, 3,062 USD in the second of 2025.
    expect(storageOf(3_000)?.totalUsd?.value).toBeCloseTo((3_000 / 30) * 10_950, 6);
    expect(storageOf(3_000)?.totalUsd?.low).toBeCloseTo(3_000 * 102, 6);
    expect(storageOf(0)).toBeUndefined();
  });
});
