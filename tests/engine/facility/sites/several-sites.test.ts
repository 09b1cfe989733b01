import { describe, expect, it } from 'vitest';
import { findingOf, mended, quantity, reportOf, withSites } from '../../../fixtures/engine-fixture';
import { chatOn, trainingOn } from './three-sites';

describe('the loss of a site', () => {
  const plan = chatOn({ nodes: 20, users: 10_000 }, { nodes: 60, users: 5_000 }, { nodes: 60 });
  const { losses } = reportOf(plan).severalSites;

  it('takes its accelerators and their share of all', () => {
    expect(
      losses.map(({ acceleratorsLost, shareLost }) => [acceleratorsLost.value, shareLost.value]),
    ).toEqual([
      [160, 160 / 1120],
      [480, 480 / 1120],
      [480, 480 / 1120],
    ]);
  });

  it('leaves nothing unserved where the same model has room elsewhere', () => {
    const [first, , third] = losses;
    expect(first?.requestsLost.value).toBeGreaterThan(0);
    expect(first?.requestsTakenOver.value).toBe(first?.requestsLost.value);
    expect(first?.requestsUnserved.value).toBe(0);
    expect(third?.requestsLost.value).toBe(0);
    expect(findingOf(plan, 'site.loss')?.subjectId).not.toBe('site-1');
  });

  it('leaves all unserved where nobody serves the model elsewhere', () => {
    const alone = chatOn(
      { nodes: 20, users: 1_000 },
      { nodes: 60, users: 1_000, modelId: 'llama-3.1-8b' },
    );
    const [first] = reportOf(alone).severalSites.losses;
    expect(first?.requestsTakenOver.value).toBe(0);
    expect(first?.requestsUnserved.value).toBe(first?.requestsLost.value);
    expect(findingOf(alone, 'site.loss')).toMatchObject({ level: 'warning', subjectId: 'site-1' });
  });

  it('never takes over more than was lost, or than there is room for', () => {
    for (const { requestsLost, requestsTakenOver, requestsUnserved } of losses) {
      const [lost, taken] = [requestsLost.value ?? 0, requestsTakenOver.value ?? 0];
      expect(taken).toBeLessThanOrEqual(lost);
      expect(requestsUnserved.value).toBeCloseTo(lost - taken, 9);
    }
  });

  it('is not reported of a plan with one site in use', () => {
    expect(reportOf(chatOn({ nodes: 20, users: 1_000 })).severalSites.losses).toEqual([]);
  });

  it('stops the training jobs that stand there', () => {
    const trains = trainingOn({ nodes: 2_048, gbps: 800 }, { nodes: 2_048, gbps: 800 });
    const { losses: stopped } = reportOf(trains).severalSites;
    expect(stopped[0]?.stoppedWorkloadIds).toHaveLength(1);
  });
});

