import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysBetween } from '@engine/timeline/calendar';
import { scheduleOf, type Step } from '@engine/timeline/schedule';

const step = (kind: Step['kind'], months: number): Step => ({ kind, label: kind, months });
const start = '2027-01-01';

describe('a cluster that waits for systems, transformers and the grid', () => {
  const deliveries = [step('systems', 6), step('transformers', 24), step('grid', 12)];
  const schedule = scheduleOf(deliveries, step('installation', 2), start, '2028-01-01');

  it('is in service after the longest delivery and the installation', () => {
    expect(schedule.earliestOn).toBe('2029-03-02');
    expect(schedule.inServiceOn).toBe(schedule.earliestOn);
    expect(schedule.delayMonths).toBeCloseTo(14, 1);
  });

  it('had to order each so long before the wanted date', () => {
    const latest = schedule.steps.map(({ kind, latestStartOn }) => [
      kind,
      latestStartOn.slice(0, 7),
    ]);
    expect(latest).toEqual([
      ['systems', '2027-05'],
      ['transformers', '2025-11'],
      ['grid', '2026-11'],
      ['installation', '2027-11'],
    ]);
    expect(schedule.orderBy.slice(0, 7)).toBe('2025-11');
  });

  it('names what delays it', () => {
    const critical = schedule.steps.filter(({ isCritical }) => isCritical);
    expect(critical.map(({ kind }) => kind)).toEqual(['transformers', 'installation']);
  });

  it('is wanted when it can be had where no date is given', () => {
    const free = scheduleOf(deliveries, step('installation', 2), start, null);
    expect(free.wantedOn).toBe(free.earliestOn);
    expect(free.delayMonths).toBe(0);
  });

  it('that has nothing to wait for is in service at once', () => {
    const now = scheduleOf([], step('installation', 0), start, null);
    expect([now.earliestOn, now.inServiceOn, now.orderBy]).toEqual([start, start, start]);
  });
});

describe('any schedule', () => {
  const months = fc.double({ min: 0, max: 600, noNaN: true });
  const wanted = fc.option(
    fc
      .integer({ min: 0, max: 40_000 })
      .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
  );

  it('that is ordered by its latest dates arrives when it is wanted, give or take rounding to days', () => {
    fc.assert(
      fc.property(fc.array(months, { maxLength: 3 }), months, wanted, (leads, install, date) => {
        const deliveries = leads.map((lead) => step('systems', lead));
        const installation = step('installation', install);
        const first = scheduleOf(deliveries, installation, start, date);
        const again = scheduleOf(deliveries, installation, first.orderBy, date);
        expect(Math.abs(daysBetween(again.earliestOn, first.wantedOn))).toBeLessThanOrEqual(4);
      }),
    );
  });

  it('is late exactly when it was not ordered in time', () => {
    fc.assert(
      fc.property(months, months, wanted, (lead, install, date) => {
        const found = scheduleOf(
          [step('systems', lead)],
          step('installation', install),
          start,
          date,
        );
        const slack = daysBetween(start, found.orderBy);
        if (slack > 4) expect(found.delayMonths).toBe(0);
        if (slack < -4) expect(found.delayMonths).toBeGreaterThan(0);
        expect(daysBetween(found.earliestOn, found.inServiceOn)).toBeGreaterThanOrEqual(0);
        expect(daysBetween(found.wantedOn, found.inServiceOn)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});
