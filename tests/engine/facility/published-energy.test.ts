import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  auxiliaryShare,
  carbonTonnes,
  clusterPowerKw,
  energyMwhPerYear,
  loadPower,
} from '@engine/facility/power';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import {
  quantity,
  systemOf,
  templatePlan,
  trainingOf,
  withSites,
} from '../../fixtures/engine-fixture';

/**
 * Luccioni et al. 2022, Estimating the carbon footprint of BLOOM, table 4, https://arxiv.org/abs/2211.02001:
 * electricity, grid intensity and emissions of four training runs.
 */
describe('the emissions of a published run', () => {
  it.each([
    ['GPT-3', 1_287, 429, 552],
    ['Gopher', 1_066, 330, 352],
    ['OPT', 324, 231, 75],
    ['BLOOM', 433, 57, 25],
  ])('%s: %d MWh at %d g/kWh are %d t', (_name, mwh, grams, tonnes) => {
    expect(Math.round(carbonTonnes(mwh, grams))).toBe(tonnes);
  });

  // Model card of Llama 3.1, https://github.com/meta-llama/llama-models: GPU-hours at 700 W, location-based emissions.
  it.each([
    ['8B', 1.46e6, 420],
    ['70B', 7.0e6, 2_040],
    ['405B', 30.84e6, 8_930],
  ])(
    'Llama 3.1 %s: %d GPU-hours at 700 W are %d t on a grid of 414 g/kWh',
    (_name, hours, tonnes) => {
      const mwh = (hours * 0.7) / 1e3;
      expect(carbonTonnes(mwh, 414) / tonnes).toBeCloseTo(1, 1);
    },
  );
});

describe('the power of nodes', () => {
  // NVIDIA DGX SuperPOD reference architecture, DGX H100: one scalable unit has 31 or 32 nodes of 10.2 kW at most.
  it('of a SuperPOD unit of 32 DGX H100 is 326 kW at most, 248 kW as measured under load', () => {
    const system = systemOf('dgx-h100');
    expect(32 * system.maxPower.value).toBeCloseTo(326.4, 6);
    expect(clusterPowerKw(system, 32, 0)).toBeCloseTo(248, 6);
  });

  it('is the rated maximum where nobody measured it', () => {
    const unmeasured = { ...systemOf('dgx-h100'), typicalPower: null };
    expect(loadPower(unmeasured)).toBe(unmeasured.maxPower);
    expect(clusterPowerKw(unmeasured, 2, 0)).toBeCloseTo(20.4, 6);
  });

  // About 150 MW for 100,000 H100: 700 W each, 575 W more in its server, about a tenth for storage, switches and optics. SemiAnalysis
  // 2024 as reported by https://naddod.com/blog/ai-evolution-100k-h100-clusters, the source of the share.
  it('with switches and storage is about the published 150 MW for 100,000 H100', () => {
    const rated = { ...systemOf('dgx-h100'), typicalPower: null };
    const share = auxiliaryShare(catalogue.assumptions).value;
    const each = clusterPowerKw(rated, 12_500, share) / 100_000;
    expect(each).toBeCloseTo(1.4025, 6);
    expect(100_000 * each).toBeGreaterThan(0.9 * 150_000);
    expect(100_000 * each).toBeLessThan(150_000);
  });

  it('is in proportion to their number on every system', () => {
    for (const system of catalogue.systems.values()) {
      const one = clusterPowerKw(system, 1, 0);
      expect(one, system.id).toBe(loadPower(system).value);
      expect(clusterPowerKw(system, 1_000, 0) / one, system.id).toBeCloseTo(1_000, 6);
      expect(clusterPowerKw(system, 0, 0.1), system.id).toBe(0);
    }
  });
});

describe('the energy of a year', () => {
  it.each([
    ['one kilowatt all year', 1, 1, 1, 8.76],
    ['a megawatt at the global mean PUE', 1_000, 1.54, 1, 13_490.4],
    ['a megawatt in a hyperscale hall, four fifths of the time', 1_000, 1.1, 0.8, 7_708.8],
    ['nothing when never used', 1_000, 1.5, 0, 0],
  ])('of %s', (_what, kilowatts, effectiveness, used, mwh) => {
    expect(energyMwhPerYear(kilowatts, effectiveness, used)).toBeCloseTo(mwh, 6);
  });

  it('is in proportion to power, PUE and use, and so are its emissions', () => {
    const factor = fc.double({ min: 0.01, max: 100, noNaN: true });
    fc.assert(
      fc.property(factor, factor, factor, factor, (power, effectiveness, used, grams) => {
        const energy = energyMwhPerYear(power, effectiveness, used);
        const twice = [
          energyMwhPerYear(2 * power, effectiveness, used),
          energyMwhPerYear(power, 2 * effectiveness, used),
          energyMwhPerYear(power, effectiveness, 2 * used),
        ];
        for (const doubled of twice) expect(doubled / energy).toBeCloseTo(2, 9);
        expect(carbonTonnes(2 * energy, grams) / carbonTonnes(energy, 2 * grams)).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('the electricity of a training run', () => {
  const plan = templatePlan('llama-3-405b');

  // 30.84 million GPU-hours at 700 W each are 21.6 GWh for the GPUs alone; hosts and cooling come on top.
  it('of Llama 3 405B is more than its GPUs alone draw and less than twice that', () => {
    const mwh = trainingOf(plan).energyMwh.value ?? Number.NaN;
    const gpusAlone = (30.84e6 * 0.7) / 1e3;
    expect(mwh).toBeGreaterThan(gpusAlone);
    expect(mwh).toBeLessThan(2 * gpusAlone);
  });

  it('emits nothing on a grid without carbon, and as much as its grid says otherwise', () => {
    const on = (grams: number): number | null =>
      trainingOf(withSites(plan, { gridGramsCo2PerKwh: quantity(grams) })).carbonTonnes.value;
    expect(on(0)).toBe(0);
    const mwh = trainingOf(plan).energyMwh.value ?? Number.NaN;
    expect(on(414)).toBeCloseTo(mwh * 0.414, 6);
  });
});
