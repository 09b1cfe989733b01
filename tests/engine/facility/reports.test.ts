import { describe, expect, test } from 'vitest';
import { reportCluster } from '@engine/facility/report-cluster';
import { reportSite } from '@engine/facility/report-site';
import type { Cluster, Quantity, Site } from '@engine/plan';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

function quantity(value: number): Quantity {
  return { value, origin: 'yours' };
}

function row<Row>(rows: ReadonlyMap<string, Row>, id: string): Row {
  const found = rows.get(id);
  if (found === undefined) throw new Error(`The catalogue has no '${id}'.`);
  return found;
}

const system = row(catalogue.systems, 'dgx-h100');
const accelerator = row(catalogue.accelerators, 'h100-sxm');

const cluster: Cluster = {
  id: 'cluster-1',
  name: 'Pod',
  siteId: 'site-1',
  systemId: 'dgx-h100',
  nodes: quantity(128),
  scaleOutGbpsPerAccelerator: quantity(400),
  rentUsdPerAcceleratorHour: quantity(3),
  purchaseUsdPerNode: quantity(300_000),
};

const site: Site = {
  id: 'site-1',
  name: 'Hall',
  regionId: 'region-1',
  powerCapKw: null,
  powerUsageEffectiveness: quantity(1.3),
  electricityUsdPerKwh: quantity(0.08),
  gridGramsCo2PerKwh: quantity(250),
};

describe('a cluster', () => {
  test('adds up its accelerators: 128 DGX H100 are 1,024 GPUs, 1.01 EFLOP/s in BF16, 82 TB', () => {
    const report = reportCluster(cluster, { system, accelerator }, catalogue.assumptions);
    expect(report.accelerators.value).toBe(1024);
    expect(report.peakPflops.value).toBeCloseTo(1024 * 0.989, 0);
    expect(report.memoryTb.value).toBeCloseTo(1024 * 0.08, 6);
    expect(report.memoryBandwidthTbps.value).toBeCloseTo(1024 * 3.35, 6);
    expect(report.scaleOutTbps.value).toBeCloseTo(1024 * 0.4, 6);
    expect(report.purchaseUsd.value).toBe(128 * 300_000);
    expect(report.rentUsdPerHour.value).toBe(1024 * 3);
  });

  test('takes the measured power of a node where there is one, and names the rated one otherwise', () => {
    const measured = reportCluster(cluster, { system, accelerator }, catalogue.assumptions);
    expect(measured.itPowerKw.value).toBeCloseTo(
      128 * ((system.typicalPower?.value ?? 0) + 1.02),
      6,
    );
    const unmeasured = { ...system, typicalPower: null };
    const rated = reportCluster(
      cluster,
      { system: unmeasured, accelerator },
      catalogue.assumptions,
    );
    expect(rated.itPowerKw.value).toBeCloseTo(128 * 11.22, 6);
    expect(rated.itPowerKw.inputs.some(({ label }) => label.includes('rated maximum'))).toBe(true);
  });

  test('has no purchase and no rent without a price', () => {
    const free = {
      ...cluster,
      purchaseUsdPerNode: quantity(0),
      rentUsdPerAcceleratorHour: quantity(0),
    };
    const report = reportCluster(free, { system, accelerator }, catalogue.assumptions);
    expect(report.purchaseUsd.value).toBeNull();
    expect(report.rentUsdPerHour.value).toBeNull();
    expect(report.purchaseUsd.unavailable).toMatch(/price/);
  });
});

describe('a site', () => {
  const costs = { utilisationFraction: quantity(0.5), horizonYears: quantity(3) };

  test('draws, emits and pays by hand calculation', () => {
    const report = reportSite(site, [{ cluster, system }], costs, catalogue.assumptions);
    const itKw = 128 * ((system.typicalPower?.value ?? 0) + 1.02);
    const mwh = (itKw * 1.3 * 0.5 * 8760) / 1000;
    expect(report.itPowerKw.value).toBeCloseTo(itKw, 6);
    expect(report.facilityPowerKw.value).toBeCloseTo(itKw * 1.3, 6);
    expect(report.energyMwhPerYear.value).toBeCloseTo(mwh, 6);
    expect(report.carbonTonnesPerYear.value).toBeCloseTo(mwh * 0.25, 6);
    expect(report.electricityUsdPerYear.value).toBeCloseTo(mwh * 80, 6);
  });

  test('leaves out clusters of other sites', () => {
    const elsewhere = { ...cluster, siteId: 'site-2' };
    const report = reportSite(site, [{ cluster: elsewhere, system }], costs, catalogue.assumptions);
    expect(report.itPowerKw.value).toBe(0);
    expect(report.electricityUsdPerYear.value).toBe(0);
  });
});