describe('a training job over two sites', () => {
  const linked = { nodes: 2_048, gbps: 800, km: 250 };
  const plan = trainingOn(linked, linked);
  const report = reportOf(plan);
  const [spread] = report.severalSites.spreadJobs;
  const alone = report.workloads[0]?.kind === 'training' ? report.workloads[0] : undefined;

  it('exchanges 405 billion gradients of two bytes each way, 8.1 s at 800 Gb/s', () => {
    // 2 · (2 − 1) · (8 · 811.7 GB / (2 · 800 Gb/s) + 2.45 ms), by hand from the model's published 405 B parameters.
    expect(spread?.exchangeSeconds.value).toBeCloseTo(8.12, 1);
    expect(spread?.accelerators.value).toBe(32_768);
  });

  it('is slower than on one site over 800 Gb/s, faster over 100 Tb/s, never twice as fast', () => {
    expect(spread?.speedUp.value).toBeLessThan(1);
    expect(spread?.days.value).toBeGreaterThan(alone?.days.value ?? 0);
    const wide = { ...linked, gbps: 100_000 };
    const [fast] = reportOf(trainingOn(wide, wide)).severalSites.spreadJobs;
    expect(fast?.speedUp.value).toBeGreaterThan(1);
    expect(fast?.speedUp.value).toBeLessThan(2);
  });

  it('takes as long as computing and exchanging, at best as the longer of the two', () => {
    const { stepSeconds, exchangeSeconds, exchangeShare } = spread ?? {};
    const exchange = exchangeSeconds?.value ?? 0;
    const computing = (stepSeconds?.value ?? 0) - exchange;
    expect(stepSeconds?.low).toBeCloseTo(Math.max(exchange, computing), 9);
    expect(exchangeShare?.value).toBeCloseTo(exchange / (exchange + computing), 9);
  });

  it('is flagged with its cost, and the steps between exchanges keep it at 5 %', () => {
    expect(findingOf(plan, 'training.acrossSites')).toMatchObject({ level: 'warning' });
    const { stepSeconds, exchangeSeconds, stepsPerExchange } = spread ?? {};
    const exchange = exchangeSeconds?.value ?? 0;
    const computing = (stepSeconds?.value ?? 0) - exchange;
    const steps = stepsPerExchange?.value ?? 0;
    expect(exchange / steps).toBeLessThanOrEqual(0.05 * computing);
    expect(exchange / (steps - 1)).toBeGreaterThan(0.05 * computing);
  });

  it('costs more the farther and the slower the link', () => {
    const of = (gbps: number, km: number) =>
      reportOf(trainingOn(linked, { nodes: 2_048, gbps, km })).severalSites.spreadJobs[0]
        ?.exchangeSeconds.value ?? 0;
    expect(of(400, 250)).toBeGreaterThan(of(800, 250));
    expect(of(800, 2_500)).toBeGreaterThan(of(800, 250));
  });

  it('is a problem without a link, which a fix mends', () => {
    const cut = trainingOn(linked, { nodes: 2_048 });
    const finding = findingOf(cut, 'site.noLink');
    expect(finding).toMatchObject({ level: 'problem', subjectId: 'site-2', field: 'linkGbps' });
    if (!finding) return;
    expect(findingOf(mended(cut, finding), 'site.noLink')).toBeUndefined();
    expect(reportOf(cut).severalSites.spreadJobs[0]?.days.value).toBeNull();
  });

  it('names a cluster that is not there', () => {
    const job = plan.workloads[0];
    if (job?.kind !== 'training') throw new Error('The plan trains nothing.');
    const gone = { ...plan, workloads: [{ ...job, otherClusterIds: ['nowhere'] }] };
    expect(findingOf(gone, 'plan.unknown.otherClusterIds')?.cause).toContain(
      "'nowhere' in the plan",
    );
    expect(reportOf(gone).severalSites.spreadJobs).toEqual([]);
  });

  it('counts a cluster of its own site without an exchange between sites', () => {
    const [one] = trainingOn(linked, linked).sites;
    const sameSite = {
      ...plan,
      clusters: plan.clusters.map((c) => ({ ...c, siteId: one?.id ?? '' })),
    };
    const [job] = reportOf(sameSite).severalSites.spreadJobs;
    expect(job?.siteIds).toHaveLength(1);
    expect(job?.exchangeSeconds.value).toBe(0);
    expect(findingOf(sameSite, 'training.acrossSites')).toBeUndefined();
  });
});

describe('a site and its power', () => {
  const plan = chatOn({ nodes: 20, users: 1_000 }, { nodes: 20, users: 1_000 });

  it.each([
    [0, 'has no power'],
    [1, 'cannot feed one node'],
  ])('of %d kW is a problem with a name', (kilowatts, words) => {
    const found = findingOf(withSites(plan, { powerCapKw: quantity(kilowatts) }), 'site.noPower');
    expect(found).toMatchObject({ level: 'problem', field: 'powerCapKw' });
    expect(found?.title).toContain(words);
  });

  it('is none where the cap feeds a node, or nothing stands there', () => {
    expect(
      findingOf(withSites(plan, { powerCapKw: quantity(1e6) }), 'site.noPower'),
    ).toBeUndefined();
    const empty = withSites({ ...plan, clusters: [], workloads: [] }, { powerCapKw: quantity(0) });
    expect(findingOf(empty, 'site.noPower')).toBeUndefined();
  });
});

describe('the cost of links', () => {
  const plan = chatOn({ nodes: 20, gbps: 100 }, { nodes: 20, gbps: 100 });
  const priced = withSites(plan, { linkUsdPerMonth: quantity(10_000) });

  it('is part of every total, 12 months a year for each site', () => {
    const undiscounted = (usd: number) => {
      const costs = {
        ...priced.costs,
        discountRatePerYear: quantity(0),
        horizonYears: quantity(3),
      };
      const sites = withSites(plan, { linkUsdPerMonth: quantity(usd) }).sites;
      return reportOf({ ...plan, sites, costs }).cost.options.map(
        ({ totalUsd }) => totalUsd.value ?? 0,
      );
    };
    const [without, withLinks] = [undiscounted(0), undiscounted(10_000)];
    for (const [index, total] of withLinks.entries()) {
      expect(total - (without[index] ?? 0)).toBeCloseTo(2 * 12 * 3 * 10_000, 3);
    }
  });

  it('without a price is named', () => {
    expect(findingOf(plan, 'site.linkPrice')?.level).toBe('note');
    expect(findingOf(priced, 'site.linkPrice')).toBeUndefined();
  });
});
