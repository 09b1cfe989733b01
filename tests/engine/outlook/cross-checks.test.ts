import { describe, expect, it } from 'vitest';
import {
  deviceHoursAtCount,
  h100Equivalents,
  powerCheck,
  tokenCheck,
} from '@engine/outlook/cross-checks';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { meterDefaults } from '@shared/outlook/meter-defaults';
import { acceleratorOf, quantity } from '../../fixtures/engine-fixture';

const inputs = meterDefaults(catalogue);
const at = Date.UTC(2026, 10, 23);

describe('H100-equivalents of a part', () => {
  it.each([
    ['h100-sxm', 1],
    ['b200-sxm', 4500 / 1979],
    ['a100-sxm-80gb', 624 / 1979],
  ])('%s', (id, expected) => {
    expect(h100Equivalents(acceleratorOf(id), catalogue)).toBeCloseTo(expected, 10);
  });

  it('of a part without 8-bit arithmetic come from its 16-bit rate', () => {
    const part = {
      ...acceleratorOf('h100-sxm'),
      peakDense: { bf16: acceleratorOf('h100-sxm').peakDense.bf16 },
    };
    const { bf16 } = part.peakDense;
    if (bf16 === undefined) throw new Error('The H100 has a 16-bit rate.');
    expect(h100Equivalents({ ...part, peakDense: { bf16 } }, catalogue)).toBeCloseTo(
      989 / 1979,
      10,
    );
    expect(h100Equivalents({ ...part, peakDense: {} }, catalogue)).toBeNull();
  });
});

describe('the power check', () => {
  it('finds 1.4 H100-equivalents per device, between an A100 and a GB300', () => {
    const { figure, plausible, isPlausible } = powerCheck(inputs, catalogue);
    expect(figure.value).toBeCloseTo(1.42, 2);
    expect(plausible?.from).toBeCloseTo(0.315, 3);
    expect(plausible?.to).toBeCloseTo(2.53, 2);
    expect(isPlausible).toBe(true);
  });

  it('contradicts a stock that the power of all sites could not feed', () => {
    const tenfold = { ...inputs, stock: quantity(213e6) };
    expect(powerCheck(tenfold, catalogue).isPlausible).toBe(false);
  });

  it('gives 0.23 to 0.39 billion device hours a day', () => {
    const hours = deviceHoursAtCount(inputs, catalogue.assumptions);
    expect((hours.low ?? 0) / 1e9).toBeCloseTo(0.23, 2);
    expect((hours.high ?? 0) / 1e9).toBeCloseTo(0.39, 2);
    expect(hours.value).toBeGreaterThan(hours.low ?? 0);
    expect(hours.value).toBeLessThan(hours.high ?? 0);
  });
});

describe('the token check', () => {
  it('asks about 200 tokens a second of every H100-equivalent that serves users', () => {
    const { figure } = tokenCheck(inputs, catalogue, at, null);
    expect(figure.value).toBeGreaterThan(195);
    expect(figure.value).toBeLessThan(210);
  });

  it('agrees or contradicts by what a part can reach', () => {
    expect(tokenCheck(inputs, catalogue, at, { from: 50, to: 1_000 }).isPlausible).toBe(true);
    expect(tokenCheck(inputs, catalogue, at, { from: 500, to: 1_000 }).isPlausible).toBe(false);
  });

  it('falls as the world computes more hours for the same tokens', () => {
    const busier = { ...inputs, stock: quantity(inputs.stock.value * 2) };
    const twice = tokenCheck(busier, catalogue, at, null).figure.value ?? 0;
    const once = tokenCheck(inputs, catalogue, at, null).figure.value ?? 0;
    expect(once / twice).toBeCloseTo(2, 10);
  });
});
