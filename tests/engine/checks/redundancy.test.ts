import { describe, expect, test } from 'vitest';
import {
  findingOf,
  joined,
  mended,
  quantity,
  reportOf,
  templatePlan,
  withCosts,
  withClusters,
  withSites,
} from '../../fixtures/engine-fixture';

const plan = templatePlan('llama-3-405b');

describe('a power chain without spare units', () => {
  test('is noted, and the fix adds one of each', () => {
    const finding = findingOf(plan, 'site.powerRedundancy');
    if (finding === undefined) throw new Error('Nothing was found.');
    expect(finding).toMatchObject({ level: 'note', field: 'powerRedundancy' });
    const units = (of: typeof plan): number =>
      reportOf(of).sites[0]?.powerChain.upsUnits.value ?? Number.NaN;
    expect(finding.cause).toContain(`one of ${String(units(plan))}`);
    const after = mended(plan, finding);
    expect(units(after)).toBe(units(plan) + 1);
    expect(findingOf(after, 'site.powerRedundancy')).toBeUndefined();
  });

  test.each(['N+1', '2N'] as const)('is not noted where the site plans %s', (powerRedundancy) => {
    expect(findingOf(withSites(plan, { powerRedundancy }), 'site.powerRedundancy')).toBeUndefined();
  });

  test('is noted once for a site with several clusters, and never for one without', () => {
    const two = joined(plan, templatePlan('fine-tuning-64-h100'));
    const onOne = {
      ...two,
      clusters: two.clusters.map((cluster) => ({ ...cluster, siteId: two.sites[0]?.id ?? '' })),
    };
    const found = reportOf(onOne).findings.filter(({ code }) => code === 'site.powerRedundancy');
    expect(found.map(({ subjectId }) => subjectId)).toEqual([two.sites[0]?.id]);
  });
});

describe('accelerators with one way into the network', () => {
  test('are noted with the number that a leaf cuts off, and a second plane mends it', () => {
    const finding = findingOf(plan, 'fabric.singlePath');
    if (finding === undefined) throw new Error('Nothing was found.');
    expect(finding.cause).toContain('32 accelerators lose the scale-out network');
    expect(findingOf(mended(plan, finding), 'fabric.singlePath')).toBeUndefined();
  });

  test('on one switch lose all of it', () => {
    const small = withClusters(plan, { nodes: quantity(4) });
    expect(findingOf(small, 'fabric.singlePath')?.cause).toContain('32 accelerators lose');
  });

  test('without a network are not', () => {
    expect(
      findingOf(withClusters(plan, { nodes: quantity(1) }), 'fabric.singlePath'),
    ).toBeUndefined();
  });
});

describe('one list holds every check of a parts picker', () => {
  const broken = withSites(
    withClusters(plan, {
      nodes: quantity(4096),
      rackPowerKw: quantity(8),
      inServiceOn: '2026-12-01',
    }),
    { powerCapKw: quantity(1000) },
  );
  const codes = new Set([
    ...reportOf({
      ...withCosts(broken, { acquisition: 'buy' }),
      timeline: { startOn: '2026-11-01' },
      workloads: broken.workloads.map((workload) =>
        workload.kind === 'training'
          ? { ...workload, layout: { ...workload.layout, tensorParallel: 16, pipelineParallel: 1 } }
          : workload,
      ),
    }).findings.map(({ code }) => code),
    ...reportOf({
      ...templatePlan('chat-fleet-h200'),
      workloads: templatePlan('chat-fleet-h200').workloads.map((workload) =>
        workload.kind === 'inference'
          ? { ...workload, timePerOutputTokenTargetMs: quantity(0.1) }
          : workload,
      ),
    }).findings.map(({ code }) => code),
  ]);

  test.each([
    ['memory', 'training.memoryOverflow'],
    ['tensor parallelism beyond the domain', 'training.tensorParallelBeyondDomain'],
    ['power of a rack', 'rack.power'],
    ['power of the site', 'site.powerCap'],
    ['redundancy of the power', 'site.powerRedundancy'],
    ['redundancy of the network', 'fabric.singlePath'],
    ['latency target', 'inference.target.timePerOutputTokenTargetMs'],
    ['lead time', 'timeline.late'],
  ])('%s', (_what, code) => {
    expect([...codes]).toContain(code);
  });
});
