import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadsFed, ratedFacilityKw } from '@engine/facility/cap-fit';
import type { Plan } from '@engine/plan';
import type { SiteReport } from '@engine/report';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  findingOf,
  quantity,
  reportOf,
  systemOf,
  templatePlan,
  withClusters,
  withSites,
} from '../../fixtures/engine-fixture';

/** One cluster of eight HGX H100, rated 10.2 kW each, a tenth more for switches and storage, at PUE 1.25. */
const tuning = withSites(templatePlan('fine-tuning-64-h100'), {
  powerUsageEffectiveness: quantity(1.25),
});
const nodeKw = 10.2 * 1.1 * 1.25;
const clusterKw = 8 * nodeKw;

function capped(kilowatts: number, plan: Plan = tuning): Plan {
  return withSites(plan, { powerCapKw: quantity(kilowatts) });
}

/** The plan with its cluster so many times on the same site. */
function times(count: number, plan: Plan = tuning): Plan {
  const [cluster] = plan.clusters;
  if (!cluster) throw new Error('The template has no cluster.');
  const more = Array.from({ length: count - 1 }, (_, index) => ({
    ...cluster,
    id: `again-${index}`,
    name: `Again ${index}`,
  }));
  return { ...plan, clusters: [cluster, ...more] };
}

function siteOf(plan: Plan): SiteReport {
  const [site] = reportOf(plan).sites;
  if (!site) throw new Error('The plan has no site.');
  return site;
}

function onlyFit(plan: Plan) {
  const [fit, another] = siteOf(plan).capFits;
  if (!fit || another) throw new Error('The site has not one kind of cluster.');
  return fit;
}

describe('the template of these tests', () => {
  it('is eight nodes of the rated power that the sums below use', () => {
    expect(tuning.clusters.map(({ nodes }) => nodes.value)).toEqual([8]);
    expect(systemOf(tuning.clusters[0]?.systemId ?? '').maxPower.value).toBe(10.2);
    expect(catalogue.assumptions['facility.auxiliaryPowerShare']?.value).toBe(0.1);
  });
});

describe('what a power cap feeds', () => {
  it.each([
    [0, 0, 0],
    [nodeKw - 0.01, 0, 0],
    [nodeKw, 0, 1],
    [clusterKw - 0.01, 0, 7],
    [clusterKw, 1, 8],
    [3 * clusterKw, 3, 24],
    [3 * clusterKw + nodeKw, 3, 25],
  ])('of %d kW: %i clusters or %i nodes', (cap, clusters, nodes) => {
    const fit = onlyFit(capped(cap));
    expect(fit.clusterKw.value).toBeCloseTo(clusterKw, 9);
    expect([fit.clustersFit.value, fit.nodesFit.value]).toEqual([clusters, nodes]);
  });

  it('is not told of a site without a cap, nor of one without a cluster', () => {
    expect(siteOf(withSites(tuning, { powerCapKw: null })).capFits).toEqual([]);
    expect(siteOf({ ...capped(500), clusters: [], workloads: [] }).capFits).toEqual([]);
  });

  it('leaves room for as many more as the cap has power left', () => {
    expect(onlyFit(capped(3.5 * clusterKw, times(2))).clustersMore.value).toBe(1);
    expect(onlyFit(capped(1.5 * clusterKw, times(2))).clustersMore.value).toBe(0);
  });

  it('counts clusters alike as one kind, and others apart', () => {
    const plan = capped(5 * clusterKw, times(3));
    const [first, ...others] = plan.clusters;
    if (!first) throw new Error('The plan has no cluster.');
    const mixed = { ...plan, clusters: [{ ...first, nodes: quantity(2) }, ...others] };
    expect(siteOf(plan).capFits.map(({ clusterIds }) => clusterIds.length)).toEqual([3]);
    const kinds = siteOf(mixed).capFits;
    expect(kinds.map(({ clusterIds }) => clusterIds.length)).toEqual([1, 2]);
    expect(kinds.map(({ clustersFit }) => clustersFit.value)).toEqual([20, 5]);
  });

  it('of loads that draw nothing is not a number, and a cap below nothing feeds none', () => {
    expect(loadsFed(100, 0)).toBeNaN();
    expect(loadsFed(100, Number.NaN)).toBeNaN();
    expect(loadsFed(-5, 10)).toBe(0);
    expect(ratedFacilityKw(0, 10.2, 0.1, 1.25)).toBe(0);
    const fit = onlyFit(withClusters(capped(500), { nodes: quantity(0) }));
    expect(fit.clustersFit.value).toBeNull();
    expect(fit.clustersFit.unavailable).toMatch(/draws no power/);
    expect(fit.nodesFit.value).toBe(Math.floor(500 / nodeKw));
  });

  it('grows with the cap, falls with the PUE and with the nodes, and always fits below the cap', () => {
    const kilowatts = fc.double({ min: 0, max: 1e6, noNaN: true });
    const effectiveness = fc.double({ min: 1, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        kilowatts,
        kilowatts,
        effectiveness,
        fc.integer({ min: 1, max: 500 }),
        (cap, more, pue, nodes) => {
          const fed = (limit: number, at = pue, of = nodes): number =>
            onlyFit(
              withSites(withClusters(tuning, { nodes: quantity(of) }), {
                powerCapKw: quantity(limit),
                powerUsageEffectiveness: quantity(at),
              }),
            ).clustersFit.value ?? Number.NaN;
          const here = fed(cap);
          const one = ratedFacilityKw(nodes, 10.2, 0.1, pue);
          expect(here * one).toBeLessThanOrEqual(cap * (1 + 1e-6) + 1e-6 * one);
          expect((here + 1) * one).toBeGreaterThan(cap);
          expect(fed(cap + more)).toBeGreaterThanOrEqual(here);
          expect(fed(cap, pue + 0.5)).toBeLessThanOrEqual(here);
          expect(fed(cap, pue, nodes + 1)).toBeLessThanOrEqual(here);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('the check of the power cap', () => {
  it('tells how many such clusters the cap feeds beside those of the plan', () => {
    const found = findingOf(capped(3.2 * clusterKw, times(5)), 'site.powerCap');
    expect(found?.cause).toMatch(
      /At rated power the cap feeds 3 such clusters, and the plan has 5\.$/,
    );
  });

  it('counts nodes where not one cluster fits', () => {
    const found = findingOf(capped(5 * nodeKw), 'site.powerCap');
    expect(found?.cause).toMatch(/the cap feeds 5 such nodes, and the plan has 8\.$/);
    expect(findingOf(capped(0), 'site.powerCap')?.cause).toMatch(/feeds no such nodes/);
  });

  it('notes a cap between the power under load and the rated power, and the fix ends the note', () => {
    const drawn = siteOf(tuning).facilityPowerKw.value ?? Number.NaN;
    expect(drawn).toBeLessThan(clusterKw);
    const plan = capped((drawn + clusterKw) / 2);
    expect(findingOf(plan, 'site.powerCap')).toBeUndefined();
    const found = findingOf(plan, 'site.ratedPower');
    expect(found?.level).toBe('note');
    expect(found?.cause).toMatch(/the cap feeds \d such nodes, and the plan has 8\.$/);
    const enough = capped(found?.fix?.value ?? Number.NaN);
    expect(findingOf(enough, 'site.ratedPower')).toBeUndefined();
    expect(onlyFit(enough).clustersFit.value).toBe(1);
  });
});
