import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '@engine/evaluate';
import {
  outlookFigures,
  planOutlook,
  refreshAfter,
  toldYears,
  trendsOf,
  withTrends,
} from '@engine/outlook/plan-outlook';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { planTemplates } from '@shared/catalogue/templates';

const { assumptions } = catalogue;

function templatePlan(id: string) {
  const plan = planTemplates.find((template) => template.id === id)?.plan;
  if (plan === undefined) throw new Error(`There is a template '${id}'.`);
  return plan;
}

describe('the year in which new accelerators cost less', () => {
  it('solves its equation', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e3, max: 1e10, noNaN: true }),
        fc.double({ min: 0.02, max: 2, noNaN: true }),
        fc.double({ min: 1, max: 10, noNaN: true }),
        fc.double({ min: 1.05, max: 3, noNaN: true }),
        fc.double({ min: 1.05, max: 3, noNaN: true }),
        (capital, share, life, perDollar, perWatt) => {
          const operating = capital * share;
          const years = refreshAfter({ capital, operating, life }, perDollar, perWatt);
          fc.pre(years !== null);
          const replaced = capital / (perDollar ** years * life) + operating / perWatt ** years;
          expect(replaced / operating).toBeCloseTo(1, 6);
        },
      ),
    );
  });

  it('by hand: a machine of 8 over 2 years, 5 a year to run, both halved in a year', () => {
    // 8 / (2 · 2^t) + 5 / 2^t = 5, so that 2^t = 9 / 5.
    const years = refreshAfter({ capital: 8, operating: 5, life: 2 }, 2, 2);
    expect(years).toBeCloseTo(Math.log2(9 / 5), 9);
  });

  it('comes sooner where running costs more, and never without progress', () => {
    const at = (operating: number) =>
      refreshAfter({ capital: 100, operating, life: 4 }, 1.3, 1.3) ?? Number.NaN;
    expect(at(20)).toBeLessThan(at(10));
    expect(refreshAfter({ capital: 100, operating: 10, life: 4 }, 1, 1)).toBeNull();
    expect(refreshAfter({ capital: 0, operating: 10, life: 4 }, 2, 2)).toBeNull();
    expect(refreshAfter({ capital: Number.NaN, operating: 10, life: 4 }, 2, 2)).toBeNull();
  });
});

describe('the outlook of a plan', () => {
  it('foretells very many devices up to the third digit, none in part', () => {
    const large = templatePlan('llama-3-405b');
    const outlook = planOutlook(large, evaluate(large, catalogue), assumptions);
    for (const { sameWork, growingWork } of outlook?.years ?? []) {
      for (const value of [sameWork.value, growingWork.value]) {
        const digits = (value ?? Number.NaN) < 1e5 ? 5 : 3;
        expect(value).toBe(Number((value ?? Number.NaN).toPrecision(digits)));
        expect(Number.isInteger(value)).toBe(true);
      }
    }
    expect(outlook?.years.at(-1)?.growingWork.value).toBeGreaterThan(1e6);
  });

  const plan = templatePlan('dgx-superpod-512');
  const report = evaluate(plan, catalogue);
  const outlook = planOutlook(plan, report, assumptions);

  it('needs fewer GPUs for the same work every year: 512 / 1.29^t, whole', () => {
    expect(outlook?.years.map(({ year }) => year)).toEqual(toldYears);
    for (const { year, sameWork } of outlook?.years ?? []) {
      expect(sameWork.value).toBe(Math.ceil(512 / 1.29 ** year));
    }
  });

  it('needs more where its work grows as the world’s does', () => {
    const values = outlook?.years.map(({ growingWork }) => growingWork.value ?? 0) ?? [];
    values.forEach((value, index) => expect(value).toBeGreaterThan(values[index - 1] ?? 512));
    expect(values[0]).toBe(Math.ceil((512 * 3.3) / 1.29));
  });

  it('refreshes within its range, after at least a year', () => {
    const { value, low, high } = outlook?.refreshYears ?? {};
    expect(value).toBeGreaterThan(1);
    expect(value).toBeLessThan(30);
    expect(low).toBeLessThanOrEqual(value ?? Number.NaN);
    if (high !== undefined) expect(high).toBeGreaterThanOrEqual(value ?? Number.NaN);
  });

  it('follows the reader’s own trends', () => {
    const still = planOutlook(withTrends(plan, { chip: 1, fleet: 1 }), report, assumptions);
    for (const { sameWork, growingWork } of still?.years ?? []) {
      expect([sameWork.value, growingWork.value]).toEqual([512, 512]);
    }
    const never = planOutlook(withTrends(plan, { perDollar: 1, perWatt: 1 }), report, assumptions);
    expect(never?.refreshYears.value).toBeNull();
    expect(never?.refreshYears.unavailable).toMatch(/stays cheaper/);
  });

  it('keeps the trends that it was given, and only those', () => {
    expect(trendsOf(plan)).toEqual({});
    expect(withTrends(plan, { software: 2 })).toBe(plan);
    expect(trendsOf(withTrends(plan, { software: 2, chip: 1.5, perWatt: 1.2 }))).toEqual({
      chip: 1.5,
      perWatt: 1.2,
    });
    const own = planOutlook(withTrends(plan, { chip: 1.5 }), report, assumptions)?.years[0];
    expect(own?.sameWork.low).toBe(own?.sameWork.high);
  });

  it('keeps the dates and the growth of a plan that takes trends', () => {
    const dated = { ...plan, timeline: { startOn: '2027-01-01' } };
    expect(withTrends(dated, { fleet: 2 }).timeline).toEqual({
      startOn: '2027-01-01',
      fleetPerYear: { value: 2, origin: 'yours' },
    });
  });

  it('names a source for every trend', () => {
    const ids = outlookFigures(outlook).flatMap(({ inputs }) =>
      inputs.flatMap((input) => input.sources),
    );
    expect(new Set(ids).size).toBeGreaterThan(1);
    for (const id of ids) expect(catalogue.sources.has(id), id).toBe(true);
  });

  it('is none without accelerators', () => {
    const empty = { ...plan, clusters: [], workloads: [] };
    expect(planOutlook(empty, evaluate(empty, catalogue), assumptions)).toBeNull();
    expect(outlookFigures(null)).toEqual([]);
  });
});

describe('any template', () => {
  it.each(planTemplates.map(({ id }) => id))(
    'has an outlook without a number that is none: %s',
    (id) => {
      const plan = templatePlan(id);
      const outlook = planOutlook(plan, evaluate(plan, catalogue), assumptions);
      expect(outlook).not.toBeNull();
      for (const { value, unavailable } of outlookFigures(outlook)) {
        expect(value === null ? typeof unavailable : Number.isFinite(value)).toBe(
          value === null ? 'string' : true,
        );
      }
    },
  );
});
