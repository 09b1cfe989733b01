import { describe, expect, it } from 'vitest';
import { reportCluster } from '@engine/facility/report-cluster';
import type { ClusterReport } from '@engine/report';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { createCluster } from '@shared/plan/create';
import {
  acceleratorOf,
  figuresIn,
  quantity,
  reportOf,
  systemOf,
  templatePlan,
} from '../../fixtures/engine-fixture';

function clusterOf(systemId: string, nodes: number): ClusterReport {
  const system = systemOf(systemId);
  const cluster = createCluster(catalogue, systemId, 'site-1', 'cluster-1', quantity(nodes));
  return reportCluster(
    cluster,
    { system, accelerator: acceleratorOf(system.acceleratorId) },
    catalogue.assumptions,
  );
}

describe.each([...catalogue.systems.keys()])('a cluster of %s', (id) => {
  const system = systemOf(id);
  const part = acceleratorOf(system.acceleratorId);
  const report = clusterOf(id, 16);
  const count = 16 * system.acceleratorsPerNode.value;

  it('has sixteen times what a node has', () => {
    const one = clusterOf(id, 1);
    for (const key of ['accelerators', 'memoryTb', 'peakPflops', 'itPowerKw'] as const) {
      expect((report[key].value ?? 0) / (one[key].value ?? 1), key).toBeCloseTo(16, 9);
    }
  });

  it('adds up the data sheets of its accelerators', () => {
    expect(report.accelerators.value).toBe(count);
    expect(report.memoryTb.value).toBeCloseTo((count * part.memoryCapacity.value) / 1e3, 9);
    expect(report.memoryBandwidthTbps.value).toBeCloseTo(
      (count * part.memoryBandwidth.value) / 1e3,
      9,
    );
    expect(report.scaleOutTbps.value).toBeCloseTo(
      (count * system.scaleOutBandwidth.value) / 1e3,
      9,
    );
  });

  it('names the format that its peak is stated in', () => {
    const precision = /dense (\w+)$/.exec(report.peakPflops.label)?.[1]?.toLowerCase() ?? '';
    const rate = part.peakDense[precision as keyof typeof part.peakDense]?.value ?? Number.NaN;
    expect(report.peakPflops.value).toBeCloseTo((count * rate) / 1e3, 9);
  });

  it('has a price exactly where somebody published one', () => {
    expect(report.purchaseUsd.value !== null).toBe(system.price !== null);
    for (const figure of figuresIn(report)) {
      expect(figure.value === null, figure.key).toBe(figure.unavailable !== undefined);
    }
  });
});

/** What the makers and operators of published clusters say of them as a whole. */
describe('a published cluster', () => {
  it.each([
    // Grattafiori et al. 2024, section 3.3, https://arxiv.org/abs/2407.21783: 16K H100 with 80 GB of HBM3 each.
    ['llama-3-405b', 16_384, 1_311, 16_200],
    // DeepSeek-AI 2024, section 3.1, https://arxiv.org/abs/2412.19437: 2,048 H800.
    ['deepseek-v3', 2_048, 164, 2_025],
    // NVIDIA DGX SuperPOD with DGX B200: 32 nodes of 8 GPUs and 1.44 TB to a scalable unit, here two.
    ['dgx-superpod-512', 512, 92.2, 1_152],
    // NVIDIA GB300 NVL72 data sheet: 72 GPUs and 20 TB in a rack.
    ['chat-million-gb300', 72, 20, 180],
  ])('%s has %i GPUs, %d TB and %d PFLOP/s', (id, gpus, terabytes, petaflops) => {
    const [cluster] = reportOf(templatePlan(id)).clusters;
    const racks = (cluster?.accelerators.value ?? 0) / gpus;
    expect(Number.isInteger(racks)).toBe(true);
    expect((cluster?.memoryTb.value ?? 0) / racks / terabytes).toBeCloseTo(1, 2);
    expect((cluster?.peakPflops.value ?? 0) / racks / petaflops).toBeCloseTo(1, 2);
  });
});
