import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan } from '@engine/plan';
import {
  findingOf,
  joined,
  mended,
  quantity,
  reportOf,
  templatePlan,
  withClusters,
  withSites,
} from '../../fixtures/engine-fixture';

const code = 'site.powerCap';
/** One HGX H100 node: 7.75 kW measured under load, and a tenth of its rated 10.2 kW for switches, storage and management. */
const lab = withSites(templatePlan('lab-node-8-h100'), { powerUsageEffectiveness: quantity(1.2) });
const drawn = (7.75 + 0.1 * 10.2) * 1.2;

function capped(kilowatts: number): Plan {
  return withSites(lab, { powerCapKw: quantity(kilowatts) });
}

describe('the power cap of a site', () => {
  it.each([
    [drawn + 0.1, false],
    [drawn, false],
    [drawn - 0.1, true],
    [0, true],
  ])('of %d kW: exceeded is %s', (cap, isFound) => {
    expect(findingOf(capped(cap), code) !== undefined).toBe(isFound);
  });

  it('that is not stated is never exceeded', () => {
    expect(findingOf(withSites(lab, { powerCapKw: null }), code)).toBeUndefined();
  });

  it('counts cooling: a cap above the computers but below the facility is exceeded', () => {
    const found = findingOf(capped(9), code);
    expect(found?.cause).toBe(
      'The clusters need 10.52 kW with switches, storage and cooling, and the cap is 9 kW. At rated power the cap feeds no such nodes, and the plan has 1.',
    );
  });

  it('is mended by the next whole kilowatt', () => {
    const plan = capped(5);
    const found = findingOf(plan, code);
    if (!found) throw new Error('Nothing was found.');
    expect(found.fix).toEqual({ label: 'Set to 11 kW', value: 11 });
    expect(findingOf(mended(plan, found), code)).toBeUndefined();
  });

  it('is a problem of the site whose clusters exceed it, not of its neighbour', () => {
    const plan = joined(capped(5), withSites(lab, { powerCapKw: quantity(100) }));
    const subjects = reportOf(plan)
      .findings.filter((found) => found.code === code)
      .map(({ subjectId, field }) => [subjectId, field]);
    expect(subjects).toEqual([['site-1', 'powerCapKw']]);
  });

  it('whatever the numbers, is exceeded exactly when the report draws more, and the fix mends it', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.double({ min: 1, max: 3, noNaN: true }),
        fc.double({ min: 0, max: 60_000, noNaN: true }),
        (nodes, effectiveness, cap) => {
          const plan = withSites(withClusters(lab, { nodes: quantity(nodes) }), {
            powerUsageEffectiveness: quantity(effectiveness),
            powerCapKw: quantity(cap),
          });
          const power = reportOf(plan).sites[0]?.facilityPowerKw.value ?? Number.NaN;
          const found = findingOf(plan, code);
          expect(found !== undefined).toBe(power > cap);
          if (found) expect(findingOf(mended(plan, found), code)).toBeUndefined();
        },
      ),
      { numRuns: 50 },
    );
  });
});
