import { describe, expect, it } from 'vitest';
import { evaluate } from '@engine/evaluate';
import type { Plan } from '@engine/plan';
import type { Figure, Report } from '@engine/report';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  figuresIn,
  joined,
  quantity,
  reportOf,
  templatePlan,
  templateRows,
  withSites,
} from '../../fixtures/engine-fixture';

function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

function valuesByKey(report: Report): Map<string, number | null> {
  return new Map(figuresIn(report).map((figure: Figure) => [figure.key, figure.value]));
}

const both = joined(templatePlan('lab-node-8-h100'), templatePlan('chat-fleet-h200'));
const three = joined(both, templatePlan('cpu-only-baseline'), 'third');

describe.each(templateRows)('evaluating %s', (_id, plan) => {
  it('changes neither the plan nor its parts', () => {
    const copy = structuredClone(plan);
    evaluate(frozen(structuredClone(plan)), catalogue);
    expect(plan).toEqual(copy);
  });

  it('gives the same report twice, to the last digit', () => {
    expect(JSON.stringify(reportOf(plan))).toBe(JSON.stringify(reportOf(structuredClone(plan))));
  });

  it('gives a report that survives the way to another process', () => {
    const report = reportOf(plan);
    expect(JSON.parse(JSON.stringify(report))).toEqual(structuredClone(report));
  });
});

describe('what changes no number', () => {
  const before = valuesByKey(reportOf(both));

  const renamed: Plan = {
    ...both,
    name: 'Another name',
    sites: both.sites.map((site) => ({ ...site, name: 'Elsewhere' })),
    clusters: both.clusters.map((cluster) => ({ ...cluster, name: 'Pod' })),
    workloads: both.workloads.map((workload) => ({ ...workload, name: 'Work' })),
  };

  it.each<[string, Plan]>([
    ['notes', { ...both, notes: 'Second thoughts.' }],
    ['names', renamed],
    [
      'the region of a site, once its price and carbon are in the plan',
      { ...both, sites: both.sites.map((site) => ({ ...site, regionId: 'no-region' })) },
    ],
    [
      'who chose a value',
      {
        ...both,
        costs: {
          ...both.costs,
          horizonYears: { ...both.costs.horizonYears, origin: 'imported' as const },
        },
      },
    ],
  ])('%s', (_what, plan) => {
    expect(valuesByKey(reportOf(plan))).toEqual(before);
  });

  it('a power cap that is not reached, but for the figures of what it feeds', () => {
    const capped = withSites(both, { powerCapKw: quantity(1e9) });
    const [own, rest] = [new Map<string, number | null>(), new Map<string, number | null>()];
    for (const [key, value] of valuesByKey(reportOf(capped))) {
      (key.includes('.capFit.') ? own : rest).set(key, value);
    }
    expect(rest).toEqual(before);
    expect(own.size).toBe(4 * both.clusters.length);
  });

  it('the order of sites, clusters and workloads', () => {
    const reversed: Plan = {
      ...three,
      sites: three.sites.toReversed(),
      clusters: three.clusters.toReversed(),
      workloads: three.workloads.toReversed(),
    };
    const after = valuesByKey(reportOf(reversed));
    for (const [key, value] of valuesByKey(reportOf(three))) {
      const other = after.get(key);
      if (key.startsWith('plan.') || key.startsWith('cost.')) {
        expect(Math.abs((other ?? 0) - (value ?? 0)), key).toBeLessThanOrEqual(
          1e-12 * Math.abs(value ?? 0),
        );
      } else {
        expect(other, key).toBe(value);
      }
    }
  });
});

describe('parts that do not touch one another', () => {
  const first = templatePlan('lab-node-8-h100');
  const alone = valuesByKey(reportOf(first));

  it.each(templateRows)('a plan keeps its figures beside %s', (_id, other) => {
    const together = valuesByKey(reportOf(joined(first, other)));
    // The share that a hybrid owns is one choice for all clusters of a plan.
    const own = [...alone].filter(([key]) => !/^(plan|cost)\.|\.hybrid$/.test(key));
    expect(own.length).toBeGreaterThan(20);
    for (const [key, value] of own) expect(together.get(key), key).toBe(value);
  });

  it('a site without clusters draws, emits and pays nothing', () => {
    const [site] = first.sites;
    if (!site) throw new Error('The lab has no site.');
    const empty = { ...site, id: 'empty' };
    const report = reportOf({ ...first, sites: [...first.sites, empty] });
    const added = report.sites.find(({ siteId }) => siteId === 'empty');
    const values = figuresIn(added).map(({ value }) => value);
    // A share of nothing provisioned is no number.
    expect(values.filter((value) => value !== null && value !== 0)).toEqual([]);
    expect(values.filter((value) => value === null)).toHaveLength(1);
    expect(values.length).toBeGreaterThan(5);
    expect(valuesByKey(report).get('plan.facilityPowerKw')).toBe(alone.get('plan.facilityPowerKw'));
  });

  it('a workload without a cluster leaves the others alone and is reported', () => {
    const [job] = first.workloads;
    if (!job) throw new Error('The lab trains nothing.');
    const lost = { ...job, id: 'lost', clusterId: 'nowhere' };
    const report = reportOf({ ...first, workloads: [lost, job] });
    expect(report.workloads.map(({ workloadId }) => workloadId)).toEqual([job.id]);
    expect(report.findings[0]).toMatchObject({
      code: 'plan.unknown.clusterId',
      subjectId: 'lost',
    });
  });
});

describe('a headline', () => {
  it('says whose answer a figure is only where there are several workloads', () => {
    const labels = (plan: Plan): string[] => reportOf(plan).headline.map(({ label }) => label);
    const [job] = both.workloads;
    expect(labels(both).some((label) => label.startsWith(`${job?.name ?? ''}: `))).toBe(true);
    expect(labels(templatePlan('lab-node-8-h100')).filter((label) => label.includes(':'))).toEqual(
      [],
    );
  });

  it('holds the answers of the first two workloads, never more', () => {
    const answers = reportOf(three).headline.filter(({ key }) => key.includes('workload'));
    const owners = new Set(answers.map(({ key }) => key.split('.')[0]));
    expect([...owners]).toEqual(three.workloads.slice(0, 2).map(({ id }) => id));
  });

  it('belongs to the lone workload although another one is broken and listed first', () => {
    const [job, service] = both.workloads;
    if (!job || !service) throw new Error('Two workloads are needed.');
    const third = { ...service, id: 'third', name: 'Third' };
    const plan = { ...both, workloads: [{ ...job, modelId: 'nowhere' }, service, third] };
    const labels = reportOf(plan).headline.map(({ label }) => label);
    expect(labels.filter((label) => label.startsWith(`${job.name}: `))).toEqual([]);
    expect(labels.filter((label) => label.startsWith(`${service.name}: `))).toHaveLength(3);
  });
});
