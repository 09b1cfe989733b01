import { describe, expect, it } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import {
  everySystem,
  isStandIn,
  rareSystems,
  standInSystem,
  systemById,
} from '@engine/sizing/stand-in-system';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { systemSchema } from '@shared/catalogue/schema';
import { createCluster, createInference, createPlan } from '@shared/plan/create';
import { acceleratorOf, figuresIn, reportOf } from '../../fixtures/engine-fixture';

const standIns = everySystem(catalogue)
  .filter(isStandIn)
  .map((system) => [system.id, system] as const);

describe('every accelerator', () => {
  it('is in some system, and stands in only where none is listed', () => {
    const all = [...everySystem(catalogue), ...rareSystems(catalogue)];
    expect(new Set(all.map(({ acceleratorId }) => acceleratorId))).toEqual(
      new Set(catalogue.accelerators.keys()),
    );
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
    const listed = new Set([...catalogue.systems.values()].map((row) => row.acceleratorId));
    for (const [, { acceleratorId }] of standIns) expect(listed.has(acceleratorId)).toBe(false);
    expect(standIns.length).toBeGreaterThan(100);
  });

  it('is not proposed where it is rare', () => {
    const rare = rareSystems(catalogue);
    expect(rare.length).toBeGreaterThan(500);
    const proposed = new Set(everySystem(catalogue).map(({ id }) => id));
    for (const system of rare) {
      expect(isStandIn(system)).toBe(true);
      expect(proposed.has(system.id)).toBe(false);
    }
  });

  it('is found by its id, and an unknown id by nothing', () => {
    for (const system of [...everySystem(catalogue), ...rareSystems(catalogue)]) {
      expect(systemById(catalogue, system.id)).toEqual(system);
    }
    expect(systemById(catalogue, 'server-of-nothing')).toBeUndefined();
    expect(systemById(catalogue, 'l40s')).toBeUndefined();
  });
});

describe('a stand-in server', () => {
  it.each([
    ['l40s', 8, 8 * 350 * 1.4],
    ['a100-sxm-40gb', 8, 8 * 400 * 1.4],
    ['h200-nvl', 4, 4 * 600 * 1.4],
    ['h100-nvl', 8, 8 * 400 * 1.4],
    ['tpu-v5p', 8, 8 * 540 * 1.4],
    ['epyc-9654', 2, 2 * 360 * 1.4],
    ['apple-m2-ultra', 1, 140],
    ['gb10', 1, 140],
  ])('of %s holds %i and draws %f W', (id, parts, watts) => {
    const system = standInSystem(acceleratorOf(id), catalogue.assumptions);
    expect(system.acceleratorsPerNode.value).toBe(parts);
    expect(system.maxPower.value * 1e3).toBeCloseTo(watts, 6);
    expect(system.price).toBeNull();
  });

  it('has the network that its part is sold with, else a usual one', () => {
    const networkOf = (id: string) =>
      standInSystem(acceleratorOf(id), catalogue.assumptions).scaleOutBandwidth.value;
    expect(networkOf('tpu-v5p')).toBe(50);
    expect(networkOf('tpu-v6e')).toBe(100);
    expect(networkOf('l40s')).toBe(
      catalogue.assumptions['hardware.scaleOutDefaultBandwidth']?.value,
    );
  });

  it.each(standIns)('%s is a row as the catalogue has them, and a guess by name', (_id, system) => {
    expect(systemSchema.safeParse(system).error).toBeUndefined();
    expect(system.maxPower.quality).toBe('estimate');
    expect(system.notes).toContain('stand-in');
    const part = acceleratorOf(system.acceleratorId);
    const device = describeDevice(part, system, catalogue.assumptions);
    expect(device.acceleratorsPerNode).toBe(system.acceleratorsPerNode.value);
  });

  it.each(standIns)('%s can stand in a plan: every figure is a number or says why not', (id) => {
    const plan = createPlan(catalogue, 'A plan', 'site-1');
    const cluster = createCluster(catalogue, id, 'site-1', 'cluster-1');
    const service = createInference(catalogue, 'qwen3-0.6b', cluster, 'workload-1');
    const report = reportOf({ ...plan, clusters: [cluster], workloads: [service] });
    expect(report.clusters[0]?.accelerators.value).toBeGreaterThanOrEqual(1);
    expect(report.findings.map(({ code }) => code)).not.toContain('cluster.system');
    for (const figure of figuresIn(report)) {
      expect(figure.value === null ? figure.unavailable : figure.value, figure.key).toBeDefined();
    }
  });
});
