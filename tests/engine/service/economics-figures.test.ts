import { describe, expect, it } from 'vitest';
import type { InferenceWorkload } from '@engine/plan';
import type { InferenceReport } from '@engine/report';
import { inferenceOf, quantity, templatePlan, withService } from '../../fixtures/engine-fixture';

const base = templatePlan('chat-fleet-h200');

function service(change: Partial<InferenceWorkload> = {}): {
  workload: InferenceWorkload;
  report: InferenceReport;
} {
  const plan = withService(base, change);
  const workload = plan.workloads.find(({ kind }) => kind === 'inference');
  if (workload?.kind !== 'inference') throw new Error('The template has no service.');
  return { workload, report: inferenceOf(plan) };
}

function valueOf(figure: { readonly value: number | null; readonly label: string }): number {
  if (figure.value === null) throw new Error(`${figure.label} has no value.`);
  return figure.value;
}

describe('unit economics', () => {
  it('split a request between its prompt and its answer without losing a cent', () => {
    const { workload, report } = service();
    const request =
      (valueOf(report.usdPerMillionInputTokens) * workload.inputTokens.value +
        valueOf(report.usdPerMillionGeneratedTokens) * workload.outputTokens.value) /
      1e6;
    expect((request * 1e3) / valueOf(report.usdPerThousandRequests)).toBeCloseTo(1, 9);
    const whole = valueOf(report.usdPerMillionOutputTokens) * (workload.outputTokens.value / 1e6);
    expect(request / whole).toBeCloseTo(1, 9);
  });

  it('charge a user the rent of a month over the users at the peak', () => {
    const { workload, report } = service();
    const cluster = base.clusters[0];
    const rent = (cluster?.rentUsdPerAcceleratorHour.value ?? 0) * 730;
    const expected = (rent * valueOf(report.acceleratorsNeeded)) / workload.concurrentUsers.value;
    expect(valueOf(report.usdPerUserMonth)).toBeCloseTo(expected, 6);
  });

  it.each([
    ['the energy of a token', 'energyKwhPerMillionTokens'],
    ['its cost', 'usdPerMillionGeneratedTokens'],
    ['the cost of a request', 'usdPerThousandRequests'],
  ] as const)('double %s when half of the peak is used on average', (_what, key) => {
    const busy = service({ meanLoadFraction: quantity(0.8) }).report[key];
    const idle = service({ meanLoadFraction: quantity(0.4) }).report[key];
    expect(valueOf(idle) / valueOf(busy)).toBeCloseTo(2, 9);
  });

  it('count users per replica so that the replicas needed carry all users', () => {
    const { workload, report } = service();
    const [users, replicas] = [valueOf(report.usersPerReplica), valueOf(report.replicasNeeded)];
    expect(users * replicas).toBeGreaterThanOrEqual(workload.concurrentUsers.value * (1 - 1e-9));
    expect(users * (replicas - 1)).toBeLessThan(workload.concurrentUsers.value);
    expect(report.decomposition).toContain(
      `; ${Math.round(users).toLocaleString('en')} users per replica`,
    );
  });

  it('measure the headroom by the users that the cluster can still take', () => {
    const { report, workload } = service();
    const users = workload.concurrentUsers.value;
    expect(valueOf(report.headroom)).toBeCloseTo(valueOf(report.usersServed) / users - 1, 9);
    expect(valueOf(report.headroom)).toBeGreaterThanOrEqual(0);
    const fuller = service({ concurrentUsers: quantity(valueOf(report.usersServed)) }).report;
    expect(valueOf(fuller.headroom)).toBeCloseTo(0, 9);
  });
});

describe('an API in place of the own cluster', () => {
  it('is not compared without a price', () => {
    const { apiCostRatio, apiBreakEvenRequestsPerDay } = service().report;
    expect(apiCostRatio.value).toBeNull();
    expect(apiCostRatio.unavailable).toBe('No API price is entered to compare with.');
    expect(apiBreakEvenRequestsPerDay.value).toBeNull();
  });

  it('costs the same at the load that is named as break-even', () => {
    const prices = {
      apiUsdPerMillionInputTokens: quantity(0.6),
      apiUsdPerMillionOutputTokens: quantity(2.4),
    };
    const { workload, report } = service(prices);
    const perDay = valueOf(report.apiBreakEvenRequestsPerDay);
    const now = valueOf(report.peakRequestsPerSecond) * workload.meanLoadFraction.value * 86_400;
    expect(valueOf(report.apiCostRatio) / (perDay / now)).toBeCloseTo(1, 9);
    const apiDay =
      (perDay * (workload.inputTokens.value * 0.6 + workload.outputTokens.value * 2.4)) / 1e6;
    const rent = base.clusters[0]?.rentUsdPerAcceleratorHour.value ?? 0;
    expect(apiDay / (24 * rent * valueOf(report.acceleratorsNeeded))).toBeCloseTo(1, 9);
  });
});

describe('a service that sends nothing', () => {
  it('says why it has no unit cost', () => {
    const { report } = service({ concurrentUsers: quantity(0) });
    for (const figure of [report.usdPerThousandRequests, report.energyKwhPerMillionTokens]) {
      expect(figure.value).toBeNull();
      expect(figure.unavailable).toMatch(/^No requests are sent/);
    }
    expect(report.usdPerUserMonth.value).toBeNull();
  });
});
