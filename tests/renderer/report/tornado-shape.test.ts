import { describe, expect, it } from 'vitest';
import { trainingSensitivity } from '@engine/training/sensitivity';
import { trainingScaling } from '@engine/training/scaling';
import { scalingSeries, scalingTitle } from '../../../src/renderer/report/training/scaling-series';
import { tornadoShape, tornadoTitle } from '../../../src/renderer/report/training/tornado-shape';
import { quantity } from '../../fixtures/engine-fixture';
import { evaluatedRun } from '../../engine/training/evaluated-fixture';

// A stated share moves the run by itself; a computed one moves with what stops the run.
const evaluated = evaluatedRun({}, { effectiveTimeFraction: quantity(0.8) });
const sensitivity = trainingSensitivity(evaluated, 2);
if (sensitivity === null) throw new Error('The run has no time.');

describe.each(['days', 'usd'] as const)('bars of %s', (measure) => {
  const shape = tornadoShape(sensitivity, measure);

  it('are ten at most, the widest first, all about what is planned', () => {
    expect(shape.bars.length).toBeLessThanOrEqual(10);
    const widths = shape.bars.map(({ left, right }) => right - left);
    expect(widths).toEqual(widths.toSorted((one, other) => other - one));
    for (const { left, right } of shape.bars) {
      expect(left).toBeLessThanOrEqual(shape.centre);
      expect(right).toBeGreaterThanOrEqual(shape.centre);
    }
    expect(Math.min(...shape.bars.map(({ left }) => left))).toBe(0);
    expect(Math.max(...shape.bars.map(({ right }) => right))).toBeCloseTo(100, 9);
  });

  it('say which end of the number gives less', () => {
    const tokens = shape.bars.find(({ swing }) => swing.key === 'tokens');
    const effective = shape.bars.find(({ swing }) => swing.key === 'effectiveTimeFraction');
    expect(tokens?.isLowLess).toBe(true);
    expect(effective?.isLowLess).toBe(false);
  });

  it('of a computed effective time are those of what stops the run', () => {
    const computed = trainingSensitivity(evaluatedRun(), 2);
    if (computed === null) throw new Error('The run has no time.');
    expect(computed.swings.map(({ key }) => key)).not.toContain('effectiveTimeFraction');
    const swings = computed.swings.filter(({ key }) => key === 'yearsBetweenInterruptions');
    const [apart] = tornadoShape({ ...computed, swings }, measure).bars;
    expect(apart?.isLowLess).toBe(false);
  });

  it('the title names the widest with its ends', () => {
    const [first] = shape.bars;
    expect(tornadoTitle(shape, String)).toContain(
      `“${first?.swing.label}”: ${first?.least} to ${first?.most}`,
    );
  });
});

it('the price has a bar of money and none of days', () => {
  const keys = (measure: 'days' | 'usd') =>
    tornadoShape(sensitivity, measure).bars.map(({ swing }) => swing.key);
  expect(keys('usd')).toContain('usdPerHour');
  expect(keys('days')).not.toContain('usdPerHour');
});

it('nothing that moves is said to be so', () => {
  const still = tornadoShape({ ...sensitivity, swings: [] }, 'days');
  expect(still.bars).toEqual([]);
  expect(tornadoTitle(still, String)).toBe('No number moves the run by a thousandth');
});

describe('scaling as lines', () => {
  const scaling = trainingScaling(evaluated);

  it('has the ideal start where the kept batch does and never below it', () => {
    const [ideal, , kept] = scalingSeries(scaling, 'tokensPerSecond');
    expect(ideal?.points[0]?.y).toBe(kept?.points[0]?.y);
    for (const { x, y } of kept?.points ?? []) {
      expect(ideal?.points.find((point) => point.x === x)?.y).toBeGreaterThanOrEqual(
        y * (1 - 1e-9),
      );
    }
    const [shortest, , steps] = scalingSeries(scaling, 'stepSeconds');
    for (const { x, y } of steps?.points ?? []) {
      expect(shortest?.points.find((point) => point.x === x)?.y).toBeLessThanOrEqual(
        y * (1 + 1e-9),
      );
    }
    expect(scalingSeries(scaling, 'efficiency')[0]?.points.every(({ y }) => y === 1)).toBe(true);
  });

  it('says what twice the accelerators bring', () => {
    expect(scalingTitle(scaling, 16_384, 'en')).toMatch(
      /^Twice the accelerators train 1\.\d+ times as fast with the same batch, [12](\.\d+)? times with twice the batch$/,
    );
  });

  it('says so where the batch allows no more accelerators', () => {
    const least = {
      ...scaling,
      strong: scaling.strong.filter(({ accelerators }) => accelerators <= 16_384),
    };
    expect(scalingTitle(least, 16_384, 'en')).toMatch(
      /^The batch keeps no more than 16,384 accelerators busy; twice of both/,
    );
    expect(scalingTitle({ strong: [], weak: [] }, 8, 'en')).toBe(
      'The batch keeps no more than 8 accelerators busy',
    );
  });
});
