import { describe, expect, test } from 'vitest';
import { leavesPerUnit, radixAt } from '@engine/facility/fabric/cluster-fabric';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { clusterOf, entered, facilityOf } from './facility-fixture';

describe('the fabric of a cluster', () => {
  test.each([
    ['dgx-b200', 64, [16, 8, 0]],
    ['dgx-b200', 2048, [512, 512, 256]],
    ['dgx-b300', 288, [32, 18, 0]],
    ['dgx-b300', 1296, [144, 72, 0]],
    ['dgx-h100', 128, [32, 16, 0]],
  ])('of %s × %i is NVIDIA’s', (systemId, nodes, switches) => {
    const { leaves, spines, cores } = facilityOf(systemId, nodes);
    expect([leaves.value, spines.value, cores.value]).toEqual(switches);
  });

  test('counts a transceiver at every end: 1,024 GPUs have 1,024 in the nodes and 1,536 twin ports in the switches', () => {
    const pod = facilityOf('dgx-b200', 128);
    expect(pod.links.value).toBe(2048);
    expect(pod.nodeTransceivers.value).toBe(1024);
    expect(pod.switchTransceivers.value).toBe((1024 + 2 * 1024) / 2);
    expect(pod.bisectionTbps.value).toBeCloseTo((1024 * 0.4) / 2, 9);
  });

  test('is none for one node or without a network, and says so', () => {
    for (const facility of [
      facilityOf('dgx-h100', 1),
      facilityOf('dgx-h100', 8, { scaleOutGbpsPerAccelerator: entered(0) }),
    ]) {
      expect(facility.fabric.kind).toBe('none');
      expect(facility.leaves.value).toBeNull();
      expect(facility.leaves.unavailable).toMatch(/\.$/);
      expect(facility.bill.some(({ category }) => category === 'switches')).toBe(false);
    }
  });

  test('takes a faster switch when the network is faster than the usual one, and planes when none is', () => {
    const faster = facilityOf('dgx-h100', 64, { scaleOutGbpsPerAccelerator: entered(800) });
    expect(faster.fabric).toMatchObject({ kind: 'built', device: { id: 'q3400-ra' } });
    const twice = facilityOf('dgx-h100', 64, { scaleOutGbpsPerAccelerator: entered(1600) });
    expect(twice.fabric).toMatchObject({ kind: 'built', rules: { planes: 2, linkGbps: 800 } });
  });

  test('has fewer spines and a narrower middle when oversubscribed', () => {
    const free = facilityOf('dgx-h100', 256);
    const narrow = facilityOf('dgx-h100', 256, { oversubscription: entered(3) });
    expect(narrow.spines.value).toBeLessThan(free.spines.value ?? 0);
    expect(narrow.bisectionTbps.value).toBeLessThan((free.bisectionTbps.value ?? 0) / 2);
  });

  test('shares a leaf between rails while there are ports to spare', () => {
    expect([8, 16, 31, 32, 64].map((nodes) => leavesPerUnit(8, 8 * nodes, 32))).toEqual([
      2, 4, 8, 8, 8,
    ]);
  });

  test('splits the ports of a switch that can be split, and of no other', () => {
    const radix = (id: string, gbps: number): number => {
      const device = catalogue.network.switches.get(id);
      return device === undefined ? 0 : radixAt(device, gbps);
    };
    expect([radix('sn5600', 800), radix('sn5600', 400), radix('qm9700', 200)]).toEqual([
      64, 128, 64,
    ]);
  });

  test('of a size that three tiers cannot join is no number, and no exception', () => {
    const facility = facilityOf('dgx-h100', 1e9);
    expect(facility.fabric.kind).toBe('tooLarge');
    expect(facility.leaves.unavailable).toContain('QM9700');
    expect(facility.billUsd.value).toBeGreaterThan(0);
  });

  test('of every system of the catalogue can be built with 16 nodes', () => {
    for (const id of catalogue.systems.keys()) {
      const { fabric } = facilityOf(id, 16);
      expect(fabric.kind, id).toBe('built');
      expect(clusterOf(id, 16).systemId).toBe(id);
    }
  });
});
