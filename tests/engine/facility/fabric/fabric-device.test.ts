import { describe, expect, test } from 'vitest';
import { evaluate } from '@engine/evaluate';
import { clusterDevice } from '@engine/facility/fabric/fabric-device';
import { topologies } from '@engine/facility/fabric/types';
import {
  allReduceSeconds,
  allToAllSeconds,
  linkFor,
  pointToPointSeconds,
} from '@engine/hardware/collective';
import { describeDevice, withScaleOut, type Device } from '@engine/hardware/device';
import type { Cluster, Plan } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  acceleratorOf,
  quantity,
  reportOf,
  systemOf,
  templatePlan,
  trainingOf,
  withClusters,
} from '../../../fixtures/engine-fixture';
import { clusterOf, entered, facilityOf } from '../facility-fixture';

const system = systemOf('dgx-h100');
const accelerator = acceleratorOf(system.acceleratorId);

function deviceOf(nodes: number, change: Partial<Cluster> = {}): Device {
  const cluster = clusterOf('dgx-h100', nodes, change);
  return clusterDevice({ cluster, system, accelerator, catalogue });
}

const free = withScaleOut(describeDevice(accelerator, system, catalogue.assumptions), 400);
const groups = [
  [2, 1],
  [16, 8],
  [64, 8],
  [256, 8],
  [2, 1024],
  [512, 4],
  [2048, 1],
] as const;

function times(device: Device): number[] {
  return groups.flatMap(([members, stride]) => {
    const link = linkFor(device, members, stride);
    return [
      allReduceSeconds(1e8, members, link),
      allToAllSeconds(1e8, members, link),
      pointToPointSeconds(1e8, link),
    ];
  });
}

describe('a collective on a cluster’s fabric', () => {
  test('takes on a non-blocking fat tree, with rails or without, exactly what it takes without a fabric', () => {
    for (const topology of [undefined, 'fat tree', 'rail-optimised', 'rail-only'] as const) {
      expect(deviceOf(2048, { topology })).toEqual(free);
      expect(times(deviceOf(2048, { topology }))).toEqual(times(free));
    }
  });

  test('is never faster on any topology and oversubscription, and slower with more of it', () => {
    for (const topology of topologies) {
      let former = times(free);
      for (const ratio of [1, 2, 4, 8]) {
        const device = deviceOf(2048, { topology, oversubscription: entered(ratio) });
        const now = times(device);
        now.forEach((seconds, index) => {
          expect(seconds).toBeGreaterThanOrEqual((former[index] ?? 0) * (1 - 1e-9));
        });
        if (!topology.endsWith('torus')) former = now;
      }
    }
  });

  test('between two units of an oversubscribed fabric has a third of the port at 3 : 1', () => {
    const device = deviceOf(2048, { oversubscription: entered(3) });
    expect(linkFor(device, 2, 1024).bytesPerSecond).toBeCloseTo(50e9 / 3, 0);
    expect(linkFor(device, 4, 8).bytesPerSecond).toBe(50e9);
  });

  test('spread over all accelerators of an oversubscribed fabric is slower than along a ring', () => {
    const link = linkFor(deviceOf(2048, { oversubscription: entered(3) }), 2048, 8);
    expect(link.bytesPerSecond).toBe(50e9);
    expect(link.uniformBytesPerSecond).toBeLessThan(0.35 * 50e9);
  });

  test('pays for the switches that a torus passes beyond a fat tree', () => {
    const torus = deviceOf(2048, { topology: '3D torus' });
    expect(torus.scaleOut.extraStepSeconds).toBeGreaterThan(0);
    const step = linkFor(torus, 2048, 8).stepSeconds - linkFor(free, 2048, 8).stepSeconds;
    expect(step).toBeCloseTo(torus.scaleOut.extraStepSeconds ?? 0, 12);
  });
});

