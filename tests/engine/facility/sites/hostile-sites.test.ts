import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cluster, Plan, Site } from '@engine/plan';
import type { Report } from '@engine/report';
import { parsePlanText } from '@shared/plan/parse';
import { figuresIn, quantity, reportOf, templatePlan } from '../../../fixtures/engine-fixture';
import { chatOn, trainingOn } from './three-sites';

/** Every number and text of a report that is not what it should be. */
function faults(value: unknown, path = 'report'): string[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [] : [`${path}: ${value}`];
  if (typeof value === 'string') {
    return /\b(NaN|Infinity|undefined)\b|∞/.test(value) ? [`${path}: ${value}`] : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => faults(part, `${path}.${key}`));
}

/** Numbers that a careless file may hold, the schema's ends among them. */
const odd = fc.constantFrom(0, 1e-9, 0.5, 1, 7, 1_000, 1e9, 1e30, -1, -1e30);
const cap = fc.option(odd, { nil: null });

interface OddSite {
  readonly powerCapKw: number | null;
  readonly effectiveness: number;
  readonly price: number;
  readonly gbps: number;
  readonly nodes: number;
  readonly isElsewhere: boolean;
}

const oddSite: fc.Arbitrary<OddSite> = fc.record({
  powerCapKw: cap,
  effectiveness: odd,
  price: odd,
  gbps: odd,
  nodes: fc.constantFrom(0, 0.5, 1, 3, 128, 1e5),
  isElsewhere: fc.boolean(),
});

/** A training job over the clusters of odd sites, some of which stand at a site that the plan does not have. */
function oddPlan(specs: readonly OddSite[]): Plan {
  const plan = trainingOn(...specs.map(({ nodes, gbps }) => ({ nodes, gbps, km: gbps })));
  const sites = plan.sites.map((site, index): Site => {
    const spec = specs[index];
    if (!spec) throw new Error('A site has no spec.');
    return {
      ...site,
      powerCapKw: spec.powerCapKw === null ? null : quantity(spec.powerCapKw),
      powerUsageEffectiveness: quantity(spec.effectiveness),
      electricityUsdPerKwh: quantity(spec.price),
      demandChargeUsdPerKwMonth: quantity(spec.price),
      gridGramsCo2PerKwh: quantity(spec.price),
    };
  });
  const clusters = plan.clusters.map((cluster, index): Cluster =>
    specs[index]?.isElsewhere ? { ...cluster, siteId: 'nowhere' } : cluster,
  );
  return { ...plan, sites, clusters };
}

function capsOf(report: Report) {
  return report.sites.flatMap(({ capFits }) => capFits);
}

