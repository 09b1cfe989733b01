import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frontOf, planFront, type FrontPoint } from '@engine/service/throughput-front';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { inferenceOf, quantity, templatePlan, withService } from '../../fixtures/engine-fixture';

const plan = templatePlan('chat-fleet-h200');
const [service] = plan.workloads;
const id = service?.id ?? '';

function front(changed = plan) {
  const found = planFront(changed, id, catalogue);
  if (found === null) throw new Error('The service has no curve.');
  return found;
}

function beats(one: FrontPoint, other: FrontPoint): boolean {
  return (
    one.tokensPerSecondPerUser > other.tokensPerSecondPerUser &&
    one.tokensPerSecondPerAccelerator > other.tokensPerSecondPerAccelerator
  );
}

describe('a front', () => {
  it('holds every point that no other beats, and no other', () => {
    const arbitrary = fc.record({
      tensorParallel: fc.constant(1),
      batch: fc.constant(1),
      tokensPerSecondPerUser: fc.integer({ min: 1, max: 50 }),
      tokensPerSecondPerAccelerator: fc.integer({ min: 1, max: 50 }),
      timeToFirstTokenMs: fc.constant(1),
    });
    fc.assert(
      fc.property(fc.array(arbitrary, { maxLength: 40 }), (points) => {
        const best = frontOf(points);
        for (const point of best) expect(points.some((one) => beats(one, point))).toBe(false);
        for (const point of points) {
          const isCovered = best.some(
            (one) =>
              one.tokensPerSecondPerUser >= point.tokensPerSecondPerUser &&
              one.tokensPerSecondPerAccelerator >= point.tokensPerSecondPerAccelerator,
          );
          expect(isCovered).toBe(true);
        }
      }),
    );
  });
});

describe('the curve of a service', () => {
  it('trades the speed of a reader for the rate of an accelerator', () => {
    const { best } = front();
    expect(best.length).toBeGreaterThan(5);
    best.slice(1).forEach((point, index) => {
      const before = best[index];
      expect(point.tokensPerSecondPerUser).toBeLessThan(before?.tokensPerSecondPerUser ?? 0);
      expect(point.tokensPerSecondPerAccelerator).toBeGreaterThan(
        before?.tokensPerSecondPerAccelerator ?? Infinity,
      );
    });
  });

  it('passes through the plan’s own operating point', () => {
    const report = inferenceOf(plan);
    const { planned } = front();
    const own = planned.find(({ batch }) => batch === report.operatingBatch.value);
    const rate = report.tokensPerSecondPerAccelerator.value ?? Number.NaN;
    expect(own?.tokensPerSecondPerAccelerator).toBeCloseTo(rate, 6);
    const best = front().bestWithinTargets?.tokensPerSecondPerAccelerator ?? 0;
    expect(best).toBeGreaterThanOrEqual(rate * (1 - 1e-9));
  });

  it('names the best point within both targets', () => {
    const { bestWithinTargets: point, targetTokensPerSecondPerUser: target } = front();
    if (service?.kind !== 'inference' || point === null) throw new Error('Nothing is within.');
    expect(target).toBeCloseTo(1e3 / service.timePerOutputTokenTargetMs.value, 9);
    expect(point.tokensPerSecondPerUser).toBeGreaterThanOrEqual(target);
    expect(point.timeToFirstTokenMs).toBeLessThanOrEqual(service.timeToFirstTokenTargetMs.value);
  });

  it('has none where the target is out of reach, and none for an unknown service', () => {
    const hard = withService(plan, { timePerOutputTokenTargetMs: quantity(0.01) });
    expect(front(hard).bestWithinTargets).toBeNull();
    expect(planFront(plan, 'nobody', catalogue)).toBeNull();
  });
});
