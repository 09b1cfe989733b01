import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Quantity, TaskWorkload } from '@engine/plan';
import type { TaskReport } from '@engine/report';
import { figuresIn, quantity } from '../../fixtures/engine-fixture';
import { taskKinds, taskPlan, taskReportOf, wholeReportOf } from '../../fixtures/task-fixture';
import { recompute, UnreadableFormula } from '../evaluate/formula';

const amount = fc.double({ min: 1, max: 1e9, noNaN: true });
const share = fc.double({ min: 0.05, max: 1, noNaN: true });
const target = fc.double({ min: 0.5, max: 600, noNaN: true });
const someTask = fc.constantFrom(...taskKinds);

/** 1,000 nodes, so that capacity never stands in the way. */
function reportOf(task: TaskWorkload['task'], changes: Partial<TaskWorkload>): TaskReport {
  return taskReportOf(taskPlan(task, { changes, nodes: 1_000 }));
}

function needed(report: TaskReport): number {
  return report.acceleratorsNeeded.value ?? Infinity;
}

describe('what a service needs', () => {
  it('never falls when more is asked', () => {
    fc.assert(
      fc.property(
        someTask,
        amount,
        fc.double({ min: 1, max: 10, noNaN: true }),
        (task, n, more) => {
          const few = reportOf(task, { requestsPerDay: quantity(n) });
          const many = reportOf(task, { requestsPerDay: quantity(n * more) });
          expect(needed(many)).toBeGreaterThanOrEqual(needed(few));
        },
      ),
      { numRuns: 30 },
    );
  });

  it('never rises when more time is allowed', () => {
    fc.assert(
      fc.property(someTask, amount, target, (task, n, seconds) => {
        const asked = { requestsPerDay: quantity(n) };
        const tight = reportOf(task, { ...asked, targetSeconds: quantity(seconds) });
        const loose = reportOf(task, { ...asked, targetSeconds: quantity(2 * seconds) });
        expect(needed(loose)).toBeLessThanOrEqual(needed(tight));
      }),
      { numRuns: 30 },
    );
  });

  it('never falls when the day is less even', () => {
    fc.assert(
      fc.property(someTask, amount, share, (task, n, mean) => {
        const even = reportOf(task, {
          requestsPerDay: quantity(n),
          meanLoadFraction: quantity(1),
        });
        const uneven = reportOf(task, {
          requestsPerDay: quantity(n),
          meanLoadFraction: quantity(mean),
        });
        expect(needed(uneven)).toBeGreaterThanOrEqual(needed(even));
      }),
      { numRuns: 30 },
    );
  });

  it('answers within the target, at no more than the rate of its accelerators', () => {
    fc.assert(
      fc.property(someTask, amount, target, (task, n, seconds) => {
        const asked = { requestsPerDay: quantity(n), targetSeconds: quantity(seconds) };
        const report = reportOf(task, asked);
        if (report.acceleratorsNeeded.value === null || needed(report) > 2_000) return;
        expect(report.slowestSeconds.value ?? Infinity).toBeLessThanOrEqual(seconds * (1 + 1e-9));
        const rate = needed(report) * (report.requestsPerSecondPerAccelerator.value ?? 0);
        expect(report.peakRequestsPerSecond.value ?? Infinity).toBeLessThanOrEqual(rate);
      }),
      { numRuns: 30 },
    );
  });
});

