import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { figure } from '@engine/explain';
import { siteFleet } from '@engine/users/sites';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { rows } from './users-fixture';

const { assumptions } = catalogue;

function needed(value: number | null) {
  return figure({ key: 'needed', label: 'GPUs', value, unit: 'GPUs', formula: '' });
}

describe('a fleet over datacentres', () => {
  it('fills whole nodes in one', () => {
    const fleet = siteFleet(needed(17), 1, rows.system, assumptions);
    expect(fleet.perSite.value).toBe(24);
    expect(fleet.total.value).toBe(24);
    expect(fleet.nodesPerSite).toBe(3);
  });

  it('doubles for two, and needs half as much again for three', () => {
    expect(siteFleet(needed(800), 2, rows.system, assumptions).total.value).toBe(1_600);
    expect(siteFleet(needed(800), 3, rows.system, assumptions).total.value).toBe(1_200);
  });

  it('carries the load with one datacentre gone, and no more than a node too many in each', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e7 }),
        fc.integer({ min: 2, max: 6 }),
        (load, sites) => {
          const { perSite } = siteFleet(needed(load), sites, rows.system, assumptions);
          const left = (perSite.value ?? Number.NaN) * (sites - 1);
          expect(left).toBeGreaterThanOrEqual(load);
          expect(left).toBeLessThan(load + 8 * (sites - 1));
        },
      ),
    );
  });

  it('draws the power of its nodes, cooling included', () => {
    const { powerKw, nodesPerSite } = siteFleet(needed(8), 2, rows.system, assumptions);
    const { typicalPower, maxPower } = rows.system;
    const share = assumptions['facility.auxiliaryPowerShare']?.value ?? Number.NaN;
    const node = (typicalPower ?? maxPower).value + share * maxPower.value;
    const effectiveness = assumptions['pue.global']?.value ?? Number.NaN;
    expect(powerKw.value).toBeCloseTo(2 * nodesPerSite * node * effectiveness, 9);
  });

  it('says nothing where nothing is known', () => {
    const fleet = siteFleet(needed(null), 3, rows.system, assumptions);
    expect([fleet.perSite.value, fleet.total.value, fleet.powerKw.value]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
