import { describe, expect, it } from 'vitest';
import { reliabilitySwings } from '@engine/training/reliability-swings';
import { rangeOf } from '@engine/training/swing';
import { quantity } from '../../fixtures/engine-fixture';
import { evaluatedRun } from './evaluated-fixture';

describe('the range of a number', () => {
  it.each([
    [10, undefined, undefined, { low: 9, high: 11, isStated: false }],
    [10, 5, undefined, { low: 5, high: 10, isStated: true }],
    [10, undefined, 30, { low: 10, high: 30, isStated: true }],
    [10, 5, 30, { low: 5, high: 30, isStated: true }],
  ])('%s from %s to %s', (value, low, high, expected) => {
    expect(rangeOf(value, low, high)).toEqual(expected);
  });
});

describe('what stops a run', () => {
  const outcomeAt = (share: number) => ({ days: 1 / share, usd: null });
  const swingsOf = (change: Parameters<typeof evaluatedRun>[1] = {}) =>
    new Map(
      reliabilitySwings(evaluatedRun({}, change), outcomeAt).map((swing) => [swing.key, swing]),
    );

  it('is four numbers, with the ranges that the catalogue states', () => {
    const swings = swingsOf();
    expect(swings.size).toBe(4);
    expect(swings.get('detectionSeconds')).toMatchObject({ low: 10, high: 600, isStated: true });
    expect(swings.get('yearsBetweenInterruptions')?.isStated).toBe(false);
    expect(swings.get('checkpointGigabytesPerSecond')?.value).toBeCloseTo(0.122 * 16_384, 6);
  });

  it.each([
    ['yearsBetweenInterruptions', -1],
    ['checkpointGigabytesPerSecond', -1],
    ['detectionSeconds', 1],
    ['restartSeconds', 1],
  ])('more of %s changes days in the direction %s', (key, direction) => {
    const swing = swingsOf().get(key);
    expect(Math.sign((swing?.atHigh.days ?? 0) - (swing?.atLow.days ?? 0))).toBe(direction);
  });

  it('goes by the numbers of the plan where it has any', () => {
    const swing = swingsOf({ restartSeconds: quantity(1000) }).get('restartSeconds');
    expect(swing).toMatchObject({ value: 1000, low: 900, isStated: false });
    expect(swing?.high).toBeCloseTo(1100, 9);
  });

  it('always costs time', () => {
    for (const { atLow } of swingsOf().values()) expect(atLow.days).toBeGreaterThan(1);
  });
});
