import { describe, expect, test } from 'vitest';
import { systemOf } from '../../fixtures/engine-fixture';
import { entered, facilityOf } from './facility-fixture';

describe('racks', () => {
  test('hold what NVIDIA’s reference racks hold: four DGX B300 at about 56 kW, two DGX B200 above 25 kW', () => {
    const b300 = facilityOf('dgx-b300', 72);
    expect(b300.nodesPerRack.value).toBe(4);
    expect(b300.racks.value).toBe(18);
    expect(Math.abs((b300.rackPowerKw.value ?? 0) / 56 - 1)).toBeLessThan(0.05);
    const b200 = facilityOf('dgx-b200', 128);
    expect(b200.racks.value).toBe(64);
    expect(b200.rackPowerKw.value).toBeGreaterThan(25);
  });

  test('of a DGX GB200 scalable unit draw no more than the 1.2 MW that NVIDIA states for it', () => {
    const unit = facilityOf('gb200-nvl72', 8);
    expect(unit.racks.value).toBe(8);
    expect(unit.ratedPowerKw.value).toBeLessThan(1200);
    expect(unit.ratedPowerKw.value).toBeGreaterThan(0.8 * 1200);
  });

  test('of a DGX B200 scalable unit of 32 nodes draw about 458 kW', () => {
    expect(facilityOf('dgx-b200', 32).ratedPowerKw.value).toBeCloseTo(457.6, 1);
  });

  test('hold fewer nodes when they may draw less, and as many as fit by height when they may draw more', () => {
    const tight = facilityOf('dgx-h100', 10, { rackPowerKw: entered(21) });
    expect([tight.nodesPerRack.value, tight.racks.value]).toEqual([2, 5]);
    const ample = facilityOf('dgx-h100', 10, { rackPowerKw: entered(1000) });
    expect(ample.nodesPerRack.value).toBe(5);
    expect(ample.nodesPerRack.formula).toBe('m = min(⌊H / h⌋, ⌊K / p⌋)');
  });

  test('of a rack-scale system stay one each, however much a rack may draw', () => {
    expect(facilityOf('gb200-nvl72', 9, { rackPowerKw: entered(1000) }).racks.value).toBe(9);
  });

  test('that cannot feed one node have no number', () => {
    const none = facilityOf('dgx-b200', 4, { rackPowerKw: entered(10) });
    expect(none.nodesPerRack.value).toBeNull();
    expect(none.racks.unavailable).toBe('No node fits into a rack.');
    expect(none.bill.some(({ category }) => category === 'racks')).toBe(false);
  });

  test('give off what they draw: 1 kW is 3,412 BTU/h, and 12,000 BTU/h are a ton of refrigeration', () => {
    const { ratedPowerKw, heatBtuPerHour, coolingTons } = facilityOf('dgx-h100', 1);
    expect(ratedPowerKw.value).toBe(systemOf('dgx-h100').maxPower.value);
    expect(heatBtuPerHour.value).toBeCloseTo(10.2 * 3412.1416, 2);
    expect(coolingTons.value).toBeCloseTo((heatBtuPerHour.value ?? 0) / 12_000, 6);
  });
});
