import { describe, expect, it } from 'vitest';
import type { InferenceWorkload, Plan } from '@engine/plan';
import { planProcessors } from '@engine/service/service-processors';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { quantity, templatePlan } from '../../fixtures/engine-fixture';

const fleet = templatePlan('chat-fleet-h200');
const serviceId = fleet.workloads[0]?.id ?? '';

function withService(plan: Plan, changes: Partial<InferenceWorkload>): Plan {
  const workloads = plan.workloads.map((workload) =>
    workload.kind === 'inference' ? { ...workload, ...changes } : workload,
  );
  return { ...plan, workloads };
}

describe('a service on CPUs and on its own accelerators', () => {
  const comparison = planProcessors(fleet, serviceId, 96, catalogue);
  const answers = comparison?.answers ?? [];

  it('is answered by a node of CPUs of each maker, a replica, a node and the fleet', () => {
    expect(comparison?.problems).toEqual([]);
    expect(answers.map(({ name }) => name)).toEqual([
      '2 × Xeon 6980P',
      '2 × EPYC 9965',
      '2 × NVIDIA Grace',
      '2 × H200 SXM 141GB',
      '8 × H200 SXM 141GB',
      '96 × H200 SXM 141GB',
    ]);
  });

  it('asks for the requests of an hour at the peak', () => {
    const service = fleet.workloads[0];
    if (service?.kind !== 'inference') throw new Error('It is a service.');
    expect(comparison?.job).toMatchObject({
      answers: service.concurrentUsers.value * service.requestsPerUserHour.value,
      inputTokens: service.inputTokens.value,
      weightPrecision: service.weightPrecision,
    });
  });

  it('is faster, cheaper and takes less energy on accelerators that are as many as needed', () => {
    const [xeon] = answers;
    const own = answers.at(-1);
    for (const name of ['seconds', 'usd', 'kilowattHours'] as const) {
      expect(own?.[name].value ?? Infinity, name).toBeLessThan(xeon?.[name].value ?? 0);
    }
    expect(own?.memoryBandwidthTbps.value ?? 0).toBeGreaterThan(
      xeon?.memoryBandwidthTbps.value ?? Infinity,
    );
  });

  it('of a service on CPUs is not compared with the same CPUs twice', () => {
    const cluster = fleet.clusters[0];
    if (cluster === undefined) throw new Error('It has a cluster.');
    const onCpus = { ...fleet, clusters: [{ ...cluster, systemId: 'xeon-6980p-2s' }] };
    const names = planProcessors(
      withService(onCpus, { tensorParallel: 2 }),
      serviceId,
      null,
      catalogue,
    )?.answers.map(({ name }) => name);
    expect(new Set(names).size).toBe(names?.length);
    expect(names).toContain('2 × Xeon 6980P');
  });

  it('of a service on CPUs is compared with a node of the GPU that most providers rent out', () => {
    const cpuPlan = templatePlan('cpu-only-baseline');
    const found = planProcessors(cpuPlan, cpuPlan.workloads[0]?.id ?? '', null, catalogue);
    const gpus = found?.answers.filter(({ kind }) => kind === 'gpu') ?? [];
    expect(gpus.map(({ machine }) => machine)).toEqual([found?.usualGpu]);
    const providersOf = (id: string | undefined): number =>
      new Set(
        catalogue.rentalQuotes
          .filter(({ acceleratorId }) => acceleratorId === id)
          .map(({ provider }) => provider),
      ).size;
    const chosen = providersOf(gpus[0]?.machine.acceleratorId);
    for (const { id, kind } of catalogue.accelerators.values()) {
      if (kind === 'gpu') expect(providersOf(id), id).toBeLessThanOrEqual(chosen);
    }
    const cpu = found?.answers.find(
      ({ kind, seconds }) => kind === 'cpu' && seconds.value !== null,
    );
    for (const name of ['seconds', 'usd', 'kilowattHours'] as const) {
      expect(gpus[0]?.[name].value, name).toBeGreaterThan(0);
    }
    expect(gpus[0]?.seconds.value ?? Infinity).toBeLessThan(cpu?.seconds.value ?? 0);
    expect(comparison?.usualGpu).toBeNull();
  });

  it('names no GPU where nobody rents one out', () => {
    const cpuPlan = templatePlan('cpu-only-baseline');
    const found = planProcessors(cpuPlan, cpuPlan.workloads[0]?.id ?? '', null, {
      ...catalogue,
      rentalQuotes: [],
    });
    expect(found?.usualGpu).toBeNull();
    expect(found?.answers.every(({ kind }) => kind === 'cpu')).toBe(true);
  });

  it('keeps the number format of the service where the CPU has none of it, and computes in one it has', () => {
    for (const { kind, seconds, matrixTflops } of answers) {
      if (kind !== 'cpu') continue;
      expect(seconds.value).toBeGreaterThan(0);
      expect(matrixTflops.value).toBeGreaterThan(0);
    }
  });

  it('explains every number by its formula and its inputs', () => {
    for (const answer of answers) {
      for (const figure of [answer.seconds, answer.usd, answer.kilowattHours, answer.lanes]) {
        expect(figure.formula, figure.label).not.toBe('');
        expect(figure.value === null ? figure.unavailable : figure.inputs.length).toBeTruthy();
      }
    }
  });

  it('grows with the users, in time and in money alike', () => {
    const service = fleet.workloads[0];
    if (service?.kind !== 'inference') throw new Error('It is a service.');
    const users = quantity(10 * service.concurrentUsers.value);
    const busier = planProcessors(
      withService(fleet, { concurrentUsers: users }),
      serviceId,
      96,
      catalogue,
    );
    const [before, after] = [answers[0], busier?.answers[0]];
    expect((after?.seconds.value ?? 0) / (before?.seconds.value ?? 1)).toBeCloseTo(10, 0);
    expect((after?.usd.value ?? 0) / (before?.usd.value ?? 1)).toBeCloseTo(10, 0);
  });

  it('is nothing where nobody asks, or where there is no such service', () => {
    const idle = withService(fleet, { concurrentUsers: quantity(0) });
    expect(planProcessors(idle, serviceId, 1, catalogue)).toBeNull();
    expect(planProcessors(fleet, 'nobody', 1, catalogue)).toBeNull();
  });
});
