import { describe, expect, it } from 'vitest';
import { replicaAccelerators } from '@engine/inference/workload-layout';
import { planFleet } from '@engine/fleet/plan-fleet';
import type { InferenceWorkload, Plan } from '@engine/plan';
import { planServingLaunch } from '@engine/launch/serving';
import { planProcessors } from '@engine/service/service-processors';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { inferenceOf, quantity, templatePlan, withService } from '../../fixtures/engine-fixture';

const chat = templatePlan('chat-fleet-h200');
const regionId = chat.sites[0]?.regionId ?? '';
const serviceId = chat.workloads[0]?.id ?? '';

function fleetPlan(changes: Partial<InferenceWorkload>): Plan {
  const demand = [{ regionId, share: quantity(1) }];
  return { ...withService(chat, changes), fleet: { routing: 'latency', demand } };
}

function poolOf(changes: Partial<InferenceWorkload>) {
  const pool = planFleet(fleetPlan(changes), catalogue)?.pools[0];
  if (pool === undefined) throw new Error('The fleet has a pool.');
  return pool;
}

describe('a fleet of replicas that are more than tensor parallel', () => {
  it.each([
    ['one stage', {}],
    ['two stages', { pipelineParallel: 2 }],
    ['four stages', { pipelineParallel: 4 }],
    ['wider stages', { tensorParallel: 8 }],
    ['adapters', { adapterCount: quantity(8) }],
  ])('of %s counts all accelerators of a replica', (_what, changes) => {
    const { replicas, acceleratorsInReplicas } = poolOf(changes);
    const workload = fleetPlan(changes).workloads[0];
    if (workload?.kind !== 'inference') throw new Error('It is a service.');
    expect(replicas).toBeGreaterThan(0);
    expect(acceleratorsInReplicas).toBe(replicas * replicaAccelerators(workload));
  });

  it('needs about as many replicas as the service by itself', () => {
    const changes = { pipelineParallel: 2 };
    const alone = inferenceOf(withService(chat, changes)).replicasNeeded.value ?? 0;
    expect(Math.abs(poolOf(changes).replicas - alone)).toBeLessThanOrEqual(1);
  });

  it('serves more with a prefix that is kept, as the service by itself does', () => {
    const cached = { cachedPrefixFraction: quantity(0.8) };
    expect(poolOf(cached).used).toBeLessThan(poolOf({}).used);
  });
});

describe('what else follows the layout of a replica', () => {
  const changes = { pipelineParallel: 2 };
  const plan = withService(chat, changes);

  it('the commands that start it', () => {
    const settings = planServingLaunch(plan, inferenceOf(plan), catalogue);
    const texts = settings.map(({ text }) => text).join('\n');
    expect(texts).toContain('--pipeline-parallel-size 2');
    expect(texts).toContain('--pp-size 2');
    expect(texts).toContain('--pp_size 2');
  });

  it('the comparison with CPUs, which begins with one replica', () => {
    const workload = plan.workloads[0];
    if (workload?.kind !== 'inference') throw new Error('It is a service.');
    const answers = planProcessors(plan, serviceId, null, catalogue)?.answers ?? [];
    const own = answers.filter(({ kind }) => kind === 'gpu');
    expect(own[0]?.machine.processors).toBe(replicaAccelerators(workload));
  });
});
