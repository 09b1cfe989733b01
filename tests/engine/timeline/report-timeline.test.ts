import { describe, expect, it } from 'vitest';
import type { Plan } from '@engine/plan';
import { addMonths } from '@engine/timeline/calendar';
import {
  findingOf,
  quantity,
  reportOf,
  templatePlan,
  withClusters,
  withCosts,
  withService,
  withSites,
} from '../../fixtures/engine-fixture';

const rented: Plan = {
  ...templatePlan('chat-fleet-h200'),
  timeline: { startOn: '2027-01-01' },
};
const bought = withCosts(rented, { acquisition: 'buy' });

describe('when a cluster can be had', () => {
  it('is at once where it is rented and the power is there', () => {
    const [schedule] = reportOf(rented).timeline.schedules;
    expect(schedule).toMatchObject({ earliestOn: '2027-01-01', delayMonths: 0 });
    expect(schedule?.monthsToService.value).toBe(0);
  });

  it('is after the catalogue’s lead time and installation where it is bought', () => {
    const [schedule] = reportOf(bought).timeline.schedules;
    expect(schedule?.steps.map(({ kind }) => kind)).toEqual(['systems', 'installation']);
    const months = schedule?.steps.reduce((sum, step) => sum + step.months, 0);
    expect(schedule?.monthsToService.value).toBe(months);
    expect(schedule?.earliestOn).toBe(addMonths('2027-01-01', 7 + 2));
  });

  it('waits for the longest of systems, transformers and grid', () => {
    const plan = withSites(withClusters(bought, { leadTimeMonths: quantity(3) }), {
      gridLeadTimeMonths: quantity(48),
      transformerLeadTimeMonths: quantity(36),
    });
    const [schedule] = reportOf(plan).timeline.schedules;
    const install = schedule?.steps.at(-1)?.months ?? 0;
    expect(schedule?.monthsToService.value).toBe(48 + install);
    expect(schedule?.steps.find(({ isCritical }) => isCritical)?.kind).toBe('grid');
  });

  it('counts from the catalogue’s date where the plan has none', () => {
    const { timeline } = reportOf(templatePlan('chat-fleet-h200'));
    expect(timeline.startOn).toBe(reportOf(rented).catalogueDate);
  });
});

describe('a cluster that is wanted sooner than it can be had', () => {
  const plan = withClusters(withSites(bought, { gridLeadTimeMonths: quantity(12) }), {
    inServiceOn: '2027-07-01',
  });

  it('is a problem that names the date, the cause and the cost', () => {
    const finding = findingOf(plan, 'timeline.late');
    expect(finding).toMatchObject({ level: 'problem', field: 'inServiceOn' });
    expect(finding?.cause).toContain('Grid connection');
    expect(finding?.cause).toContain('1 Jul 2027');
    expect(finding?.cause).toContain('million USD');
  });

  it('costs the rent of what is late, month by month', () => {
    const [schedule] = reportOf(plan).timeline.schedules;
    const [cluster] = plan.clusters;
    const perMonth =
      (cluster?.nodes.value ?? 0) *
      8 *
      (cluster?.rentUsdPerAcceleratorHour.value ?? 0) *
      730 *
      plan.costs.utilisationFraction.value;
    expect(schedule?.delayUsd.value).toBeCloseTo((schedule?.delayMonths ?? 0) * perMonth, 3);
  });

  it('costs what was entered for a month instead', () => {
    const entered = {
      ...plan,
      timeline: { startOn: '2027-01-01', delayUsdPerMonth: quantity(2e6) },
    };
    const [schedule] = reportOf(entered).timeline.schedules;
    expect(schedule?.delayUsd.value).toBeCloseTo(2e6 * (schedule?.delayMonths ?? 0), 3);
    expect(reportOf(entered).timeline.delayUsd.value).toBe(schedule?.delayUsd.value);
  });

  it('has no known cost without a rent, and says what to enter', () => {
    const unpriced = withClusters(plan, { rentUsdPerAcceleratorHour: quantity(0) });
    const { delayUsd } = reportOf(unpriced).timeline;
    expect(delayUsd.value).toBeNull();
    expect(reportOf(unpriced).timeline.schedules[0]?.delayUsd.unavailable).toContain('enter one');
  });
});

describe('demand beside capacity', () => {
  const needed = reportOf(rented).workloads[0];
  const wanted = needed?.kind === 'inference' ? (needed.acceleratorsNeeded.value ?? 0) : 0;

  it('starts with what the services need', () => {
    const [first] = reportOf(rented).timeline.quarters;
    expect(first?.demand).toBeCloseTo(wanted, 6);
    expect(first?.capacity).toBe(reportOf(rented).clusters[0]?.accelerators.value);
  });

  it('outgrows the fleet at a growth, which a later cluster mends', () => {
    const growing = {
      ...rented,
      timeline: { startOn: '2027-01-01', demandGrowthPerYear: quantity(3) },
    };
    const finding = findingOf(growing, 'timeline.short');
    expect(finding).toMatchObject({ level: 'warning', field: 'demandGrowthPerYear' });
    const [cluster] = growing.clusters;
    if (!cluster) throw new Error('The template has no cluster.');
    const larger = {
      ...growing,
      clusters: [
        cluster,
        { ...cluster, id: 'phase-2', nodes: quantity(100_000), inServiceOn: '2027-06-01' },
      ],
    };
    expect(findingOf(larger, 'timeline.short')).toBeUndefined();
    const capacities = reportOf(larger).timeline.quarters.map(({ capacity }) => capacity);
    expect(new Set(capacities).size).toBe(2);
  });

  it('is not warned of where the plan says nothing of time', () => {
    const silent = withService(templatePlan('chat-fleet-h200'), { concurrentUsers: quantity(1e9) });
    expect(findingOf(silent, 'timeline.short')).toBeUndefined();
  });
});
