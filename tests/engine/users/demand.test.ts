import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peakRequestsPerSecond, peakRequestsPerUserHour } from '@engine/users/demand';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const { assumptions, sources } = catalogue;

describe('requests at the peak', () => {
  it('are 3.67 messages a day, in a day whose mean is 0.82 of its peak', () => {
    expect(peakRequestsPerUserHour(assumptions, 'message')).toBeCloseTo(3.67 / 24 / 0.82, 12);
    const { value } = peakRequestsPerSecond(assumptions, 'message', 700e6);
    expect(value).toBeCloseTo((700e6 * 3.67) / 86_400 / 0.82, 3);
  });

  it('grow with the users, for messages and for images', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('message' as const, 'image' as const),
        fc.integer({ min: 1, max: 1e9 }),
        (kind, users) => {
          const one = peakRequestsPerSecond(assumptions, kind, 1).value ?? Number.NaN;
          const many = peakRequestsPerSecond(assumptions, kind, users).value ?? Number.NaN;
          expect(many / one / users).toBeCloseTo(1, 9);
        },
      ),
    );
  });

  it('name where the load was read, and that the users are the reader’s', () => {
    const { inputs } = peakRequestsPerSecond(assumptions, 'image', 5);
    expect(inputs[0]).toMatchObject({ symbol: 'U', value: 5, from: 'reader' });
    for (const id of inputs.flatMap((input) => input.sources)) expect(sources.has(id)).toBe(true);
    expect(inputs.flatMap((input) => input.sources)).toHaveLength(2);
  });
});