describe('sites with hostile numbers', () => {
  it('never give a number that is none, whatever they are, and every gap says why', () => {
    fc.assert(
      fc.property(fc.array(oddSite, { minLength: 1, maxLength: 6 }), (specs) => {
        const report = reportOf(oddPlan(specs));
        expect(faults(report)).toEqual([]);
        for (const { key, value, unavailable } of figuresIn(report)) {
          if (value === null) expect(unavailable ?? '', key).toMatch(/\S/);
        }
        for (const { title, cause, advice } of report.findings) {
          for (const text of [title, cause, advice]) expect(text).toMatch(/\S/);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('name a cluster that stands nowhere, and go on with the others', () => {
    fc.assert(
      fc.property(fc.array(oddSite, { minLength: 2, maxLength: 5 }), (specs) => {
        const report = reportOf(oddPlan(specs));
        const lost = specs.filter(({ isElsewhere }) => isElsewhere).length;
        expect(report.clusters).toHaveLength(specs.length - lost);
        expect(report.sites).toHaveLength(specs.length);
        const named = report.findings.filter(({ level, subjectId, cause, title }) =>
          level === 'problem' && /^cluster-/.test(subjectId ?? '')
            ? /site/i.test(`${title} ${cause}`)
            : false,
        );
        expect(named.length).toBeGreaterThanOrEqual(lost);
      }),
      { numRuns: 30 },
    );
  });

  it('feed a whole number of clusters, never fewer than none, and never more than nodes allow', () => {
    fc.assert(
      fc.property(fc.array(oddSite, { minLength: 1, maxLength: 4 }), (specs) => {
        for (const { nodes, clustersFit, clustersMore, nodesFit } of capsOf(
          reportOf(oddPlan(specs)),
        )) {
          for (const { value } of [clustersFit, clustersMore, nodesFit]) {
            if (value === null) continue;
            expect(value).toBeGreaterThanOrEqual(0);
            expect(Number.isInteger(value)).toBe(true);
          }
          if (clustersFit.value === null || nodesFit.value === null) continue;
          if (nodesFit.value > 1e12) continue;
          expect(clustersFit.value * nodes).toBeLessThanOrEqual(nodesFit.value + 1);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('with one node on each of five sites still have a job over all, and nothing lost is more than all', () => {
    const spec = { nodes: 1, gbps: 400, km: 1_000, users: 10 };
    const report = reportOf(trainingOn(spec, spec, spec, spec, spec));
    expect(report.severalSites.spreadJobs[0]?.accelerators.value).toBe(40);
    for (const { shareLost } of reportOf(chatOn(spec, spec, spec, spec, spec)).severalSites
      .losses) {
      expect(shareLost.value).toBeCloseTo(1 / 5, 12);
    }
  });

  it('as many as a file may have are evaluated within seconds, each with its power and its cap', () => {
    const many = 1_000;
    const plan = templatePlan('lab-node-8-h100');
    const [site, cluster] = [plan.sites[0], plan.clusters[0]];
    if (!site || !cluster) throw new Error('The template changed.');
    const sites = Array.from({ length: many }, (_, index): Site => ({
      ...site,
      id: `site-${index}`,
      name: `Site ${index}`,
      powerCapKw: quantity(100),
      linkGbps: quantity(400),
    }));
    const clusters = sites.map(({ id }, index): Cluster => ({
      ...cluster,
      id: `cluster-${index}`,
      siteId: id,
    }));
    const started = performance.now();
    const report = reportOf({ ...plan, sites, clusters, workloads: [] });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(report.sites).toHaveLength(many);
    expect(capsOf(report)).toHaveLength(many);
    const powers = new Set(report.sites.map(({ facilityPowerKw }) => facilityPowerKw.value));
    expect(powers.size).toBe(1);
    expect([...powers][0]).toBeGreaterThan(0);
  }, 20_000);
});

describe('a file with such numbers', () => {
  const plan = templatePlan('fine-tuning-64-h100');
  const [site, cluster] = [plan.sites[0], plan.clusters[0]];

  it.each<[string, Partial<Site>, Partial<Cluster>]>([
    ['powerCapKw', { powerCapKw: quantity(-1) }, {}],
    ['powerCapKw', { powerCapKw: quantity(1e30) }, {}],
    ['powerUsageEffectiveness', { powerUsageEffectiveness: quantity(0.9) }, {}],
    ['electricityUsdPerKwh', { electricityUsdPerKwh: quantity(-0.1) }, {}],
    ['linkGbps', { linkGbps: quantity(-1) }, {}],
    ['nodes', {}, { nodes: quantity(0) }],
    ['oversubscription', {}, { oversubscription: quantity(0) }],
    ['planes', {}, { planes: quantity(0) }],
    ['rackPowerKw', {}, { rackPowerKw: quantity(0) }],
    ['purchaseUsdPerNode', {}, { purchaseUsdPerNode: quantity(-5) }],
  ])('is refused with a problem that names %s', (field, siteChange, clusterChange) => {
    const changed = {
      ...plan,
      sites: [{ ...site, ...siteChange }],
      clusters: [{ ...cluster, ...clusterChange }],
    };
    const parsed = parsePlanText(JSON.stringify(changed), 'hostile.clusterplan');
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(JSON.stringify(parsed.error)).toContain(field);
  });
});