describe('the workloads of a plan', () => {
  const plan = templatePlan('llama-3-405b');
  const stepOf = (change: Partial<Cluster>): number => {
    const [workload] = reportOf(withClusters(plan, change)).workloads;
    return workload?.kind === 'training' ? (workload.stepSeconds.value ?? 0) : 0;
  };

  test('take as long as before on the reference design and on any fat tree that does not block', () => {
    const asDesigned = stepOf({});
    expect(stepOf({ topology: 'fat tree' })).toBe(asDesigned);
    expect(stepOf({ topology: 'rail-optimised' })).toBe(asDesigned);
    expect(stepOf({ oversubscription: quantity(1), planes: quantity(1) })).toBe(asDesigned);
  });

  test('take longer when the fabric is oversubscribed, and longer still when it is more so', () => {
    const [none, some, much] = [1, 7, 50].map((ratio) =>
      stepOf({ oversubscription: quantity(ratio) }),
    );
    expect(some).toBeGreaterThan(none ?? 0);
    expect(much).toBeGreaterThan(some ?? 0);
  });

  test('with experts over many nodes take longer behind Amazon’s adapter, dense ones do not', () => {
    const experts = templatePlan('deepseek-v3');
    const longOf = (run: Plan, change: Partial<Cluster>): number =>
      trainingOf(withClusters(run, change)).stepSeconds.value ?? Number.NaN;
    const adapter = { networkAdapter: 'elastic' } as const;
    expect(longOf(experts, adapter)).toBeGreaterThan(1.2 * longOf(experts, {}));
    expect(longOf(plan, adapter)).toBe(longOf(plan, {}));
  });

  test('take longer in a torus', () => {
    expect(stepOf({ topology: '3D torus' })).toBeGreaterThan(stepOf({}));
  });
});

describe('the fabric that a cluster chooses', () => {
  test('keeps rails apart with a fat tree each: the published 768 switches of 2,048 nodes', () => {
    const { fabric } = facilityOf('dgx-h100', 2048, { topology: 'rail-only' });
    if (fabric.kind !== 'built') throw new Error('The fabric cannot be built.');
    expect(fabric.fabric.leaves + fabric.fabric.spines + fabric.fabric.cores).toBe(768);
    expect(fabric.accelerators).toBe(16_384);
  });

  test('takes the switch and the planes that are named', () => {
    const { fabric } = facilityOf('dgx-h100', 64, { switchId: 'sn5600', planes: entered(2) });
    expect(fabric).toMatchObject({
      kind: 'built',
      device: { id: 'sn5600' },
      rules: { planes: 2, linkGbps: 200, radix: 128 },
    });
  });

  test('is none with a switch that the catalogue does not have, and is not exchanged in silence', () => {
    const plan = withClusters(templatePlan('dgx-superpod-512'), { switchId: 'none-such' });
    const report = reportOf(plan);
    expect(report.facilities[0]?.fabric.kind).toBe('none');
    expect(report.findings.find(({ code }) => code === 'fabric.switch')).toMatchObject({
      level: 'problem',
      field: 'switchId',
    });
  });

  test('is none with a switch of 0 ports, and says so', () => {
    const switches = new Map(catalogue.network.switches);
    const usual = switches.get('qm9700');
    if (usual === undefined) throw new Error('The switch is missing.');
    switches.set('empty', {
      ...usual,
      id: 'empty',
      name: 'Empty',
      ports: { ...usual.ports, value: 0 },
    });
    const report = evaluate(withClusters(templatePlan('dgx-superpod-512'), { switchId: 'empty' }), {
      ...catalogue,
      network: { ...catalogue.network, switches },
    });
    expect(report.findings.find(({ code }) => code === 'fabric.switch')?.cause).toContain(
      'too few ports',
    );
    expect(report.workloads).toHaveLength(1);
  });

  test('sorts what it costs by category, and the categories add up to the bill', () => {
    const { categories, billUsd } = facilityOf('dgx-h100', 128);
    expect(categories.map(({ category }) => category)).toEqual([
      'nodes',
      'switches',
      'optics',
      'racks',
      'support',
    ]);
    const sum = (end: 'value' | 'low' | 'high'): number =>
      categories.reduce((total, { totalUsd }) => total + (totalUsd?.[end] ?? 0), 0);
    expect(sum('value')).toBeCloseTo(billUsd.value ?? 0, 4);
    expect(sum('low')).toBeCloseTo(billUsd.low ?? 0, 4);
    expect(sum('high')).toBeCloseTo(billUsd.high ?? 0, 4);
    expect(categories.at(-1)).toMatchObject({ unpriced: 3 });
  });
});
