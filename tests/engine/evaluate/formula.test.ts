import { describe, expect, it } from 'vitest';
import { figure, planInput } from '@engine/explain';
import { computeFormula, recompute, UnreadableFormula } from './formula';

const values = new Map([
  ['a', 2],
  ['b', 3],
  ['t_a', 5],
  ['ρ', 0.5],
  ['n1', 10],
  ['n2', 20],
  ['p1', 1],
  ['p2', 4],
  ['accelerators per node', 8],
]);

describe('the reader of printed formulas', () => {
  it.each([
    ['a + b', 5],
    ['x = a + b', 5],
    ['u* = a · (b − 1)', 4],
    ['a · b / t_a', 1.2],
    ['a − b − 1', -2],
    ['12 / a / b', 2],
    ['1 + a · b', 7],
    ['t_a · a', 10],
    ['10⁶ · a', 2e6],
    ['a / 10¹²', 2e-12],
    ['⌊t_a / a⌋', 2],
    ['⌈t_a / a⌉', 3],
    ['⌈6 / a⌉', 3],
    ['min(⌊7 / a⌋, b, 9)', 3],
    ['max(a, b) · 2', 6],
    ['1 + ρ / (2 · (1 − ρ))', 1.5],
    ['log₂ (8 · a)', 4],
    ['a · log₂ 8', 6],
    ['Σ nᵢ', 30],
    ['a · Σ nᵢ · pᵢ', 180],
    ['Σ zᵢ', 0],
    ['accelerators per node / a', 4],
  ])('computes %s', (formula, expected) => {
    expect(computeFormula(formula, values)).toBeCloseTo(expected, 12);
  });

  it.each([
    ['a symbol without a value', 'a + z'],
    ['prose', 'the largest a that fits'],
    ['a symbol inside a longer word', 'alpha · 2'],
    ['an open bracket', '(a + b'],
    ['two values side by side', 'a b'],
    ['an empty formula', ''],
    ['a sum without an index', 'Σ a'],
  ])('refuses %s instead of guessing', (_what, formula) => {
    expect(() => computeFormula(formula, values)).toThrow(UnreadableFormula);
  });
});

describe('a figure', () => {
  const memory = figure({
    key: 'k',
    label: 'Memory',
    value: 12,
    unit: 'GB',
    formula: 'M = W / T + S · c',
    inputs: [
      planInput('W', 'Weights', 20, 'GB'),
      planInput('T', 'Ranks', 2, '1'),
      planInput('S', 'Cache per token', 1e6, 'B'),
      planInput('c', 'Tokens', 2_000, 'tokens'),
    ],
  });

  it('that mixes gigabytes and bytes is computed in bytes', () => {
    expect(recompute(memory).inBaseUnits).toBe(12);
    expect(recompute(memory).asPrinted).not.toBe(12);
  });

  it('whose units are all alike gives the same either way', () => {
    const alike = figure({ ...memory, value: 10, formula: 'M = W / T' });
    expect(recompute(alike)).toEqual({ asPrinted: 10, inBaseUnits: 10 });
  });
});
