import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replicasFor } from '@engine/inference/staffing';
import { autoscaledDay } from '@engine/service/autoscaling';
import { dailyLoad, dailyShape } from '@engine/service/daily-load';
import { inferenceOf, quantity, templatePlan, withService } from '../../fixtures/engine-fixture';

const chat = templatePlan('chat-fleet-h200');
const given = (perReplica: number) => (rate: number) => replicasFor(rate, perReplica);
const mean = fc.double({ min: 0.05, max: 1, noNaN: true });

describe('the shape of a day', () => {
  it.each([0.1, 0.3, 0.5, 0.8, 1])('with a mean of %d has that mean and a peak of 1', (share) => {
    const shape = dailyShape(share);
    const hours = Array.from({ length: 288 }, (_, step) => shape(step / 12));
    expect(Math.max(...hours)).toBeCloseTo(1, 4);
    const average = hours.reduce((sum, value) => sum + value, 0) / hours.length;
    expect(average).toBeCloseTo(share, 3);
    expect(Math.min(...hours)).toBeGreaterThanOrEqual(-1e-12);
  });

  it('is the one that the day is drawn with', () => {
    const shape = dailyShape(0.4);
    for (const { hour, requestsPerSecond } of dailyLoad(250, 0.4, null)) {
      expect(requestsPerSecond).toBeCloseTo(250 * shape(hour), 9);
    }
  });
});

describe('replicas that follow the load', () => {
  it('save nothing, to the last digit, where one replica carries the whole day', () => {
    const { replicasNeeded, autoscalingSaved } = inferenceOf(templatePlan('cpu-only-baseline'));
    expect(replicasNeeded.value).toBe(1);
    expect(autoscalingSaved.value).toBe(0);
  });

  it('are all of them all day where the load is even', () => {
    const day = autoscaledDay(100, 1, given(10), 0.25);
    expect(new Set(day.replicas)).toEqual(new Set([10]));
    expect(day.replicaHours).toBeCloseTo(240, 9);
    expect(day.mostAhead).toBe(0);
  });

  it('never run fewer than the load needs, nor more than the peak does', () => {
    fc.assert(
      fc.property(mean, fc.double({ min: 0, max: 12, noNaN: true }), (share, start) => {
        const day = autoscaledDay(500, share, given(7), start);
        const shape = dailyShape(share);
        for (const [step, running] of day.replicas.entries()) {
          expect(running).toBeGreaterThanOrEqual(Math.ceil((500 * shape(step / 12)) / 7 - 1e-6));
          expect(running).toBeLessThanOrEqual(Math.ceil(500 / 7));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('run longer the longer one takes to start', () => {
    const hours = [0, 0.25, 1, 4, 12].map((start) => autoscaledDay(500, 0.4, given(7), start));
    const used = hours.map(({ replicaHours }) => replicaHours);
    expect(used).toEqual(used.toSorted((one, other) => one - other));
    const ahead = hours.map(({ mostAhead }) => mostAhead);
    expect(ahead).toEqual(ahead.toSorted((one, other) => one - other));
    expect(ahead[0]).toBe(0);
  });

  it('take about the mean load where starting takes no time and replicas are many', () => {
    const { replicaHours } = autoscaledDay(10_000, 0.6, given(1), 0);
    expect(replicaHours / (24 * 10_000)).toBeCloseTo(0.6, 2);
  });

  it('are all kept where a day is not enough to start one', () => {
    expect(autoscaledDay(100, 0.3, given(10), 100).replicaHours).toBeCloseTo(240, 9);
  });
});

describe('autoscaling in the report', () => {
  const changes = { meanLoadFraction: quantity(0.4) };
  const report = inferenceOf(withService(chat, changes));

  it('saves accelerator-hours beside keeping all that the peak needs', () => {
    const always = 24 * (report.acceleratorsNeeded.value ?? 0);
    const hours = report.autoscaledHours.value ?? Infinity;
    expect(hours).toBeLessThan(always);
    expect(hours).toBeGreaterThan(0.4 * always);
    expect(report.autoscalingSaved.value).toBeCloseTo(1 - hours / always, 9);
  });

  it('saves less where starting takes longer', () => {
    const slow = inferenceOf(withService(chat, { ...changes, replicaStartMinutes: quantity(240) }));
    expect(slow.autoscalingSaved.value ?? 1).toBeLessThan(report.autoscalingSaved.value ?? 0);
    expect(slow.replicasAhead.value ?? 0).toBeGreaterThan(report.replicasAhead.value ?? 0);
  });

  it('has no value where nobody asks or nothing meets the targets, and says why', () => {
    const idle = inferenceOf(withService(chat, { concurrentUsers: quantity(0) }));
    expect(idle.autoscaledHours.value).toBeNull();
    expect(idle.autoscalingSaved.unavailable).toBe('No requests are sent.');
    const strict = { timePerOutputTokenTargetMs: quantity(0.01) };
    const impossible = inferenceOf(withService(chat, strict));
    expect(impossible.autoscaledHours.value).toBeNull();
    expect(impossible.autoscaledHours.unavailable).toContain('target');
  });
});
