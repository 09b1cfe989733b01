import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createChoice } from '../../../src/renderer/features/explore/choice';
import {
  readTypedChoice,
  stepOf,
  type ChoiceRange,
} from '../../../src/renderer/features/explore/choice-range';

const nodes: ChoiceRange = {
  label: 'GPUs',
  steps: [1, 2, 4, 8],
  unit: 'count',
  text: (value) => String(value * 8),
  shownPerValue: 8,
  isWhole: true,
};

describe('a typed value', () => {
  it.each([
    ['24', 3],
    ['30', 4],
    ['64', 8],
    ['0.05k', 6],
  ])('%s GPUs are %i nodes', (text, value) => {
    expect(readTypedChoice(nodes, text, 'en')).toEqual({ ok: true, value });
  });

  it.each([
    ['3', 'Enter at least 8.'],
    ['100', 'Enter at most 64.'],
    ['many', /not a number/],
    ['', /Enter a number/],
    ['5 parsecs', /not a unit/],
  ])('“%s” is refused with a reason', (text, message) => {
    const read = readTypedChoice(nodes, text, 'en');
    expect(read.ok).toBe(false);
    expect(read.ok ? '' : read.message).toMatch(message);
  });

  it('may lie beyond the slider where a maximum says so', () => {
    const free: ChoiceRange = { ...nodes, shownPerValue: 1, maximum: 1_000 };
    expect(readTypedChoice(free, '999', 'en')).toEqual({ ok: true, value: 999 });
    expect(readTypedChoice(free, '1001', 'en').ok).toBe(false);
  });

  it('lies between the ends, whatever is typed', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (typed) => {
        const read = readTypedChoice(nodes, String(typed), 'en');
        if (!read.ok) return;
        expect(read.value).toBeGreaterThanOrEqual(1);
        expect(read.value).toBeLessThanOrEqual(8);
        expect(Number.isInteger(read.value)).toBe(true);
      }),
    );
  });

  it('moves the thumb to the nearest step', () => {
    expect([1, 3, 5, 6, 8].map((value) => stepOf(nodes, value))).toEqual([0, 2, 2, 3, 3]);
  });
});

describe('a choice', () => {
  it('changes one part, keeps the rest, and goes back', () => {
    const choice = createChoice({ users: 1, sites: 3 });
    const { change } = choice;
    change('users', 10);
    expect(choice.store.getState()).toEqual({ users: 10, sites: 3 });
    expect(choice.change).toBe(change);
    choice.reset();
    expect(choice.store.getState()).toEqual({ users: 1, sites: 3 });
  });
});
