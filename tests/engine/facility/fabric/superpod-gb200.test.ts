import { describe, expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { facilityOf } from '../facility-fixture';

/**
 * NVIDIA, DGX SuperPOD reference architecture, DGX GB200, read 2026-11-23: a scalable unit is 8 racks of 72 GPUs with 1.2 MW, and the
 * largest stated size is 128 racks with 9,216 GPUs. The document prints no switch counts; the rows are its unit repeated.
 * docs.nvidia.com/dgx-superpod/reference-architecture-scalable-infrastructure-gb200/latest/dgx-superpod-architecture.html
 */
describe.each([
  [1, 8, 576],
  [2, 16, 1152],
  [4, 32, 2304],
  [8, 64, 4608],
  [16, 128, 9216],
])('%i scalable units of DGX GB200', (units, racks, gpus) => {
  const facility = facilityOf('gb200-nvl72', racks);

  test('are that many racks and GPUs, each on its own port', () => {
    expect(facility.racks.value).toBe(racks);
    expect(facility.fabric).toMatchObject({ kind: 'built', accelerators: gpus });
    const { fabric } = facility;
    const layer = fabric.kind === 'built' ? fabric.fabric.layers[0] : undefined;
    expect(layer).toMatchObject({ key: 'nodeLeaf', links: gpus });
  });

  test('draw what the racks are rated at, which the 1.2 MW of a unit hold with a seventh to spare', () => {
    const perUnit = (facility.ratedPowerKw.value ?? 0) / units;
    expect(perUnit).toBeLessThan(1_200);
    expect(perUnit).toBeGreaterThan((6 / 7) * 1_200);
  });

  test('are provisioned with switches, storage and management inside the 1.2 MW that are printed', () => {
    const share = bundledCatalogue.assumptions['facility.auxiliaryPowerShare']?.value ?? 1;
    const perUnit = ((facility.ratedPowerKw.value ?? 0) / units) * (1 + share);
    expect(perUnit).toBeLessThanOrEqual(1_200);
    expect(perUnit).toBeGreaterThan(0.9 * 1_200);
  });

  test('are non-blocking', () => {
    const { fabric } = facility;
    expect(fabric.kind === 'built' ? fabric.fabric.cuts : null).toEqual([]);
  });
});
