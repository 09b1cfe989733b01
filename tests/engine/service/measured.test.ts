import { describe, expect, it } from 'vitest';
import type { InferenceWorkload } from '@engine/plan';
import {
  inferenceOf,
  quantity,
  reportOf,
  templatePlan,
  withService,
} from '../../fixtures/engine-fixture';

const base = templatePlan('chat-fleet-h200');
const modelled = inferenceOf(base);
const measured = (change: Partial<InferenceWorkload>) => withService(base, change);
const timeMs = modelled.timePerOutputTokenMs.value ?? 0;
const rate = modelled.tokensPerSecondPerReplica.value ?? 0;

describe('a measured time per output token', () => {
  const plan = measured({ measuredTimePerOutputTokenMs: quantity(timeMs * 2) });
  const report = inferenceOf(plan);

  it('takes the place of the modelled one, without its range', () => {
    expect(report.timePerOutputTokenMs.value).toBeCloseTo(timeMs * 2, 9);
    expect(report.timePerOutputTokenMs.low).toBeUndefined();
    expect(report.timePerOutputTokenMs.label).toBe('Time per output token, measured');
    expect(report.timePerOutputTokenMs.formula).toContain('the model gives t_model');
  });

  it('slows the replica down and asks for more of them', () => {
    expect(report.tokensPerSecondPerReplica.value).toBeCloseTo(rate / 2, 6);
    const [more, before] = [report.replicasNeeded.value ?? 0, modelled.replicasNeeded.value ?? 0];
    expect(more).toBeGreaterThanOrEqual(2 * before - 1);
    expect(more).toBeLessThanOrEqual(2 * before);
  });

  it('keeps the parts of the step adding up to it', () => {
    const sum = report.decodeParts.reduce((total, { value }) => total + value, 0);
    expect(sum).toBeCloseTo(timeMs * 2, 6);
  });

  it('has the error of the model named', () => {
    const note = reportOf(plan).findings.find(({ code }) => code === 'inference.measured');
    expect(note?.title).toBe('The model is 50% below the measured time per output token');
    expect(note?.field).toBe('measuredTimePerOutputTokenMs');
  });
});

describe('a measured time to first token', () => {
  const firstMs = modelled.timeToFirstTokenMs.value ?? 0;
  const plan = measured({ measuredTimeToFirstTokenMs: quantity(firstMs * 1.25) });
  const report = inferenceOf(plan);

  it('takes the place of the modelled one, without its range, and leaves the rest alone', () => {
    expect(modelled.timeToFirstTokenMs.low).toBeLessThan(firstMs);
    expect(report.timeToFirstTokenMs.value).toBeCloseTo(firstMs * 1.25, 9);
    expect(report.timeToFirstTokenMs.low).toBeUndefined();
    expect(report.timeToFirstTokenMs.label).toBe('Time to first token, measured');
    const given = report.timeToFirstTokenMs.inputs.find(({ symbol }) => symbol === 't_model');
    expect(given?.value).toBeCloseTo(firstMs, 9);
    expect(report.timePerOutputTokenMs.value).toBe(timeMs);
    expect(report.tokensPerSecondPerReplica.value).toBe(rate);
  });

  it('has the error of the model named, and a target that it misses', () => {
    const note = reportOf(plan).findings.find(({ code }) => code === 'inference.measured');
    expect(note?.title).toBe('The model is 20% below the measured time to first token');
    const missed = ({ findings }: ReturnType<typeof reportOf>) =>
      findings.find(({ code }) => code === 'inference.measuredMisses')?.title;
    expect(missed(reportOf(plan))).toBeUndefined();
    const late = measured({ measuredTimeToFirstTokenMs: quantity(60_000) });
    expect(missed(reportOf(late))).toBe('The measured time to first token misses its target');
  });
});

describe('a measured rate', () => {
  const report = inferenceOf(measured({ measuredTokensPerSecond: quantity(rate / 4) }));

  it('takes the place of the modelled one and leaves the time alone', () => {
    expect(report.tokensPerSecondPerReplica.value).toBeCloseTo(rate / 4, 9);
    expect(report.timePerOutputTokenMs.value).toBeCloseTo(timeMs, 9);
    const cost =
      (report.usdPerThousandRequests.value ?? 0) / (modelled.usdPerThousandRequests.value ?? 1);
    const replicas = (report.replicasNeeded.value ?? 0) / (modelled.replicasNeeded.value ?? 1);
    expect(cost / replicas).toBeCloseTo(1, 9);
    expect(replicas).toBeGreaterThan(3);
  });
});

describe('without a measurement', () => {
  it('nothing changes, and an absent field is the same as an empty one', () => {
    const empty = measured({ measuredTimePerOutputTokenMs: null, measuredTokensPerSecond: null });
    expect(inferenceOf(empty)).toEqual(modelled);
  });

  it('overrides nothing where no batch meets the targets', () => {
    const hopeless = measured({
      timePerOutputTokenTargetMs: quantity(0.01),
      measuredTokensPerSecond: quantity(100),
    });
    expect(inferenceOf(hopeless).tokensPerSecondPerReplica.value).toBeNull();
    const codes = reportOf(hopeless).findings.map(({ code }) => code);
    expect(codes).not.toContain('inference.measured');
  });
});
