import { describe, expect, it } from 'vitest';
import { trainingSensitivity } from '@engine/training/sensitivity';
import { quantity, trainingOf } from '../../fixtures/engine-fixture';
import { evaluatedOf, evaluatedRun, trainingRows } from './evaluated-fixture';

const usdPerHour = 2;

function swingOf(evaluated: ReturnType<typeof evaluatedRun>, key: string) {
  const found = trainingSensitivity(evaluated, usdPerHour)?.swings.find((one) => one.key === key);
  if (found === undefined) throw new Error(`Nothing swings with ${key}.`);
  return found;
}

describe.each(trainingRows)('sensitivity of %s', (_id, plan) => {
  const evaluated = evaluatedOf(plan);
  const sensitivity = trainingSensitivity(evaluated, usdPerHour);
  if (sensitivity === null) throw new Error('The run has no time.');

  it('starts from the days and accelerator-hours of the report', () => {
    const report = trainingOf(plan);
    expect(sensitivity.planned.days).toBeCloseTo(report.days.value ?? 0, 9);
    expect((sensitivity.planned.usd ?? 0) / usdPerHour).toBeCloseTo(
      report.acceleratorHours.value ?? 0,
      3,
    );
  });

  it('tells the widest swing first and leaves out what moves nothing', () => {
    const widths = sensitivity.swings.map(({ atLow, atHigh }) =>
      Math.max(
        Math.abs(atHigh.days - atLow.days) / sensitivity.planned.days,
        Math.abs((atHigh.usd ?? 0) - (atLow.usd ?? 0)) / (sensitivity.planned.usd ?? 1),
      ),
    );
    expect(widths).toEqual(widths.toSorted((one, other) => other - one));
    expect(widths.at(-1)).toBeGreaterThan(1e-3);
  });

  it('has finite ends on either side of every value', () => {
    for (const { low, value, high, atLow, atHigh, label } of sensitivity.swings) {
      expect(low, label).toBeLessThanOrEqual(value);
      expect(high, label).toBeGreaterThanOrEqual(value);
      expect(Number.isFinite(atLow.days + atHigh.days + (atLow.usd ?? 0))).toBe(true);
    }
  });

  it('names every number once', () => {
    const labels = sensitivity.swings.map(({ label }) => label);
    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe('the swing', () => {
  it('of tokens is proportional, that of effective time inverse', () => {
    const tokens = swingOf(evaluatedRun(), 'tokens');
    expect(tokens.isStated).toBe(false);
    expect(tokens.atHigh.days / tokens.atLow.days).toBeCloseTo(1.1 / 0.9, 9);
    const effective = swingOf(
      evaluatedRun({}, { effectiveTimeFraction: { ...quantity(0.8), low: 0.5, high: 1 } }),
      'effectiveTimeFraction',
    );
    expect(effective).toMatchObject({ isStated: true, low: 0.5, high: 1 });
    expect(effective.atLow.days / effective.atHigh.days).toBeCloseTo(2, 9);
  });

  it('of the price moves money alone', () => {
    const price = swingOf(evaluatedRun(), 'usdPerHour');
    expect(price.atLow.days).toBe(price.atHigh.days);
    expect((price.atHigh.usd ?? 0) / (price.atLow.usd ?? 1)).toBeCloseTo(1.1 / 0.9, 9);
  });

  it('of the network and of the rate of products shortens the run as they rise', () => {
    for (const key of ['scaleOutGbpsPerAccelerator', 'hardware.matmulShareOfCeiling16Bit']) {
      const { atLow, atHigh } = swingOf(evaluatedRun(), key);
      expect(atHigh.days, key).toBeLessThan(atLow.days);
    }
  });

  it('of exposed communication and of waiting lengthens it', () => {
    // Software of its time, as the run has it, overlaps nothing of the tensor ranks that could swing.
    const overlapped = evaluatedRun({ software: 'current' });
    for (const key of ['training.tensorParallelExposed', 'training.waitingPerDoubling']) {
      const { atLow, atHigh } = swingOf(overlapped, key);
      expect(atHigh.days, key).toBeGreaterThan(atLow.days);
    }
  });
});

it('a measured step time leaves nothing of the model to swing', () => {
  const measured = { ...quantity(5), low: 4, high: 6 };
  const sensitivity = trainingSensitivity(
    evaluatedRun({}, { measuredStepSeconds: measured }),
    null,
  );
  expect(sensitivity?.swings.map(({ key }) => key)).toEqual([
    'measuredStepSeconds',
    'tokens',
    'restartSeconds',
    'detectionSeconds',
    'yearsBetweenInterruptions',
    'checkpointGigabytesPerSecond',
  ]);
  expect(sensitivity?.planned.usd).toBeNull();
});

it('there is none without a time', () => {
  expect(trainingSensitivity(evaluatedRun({ tensorParallel: 1e6 }), usdPerHour)).toBeNull();
});
