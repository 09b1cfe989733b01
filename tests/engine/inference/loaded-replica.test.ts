import { describe, expect, test } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { loadReplica } from '@engine/inference/loaded-replica';
import { runningLimits } from '@engine/inference/running-limits';
import { operatingPoint } from '@engine/inference/operating-point';
import { loadShareOf } from '@engine/inference/staffing';
import { prepareServing, readServingConstants, type ServingSetup } from '@engine/inference/serving';
import type { SoftwareGeneration } from '@engine/inference/software';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

function replica(changes: Partial<ServingSetup> = {}, software: SoftwareGeneration = 'current') {
  const accelerator = catalogue.accelerators.get('h100-sxm');
  const model = catalogue.models.get('llama-3.1-8b');
  if (!accelerator || !model) throw new Error('The catalogue lacks a part.');
  const device = describeDevice(accelerator, null, catalogue.assumptions);
  return prepareServing(
    {
      device,
      architecture: model.architecture,
      weightPrecision: 'fp8',
      keyValuePrecision: 'bf16',
      tensorParallel: 1,
      pipelineParallel: 1,
      ...changes,
    },
    readServingConstants(catalogue.assumptions, software, device.family),
  );
}

const shape = { inputTokens: 1024, outputTokens: 512 };

describe('a replica under load', () => {
  const serving = replica();

  test('gives users of a closed loop no more than the queue gives', () => {
    const handed = { ...shape, isInProcess: true };
    const queued = loadReplica(serving, shape, { kind: 'queued' });
    const few = loadReplica(serving, shape, { kind: 'closed loop', users: 8 });
    const many = loadReplica(serving, handed, { kind: 'closed loop', users: 100_000 });
    expect(few.tokensPerSecond).toBeLessThan(queued.tokensPerSecond);
    expect(many.tokensPerSecond).toBeCloseTo(queued.tokensPerSecond, 6);
  });

  test('keeps users beyond its memory waiting for a place, by Little’s law', () => {
    const { started } = runningLimits(serving, shape);
    const settled = { ...shape, isSettled: true };
    const full = loadReplica(serving, settled, { kind: 'closed loop', users: started });
    const over = loadReplica(serving, settled, { kind: 'closed loop', users: started + 100 });
    const extra = over.timeToFirstToken - full.timeToFirstToken;
    expect(extra).toBeCloseTo(100 / full.point.requestsPerSecond, 6);
  });

  test('counts half of that wait, of those who wait, where a benchmark sends one request per user', () => {
    const { started } = runningLimits(serving, shape);
    const once = { ...shape, rounds: 1, isInProcess: true };
    const users = 10 * started;
    const full = loadReplica(serving, once, { kind: 'closed loop', users: started });
    const over = loadReplica(serving, once, { kind: 'closed loop', users });
    const extra = over.timeToFirstToken - full.timeToFirstToken;
    // The prompts of those with a place come first.
    const prompts = 0.9 * started * full.point.linePromptSeconds;
    const places = prompts + (0.9 * users * 0.9) / 2 / full.point.requestsPerSecond;
    // Those who find a place later do not come all at once: their prompts stand in a shorter line.
    expect(extra / places).toBeGreaterThan(0.9);
    expect(extra / places).toBeLessThan(1);
  });

  test.each([
    [32_000, 95],
    [4_000, 107],
  ])(
    'runs no more requests than prompts of %i tokens come in for answers of %i',
    (prompt, answer) => {
      const long = { inputTokens: prompt, outputTokens: answer };
      const { prefillTokens } = serving.constants;
      const bound = Math.floor((prompt + answer * prefillTokens) / (prompt + answer));
      const fast = { ...serving, device: { ...serving.device, memoryBytes: 1e15 } };
      expect(runningLimits(fast, long)).toEqual({ started: bound, running: bound });
      const sglang = replica({}, 'sglang');
      const apart = { ...sglang, device: fast.device };
      expect(runningLimits(apart, long).running).toBe(sglang.constants.largestBatch);
    },
  );

  test('interrupts the answers of a burst by the prompts of those that wait for a place', () => {
    const burst = (requests: number) =>
      loadReplica(serving, shape, { kind: 'open loop', requestsPerSecond: Infinity, requests }, 64);
    const steady = operatingPoint(serving, shape, 64);
    expect(burst(6400).timePerOutputToken / steady.timePerOutputToken).toBeGreaterThan(0.93);
    const spared = steady.timePerOutputToken - burst(64).timePerOutputToken;
    // Eight prompts fill a step: of 64, half of 63 are ahead, and half of 7 end with one’s own.
    expect(spared / steady.prefillShare).toBeCloseTo(35 / 63, 9);
  });

  test('ends a run of answers that vary almost alone, of which a longer run suffers less', () => {
    const rate = (rounds: number, changes = {}) =>
      loadReplica(
        serving,
        { ...shape, rounds, isInProcess: true, ...changes },
        { kind: 'closed loop', users: 64 },
      ).tokensPerSecond;
    const varied = { hasVariedAnswers: true };
    expect(rate(1)).toBe(rate(100));
    expect(rate(1, varied)).toBeLessThan(0.6 * rate(1));
    expect(rate(100, varied)).toBeGreaterThan(0.97 * rate(100));
    // But for prompts that come one by one, not all at once.
    expect(rate(1, { ...varied, isSettled: true }) / rate(1)).toBeCloseTo(1, 1);
  });

  test('answers every request of a rate that it can carry, and its capacity of one that it cannot', () => {
    const light = loadReplica(serving, shape, {
      kind: 'open loop',
      requestsPerSecond: 2,
      requests: 500,
    });
    // The last request is answered after the last has come: a little below the rate of arrival.
    expect(light.tokensPerSecond).toBeLessThan(2 * 512);
    expect(light.tokensPerSecond).toBeGreaterThan(0.95 * 2 * 512);
    const heavy = loadReplica(serving, shape, {
      kind: 'open loop',
      requestsPerSecond: 1e4,
      requests: 500,
    });
    const all = loadReplica(serving, shape, {
      kind: 'open loop',
      requestsPerSecond: Infinity,
      requests: 500,
    });
    expect(heavy.tokensPerSecond).toBeLessThan(1e4 * 512);
    expect(heavy.timeToFirstToken).toBeGreaterThan(light.timeToFirstToken);
    expect(all.timeToFirstToken).toBeGreaterThanOrEqual(heavy.timeToFirstToken * 0.99);
  });

  test('stays within its targets', () => {
    const loaded = loadReplica(serving, shape, {
      kind: 'at target',
      timePerOutputTokenSeconds: 0.02,
      timeToFirstTokenSeconds: 1,
      share: 0.9,
      waitSteps: 0,
    });
    expect(loaded.timePerOutputToken).toBeLessThanOrEqual(0.02);
    expect(loaded.timeToFirstToken).toBeLessThanOrEqual(1);
  });

  test('starts more requests than can run where the software sets little of the answer aside', () => {
    const long = { inputTokens: 1024, outputTokens: 8192 };
    const eager = runningLimits(replica({}, 'vllm-2024'), long);
    const steady = runningLimits(serving, long);
    const careful = runningLimits(replica({}, 'trtllm-2025'), long);
    expect(steady.started).toBe(steady.running);
    expect(steady.running).toBe(eager.running);
    expect(eager.started).toBeGreaterThan(eager.running);
    expect(careful.started).toBe(careful.running);
    expect(careful.running).toBeLessThan(eager.running);
  });
});

