import { describe, expect, it } from 'vitest';
import { evaluate } from '@engine/evaluate';
import type { Plan, Quantity } from '@engine/plan';
import { planSearch, usualSearch } from '@engine/search/plan-search';
import { effectiveTime, isStatedEffectiveTime } from '@engine/training/effective-time';
import { trainingSensitivity } from '@engine/training/sensitivity';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { quantity, withTraining } from '../../fixtures/engine-fixture';
import { evaluatedOf, evaluatedRun, largeRun, trainingRows } from './evaluated-fixture';

const stated = (value: number, more: Partial<Quantity> = {}): Quantity => ({
  value,
  origin: 'measured',
  ...more,
});

function trainingOf(plan: Plan) {
  const found = evaluate(plan, catalogue).workloads.find(({ kind }) => kind === 'training');
  if (found?.kind !== 'training') throw new Error('The plan trains nothing.');
  return found;
}

describe('the effective time of a run', () => {
  it('of Llama 3 405B is above 90 % without being told, and its days count it', () => {
    const report = trainingOf(largeRun);
    expect(effectiveTime(evaluatedRun()).isStated).toBe(false);
    expect(effectiveTime(evaluatedRun()).value).toBeGreaterThan(0.9);
    expect(report.days.value).toBe(report.goodput.days.value);
    // The model card of Llama 3.1 405B: 30.84 million GPU-hours, of which Llama team 2024, section 3.3.4, describes 54 days.
    const published = 30.84e6 / (16_384 * 24);
    expect(Math.abs((report.days.value ?? Number.NaN) / published - 1)).toBeLessThan(0.1);
  });

  it.each(trainingRows)('of %s is that of its interruptions', (_id, plan) => {
    const { goodput, days } = trainingOf(plan);
    expect(effectiveTime(evaluatedOf(plan)).value).toBe(goodput.usefulTime.value);
    expect(days.inputs.find(({ symbol }) => symbol === 'e')?.value).toBe(goodput.usefulTime.value);
  });

  it('falls as parts fail more often and as there are more of them', () => {
    const at = (years: number) =>
      effectiveTime(evaluatedRun({}, { yearsBetweenInterruptions: quantity(years) })).value;
    expect(at(1)).toBeLessThan(at(5));
    expect(at(5)).toBeLessThan(at(50));
    expect(at(1e6)).toBeCloseTo(1, 3);
  });

  it('is what was measured instead, whatever fails', () => {
    const change = { effectiveTimeFraction: stated(0.8), yearsBetweenInterruptions: quantity(0.5) };
    const found = effectiveTime(evaluatedRun({}, change));
    expect(found).toMatchObject({ value: 0.8, isStated: true });
    const report = trainingOf(withTraining(largeRun, change));
    const planned = trainingOf(largeRun);
    expect(
      ((report.days.value ?? 0) * 0.8) /
        ((planned.days.value ?? 1) * (planned.goodput.usefulTime.value ?? 1)),
    ).toBeCloseTo(1, 9);
  });

  it.each([
    ['default', false],
    ['yours', true],
    ['imported', true],
    ['measured', true],
  ] as const)('with the origin %s is stated: %s', (origin, expected) => {
    expect(isStatedEffectiveTime({ value: 0.9, origin })).toBe(expected);
  });

  it('is what a search counts its days with', () => {
    const [job] = largeRun.workloads;
    const request = planSearch(largeRun, job?.id ?? '', catalogue, usualSearch);
    expect(request?.options.run?.effectiveTime).toBe(effectiveTime(evaluatedRun()).value);
  });
});

describe('the tornado', () => {
  const keysOf = (change: Parameters<typeof evaluatedRun>[1]) =>
    trainingSensitivity(evaluatedRun({}, change), 2)?.swings.map(({ key }) => key) ?? [];

  it('moves with failures where they say the effective time', () => {
    expect(keysOf({})).toEqual(
      expect.arrayContaining(['yearsBetweenInterruptions', 'restartSeconds', 'detectionSeconds']),
    );
    expect(keysOf({})).not.toContain('effectiveTimeFraction');
  });

  it('moves with the effective time where that is stated', () => {
    const keys = keysOf({ effectiveTimeFraction: stated(0.9, { low: 0.8, high: 0.95 }) });
    expect(keys).toContain('effectiveTimeFraction');
    expect(keys).not.toContain('yearsBetweenInterruptions');
  });

  it('takes the range of the plan for a failure rate, and more failures take longer', () => {
    const years = quantity(4);
    const swings = trainingSensitivity(
      evaluatedRun({}, { yearsBetweenInterruptions: { ...years, low: 2, high: 8 } }),
      null,
    )?.swings;
    const rate = swings?.find(({ key }) => key === 'yearsBetweenInterruptions');
    expect(rate).toMatchObject({ value: 4, low: 2, high: 8, isStated: true });
    expect(rate?.atLow.days).toBeGreaterThan(rate?.atHigh.days ?? Infinity);
  });
});
