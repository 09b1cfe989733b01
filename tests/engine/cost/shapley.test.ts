import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shapleyShares } from '@engine/cost/shapley';

const factorsOf = (...keys: readonly string[]) =>
  keys.map((key) => ({ key, label: `Factor ${key}` }));

describe('shares of a difference', () => {
  it('share an interaction of two factors equally', () => {
    // v = (1 + 2·a) · (10 + 5·b): a alone +20, b alone +5, both +35; 10 is the interaction.
    const shares = shapleyShares(
      factorsOf('a', 'b'),
      'USD',
      (on) => (on.has('a') ? 3 : 1) * (on.has('b') ? 15 : 10),
    );
    expect(shares.map(({ value }) => value)).toEqual([25, 10]);
    expect(shares[0]).toMatchObject({ key: 'a', label: 'Factor a', unit: 'USD' });
  });

  it('are the published ones of the glove game: two left gloves, one right', () => {
    // Each left 1/6, the right one 4/6: the textbook example of Shapley's value.
    const shares = shapleyShares(factorsOf('left 1', 'left 2', 'right'), '1', (on) =>
      on.has('right') && (on.has('left 1') || on.has('left 2')) ? 1 : 0,
    );
    for (const [index, expected] of [1 / 6, 1 / 6, 4 / 6].entries()) {
      expect(shares[index]?.value).toBeCloseTo(expected, 12);
    }
  });

  const results = fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), {
    minLength: 16,
    maxLength: 16,
  });
  const four = factorsOf('0', '1', '2', '3');
  const maskOf = (on: ReadonlySet<string>) =>
    [...on].reduce((mask, key) => mask + 2 ** Number(key), 0);

  it('add up to the whole difference, whatever the results', () => {
    fc.assert(
      fc.property(results, (values) => {
        const shares = shapleyShares(four, 'USD', (on) => values[maskOf(on)] ?? 0);
        const sum = shares.reduce((total, { value }) => total + value, 0);
        expect(Math.abs(sum - ((values[15] ?? 0) - (values[0] ?? 0)))).toBeLessThan(1e-5);
      }),
    );
  });

  it('are nothing for a factor that changes nothing, and alike for two that do the same', () => {
    fc.assert(
      fc.property(results, (values) => {
        const shares = shapleyShares(four, 'USD', (on) => {
          const alike = Number(on.has('0')) + Number(on.has('1'));
          return values[alike * 2 + Number(on.has('2'))] ?? 0;
        });
        expect(shares[3]?.value).toBeCloseTo(0, 5);
        expect(shares[0]?.value).toBeCloseTo(shares[1]?.value ?? 0, 5);
      }),
    );
  });

  it('refuse more factors than can be told apart', () => {
    expect(() =>
      shapleyShares(factorsOf('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'), '1', () => 0),
    ).toThrow(RangeError);
  });
});
