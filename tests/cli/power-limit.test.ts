import { describe, expect, it } from 'vitest';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { caseMachine } from '../../src/cli/estimate/case-hardware';

/** Rate of 16-bit products, share of the peak that attention reaches, and memory rate of H100s with those words beside them. */
function ratesOf(interconnect: string, accelerator = 'H100 SXM 80GB') {
  const { device } = caseMachine({ accelerator, count: 8, interconnect }, catalogue, () => {});
  const { attentionFraction } = device.constants;
  const products = device.rates.bf16?.achievableFlopPerSecond ?? Number.NaN;
  return { products, attentionFraction, memory: device.memoryBytesPerSecond };
}

describe('a power limit that a case states', () => {
  const free = ratesOf('NVLink');

  it.each([
    'NVLink; 500 W power limit (not 700 W)',
    'NVLink, limited to 500 W',
    'NVLink, power capped at 500 W',
  ])('lowers what the matrix units reach, and no memory: %s', (words) => {
    const limited = ratesOf(words);
    expect(limited.products / free.products).toBeCloseTo(Math.sqrt(5 / 7), 9);
    expect(limited.attentionFraction / free.attentionFraction).toBeCloseTo(Math.sqrt(5 / 7), 9);
    expect(limited.memory).toBe(free.memory);
  });

  it('is read from the name of the part as well', () => {
    expect(ratesOf('NVLink', 'H100 SXM 80GB, 350 W cap').products).toBeLessThan(free.products);
  });

  it.each(['NVLink, 700 W power limit', 'one node, NVLink, 400 W', 'NVLink, 1000 W power limit'])(
    'changes nothing where it is the power as sold or above, or no limit: %s',
    (words) => {
      expect(ratesOf(words)).toEqual(free);
    },
  );
});