describe('experts and attention in groups', () => {
  const model = catalogue.models.get('deepseek-v3');
  const architecture = model?.architecture;
  if (!architecture) throw new Error('The catalogue lacks DeepSeek-V3.');

  test('hold the latent cache once instead of on every accelerator', () => {
    const together = replica({ architecture, tensorParallel: 16 });
    const grouped = replica({ architecture, tensorParallel: 16, attentionGroups: 16 });
    expect(grouped.cacheBytesPerTokenPerAccelerator).toBeCloseTo(
      together.cacheBytesPerTokenPerAccelerator / 16,
      9,
    );
    expect(grouped.weightBytesPerAccelerator).toBeGreaterThan(together.weightBytesPerAccelerator);
  });
});

describe('the share of its rate that a replica is given', () => {
  test('leaves room for the chosen deviations and grows with the batch', () => {
    for (const batch of [1, 8, 64, 512]) {
      const mean = loadShareOf(batch, 1.645) * batch;
      expect(mean + 1.645 * Math.sqrt(mean)).toBeCloseTo(batch, 9);
    }
    expect(loadShareOf(512, 1.645)).toBeGreaterThan(loadShareOf(8, 1.645));
    expect(loadShareOf(8, 0)).toBeCloseTo(1, 12);
    expect(loadShareOf(0, 1.645)).toBe(0);
  });
});
