import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostsOf, supportOf } from '@engine/facility/support';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { systemOf } from '../../fixtures/engine-fixture';
import { clusterOf, facilityOf } from './facility-fixture';

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

  it('is on the bill without a price, so that no total hides it', () => {
    const lines = facilityOf('dgx-h100', 128).bill.filter(({ category }) => category === 'support');
    expect(lines.map(({ item }) => item)).toEqual([
      'Switch, storage network',
      'Switch, in-band network',
      'Switch, out-of-band management',
      'Management node',
    ]);
    for (const line of lines) expect(line).toMatchObject({ totalUsd: null, confidence: 'unknown' });
  });
});
