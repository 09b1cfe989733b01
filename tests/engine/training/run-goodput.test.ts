import { describe, expect, it } from 'vitest';
import type { TrainingWorkload } from '@engine/plan';
import {
  figuresIn,
  quantity,
  templatePlan,
  trainingOf,
  withClusters,
  withTraining,
} from '../../fixtures/engine-fixture';

const base = templatePlan('llama-3-405b');

function goodputOf(change: Partial<TrainingWorkload> = {}) {
  return trainingOf(withTraining(base, change)).goodput;
}

const hour = 3_600;

/**
 * Llama team 2024, section 3.3.4, https://arxiv.org/abs/2407.21783, read 2026-11-23: 54 days on 16,384 H100, 419 unexpected
 * interruptions, more than 90 % effective training time; 15.6 trillion tokens.
 */
describe('Llama 3 405B on 16,384 H100', () => {
  const llama = {
    modelId: 'llama-3.1-405b',
    tokens: quantity(15.6e12),
    sequenceLength: quantity(8_192),
    globalBatchSequences: quantity(2_048),
  };
  const cluster = withClusters(base, { nodes: quantity(2_048) });
  const report = trainingOf(withTraining(cluster, llama));

  it('is interrupted every 3.1 hours', () => {
    expect((report.goodput.between.value ?? 0) / hour).toBeCloseTo((54 * 24) / 419, 1);
  });

  it('keeps more than 90 % of its time', () => {
    expect(report.goodput.usefulTime.value).toBeGreaterThan(0.9);
    expect(report.goodput.usefulTime.value).toBeLessThan(0.97);
  });

  it('loses a useful share like the published one, so that 54 days at its 38 to 43 % MFU follow', () => {
    // 6 · 405 · 10⁹ · 15.6 · 10¹² FLOP at 41 % of 16,384 · 989 TFLOP/s, over the useful share of the time.
    const steady = (6 * 405e9 * 15.6e12) / (0.41 * 16_384 * 989e12) / 86_400;
    const useful = report.goodput.usefulTime.value ?? Number.NaN;
    expect(steady / useful).toBeGreaterThan(0.9 * 54);
    expect(steady / useful).toBeLessThan(1.4 * 54);
  });

  it('takes about as many interruptions as were counted, scaled by its days', () => {
    const { interruptions, days } = report.goodput;
    expect((interruptions.value ?? 0) / (days.value ?? 1)).toBeCloseTo(419 / 54, 0);
  });
});

describe('the time that interruptions leave', () => {
  it('makes the days of the plan where its share is the one assumed', () => {
    const { usefulTime, days } = goodputOf();
    const same = trainingOf(
      withTraining(base, { effectiveTimeFraction: quantity(usefulTime.value ?? 1) }),
    );
    expect(days.value).toBeCloseTo(same.days.value ?? 0, 9);
  });

  it('grows with rarer interruptions, faster notice, restart and storage, and spare nodes', () => {
    const share = (change: Partial<TrainingWorkload>) => goodputOf(change).usefulTime.value ?? 0;
    const few = share({ yearsBetweenInterruptions: quantity(2) });
    expect(share({ yearsBetweenInterruptions: quantity(6) })).toBeGreaterThan(few);
    for (const key of ['detectionSeconds', 'restartSeconds'] as const) {
      expect(share({ [key]: quantity(60) })).toBeGreaterThan(share({ [key]: quantity(1_200) }));
    }
    expect(share({ checkpointGigabytesPerSecond: quantity(4_000) })).toBeGreaterThan(
      share({ checkpointGigabytesPerSecond: quantity(100) }),
    );
    const spares = [0, 2, 8, 32, 128].map((count) => share({ spareNodes: quantity(count) }));
    expect(spares).toEqual(spares.toSorted((one, other) => one - other));
    expect(spares.at(-1)).toBeCloseTo(share({}), 3);
  });

  it('saves a checkpoint as often as Young says', () => {
    const { checkpointSeconds, between, checkpointInterval } = goodputOf();
    const best = Math.sqrt(2 * (checkpointSeconds.value ?? 0) * (between.value ?? 0));
    expect(checkpointInterval.value).toBeCloseTo(best, 6);
  });

  it('writes 5.7 TB for 405 billion parameters, near the 13 bytes each that are published', () => {
    const { checkpointGb } = goodputOf({ modelId: 'llama-3.1-405b' });
    expect((checkpointGb.value ?? 0) / 405).toBeGreaterThan(11);
    expect((checkpointGb.value ?? 0) / 405).toBeLessThan(16);
  });

  it('has no value, but a reason, where the layout does not fit the cluster', () => {
    const tiny = withClusters(base, { nodes: quantity(1) });
    const { goodput } = trainingOf(tiny);
    for (const figure of figuresIn(goodput)) {
      if (figure.value === null) expect(figure.unavailable).not.toBe('');
      else expect(Number.isFinite(figure.value)).toBe(true);
    }
    expect(goodput.days.value).toBeNull();
  });
});