describe('the money and the energy of a service', () => {
  it.each(taskKinds)('of the kind %s grow with the rent and the power usage', (task) => {
    const plan = taskPlan(task, { nodes: 4 });
    const dearer = {
      ...plan,
      clusters: plan.clusters.map((cluster) => ({
        ...cluster,
        rentUsdPerAcceleratorHour: doubled(cluster.rentUsdPerAcceleratorHour),
      })),
      sites: plan.sites.map((site) => ({
        ...site,
        powerUsageEffectiveness: doubled(site.powerUsageEffectiveness),
      })),
    };
    const [before, after] = [taskReportOf(plan), taskReportOf(dearer)];
    const ratio = (name: 'usdPerUnit' | 'usdPerMonth' | 'kilowattHoursPerUnit') =>
      (after[name].value ?? 0) / (before[name].value ?? 1);
    expect(ratio('usdPerUnit')).toBeCloseTo(2, 9);
    expect(ratio('usdPerMonth')).toBeCloseTo(2, 9);
    expect(ratio('kilowattHoursPerUnit')).toBeCloseTo(2, 9);
  });

  it.each(taskKinds)('of the kind %s have no value without a rent, and say why', (task) => {
    const plan = taskPlan(task);
    const clusters = plan.clusters.map((cluster) => ({
      ...cluster,
      rentUsdPerAcceleratorHour: quantity(0),
    }));
    const report = taskReportOf({ ...plan, clusters });
    expect(report.usdPerUnit.value).toBeNull();
    expect(report.usdPerUnit.unavailable).toContain('No rent is known');
    expect(report.usdPerMonth.value).toBeNull();
    expect(report.kilowattHoursPerUnit.value).not.toBeNull();
  });
});

function doubled({ value, origin }: Quantity): Quantity {
  return { value: 2 * value, origin };
}

describe('the formulas of a service', () => {
  it.each(taskKinds)(
    'of the kind %s give the number beside them, where they can be read',
    (task) => {
      const read: string[] = [];
      for (const figure of figuresIn(taskReportOf(taskPlan(task, { nodes: 4 })))) {
        try {
          const { asPrinted, inBaseUnits } = recompute(figure);
          const ratios = [asPrinted, inBaseUnits].map((value) => value / (figure.value ?? 1));
          const nearest = Math.min(...ratios.map((ratio) => Math.abs(ratio - 1)));
          expect(nearest, figure.label).toBeLessThan(1e-6);
          read.push(figure.label);
        } catch (error) {
          if (!(error instanceof UnreadableFormula)) throw error;
        }
      }
      expect(read.length).toBeGreaterThanOrEqual(8);
    },
  );
});

describe('a plan with services of several kinds', () => {
  const [image] = taskPlan('image').workloads;
  const [text] = taskPlan('embedding').workloads;
  if (!image || !text) throw new Error('They are there.');
  const plan = { ...taskPlan('image'), workloads: [{ ...text, id: 'text' }, image] };
  const report = wholeReportOf(plan);

  it('answers them in its own order', () => {
    expect(report.workloads.map(({ workloadId }) => workloadId)).toEqual(['text', 'service']);
    expect(report.headline.map(({ key }) => key).slice(1, 7)).toEqual([
      'text.acceleratorsNeeded',
      'text.slowestSeconds',
      'text.usdPerUnit',
      'service.acceleratorsNeeded',
      'service.slowestSeconds',
      'service.usdPerUnit',
    ]);
  });

  it('says what no check looked at', () => {
    expect(report.notChecked.join(' ')).toContain('spread of sizes of images, videos, texts');
    expect(report.notChecked.join(' ')).not.toContain('training converges');
  });

  it('costs a month of each, in every way', () => {
    for (const { workloadId, figures } of report.cost.workloads) {
      expect(figures.map(({ key }) => key)).toEqual([
        `${workloadId}.usdPerMonth.rent`,
        `${workloadId}.usdPerMonth.buy`,
        `${workloadId}.usdPerMonth.build`,
        `${workloadId}.usdPerMonth.hybrid`,
      ]);
      for (const figure of figures) expect(figure.value, figure.key).toBeGreaterThan(0);
    }
  });

  it('warns when they need more accelerators together than there are', () => {
    const workloads = plan.workloads.map((workload) => ({
      ...workload,
      requestsPerDay: quantity(workload.id === 'text' ? 5e8 : 2e5),
    }));
    const found = wholeReportOf({ ...plan, workloads }).findings;
    expect(found.map(({ code }) => code)).toContain('cluster.oversubscribed');
  });
});
