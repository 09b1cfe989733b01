import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cacheBytesOf } from '@engine/inference/attention';
import { maximumBatch, residentBatch } from '@engine/inference/capacity';
import { decodeStep } from '@engine/inference/decode';
import { hostedCacheBytes } from '@engine/inference/offload';
import type { Serving } from '@engine/inference/serving';
import { inferenceOf, quantity, templatePlan, withService } from '../../fixtures/engine-fixture';
import { replicaOf } from '../../fixtures/serving-fixture';

const context = fc.integer({ min: 64, max: 100_000 });
const gigabytes = fc.double({ min: 0, max: 4_000, noNaN: true });

function withoutLimit(setup: Parameters<typeof replicaOf>[0]): Serving {
  return replicaOf({ ...setup, constants: { largestBatch: 1e9 } });
}

function withBus(serving: Serving, hostBytesPerSecond: number): Serving {
  const { device } = serving;
  return { ...serving, device: { ...device, hostBytesPerSecond } };
}

describe('a cache that reaches into host memory', () => {
  it('never holds more than the memory of accelerator and host together', () => {
    fc.assert(
      fc.property(context, gigabytes, (tokens, size) => {
        const serving = withoutLimit({ hostCacheBytes: size * 1e9 });
        const own = maximumBatch(withoutLimit({}), tokens);
        const batch = maximumBatch(serving, tokens);
        expect(own).toBe(residentBatch(serving, tokens));
        expect(batch).toBeGreaterThanOrEqual(own);
        expect(hostedCacheBytes(serving, batch, tokens)).toBeLessThanOrEqual(size * 1e9);
        const one = cacheBytesOf(serving, tokens);
        if (own > 0)
          expect(hostedCacheBytes(serving, batch + 1, tokens)).toBeGreaterThan(size * 1e9 - one);
      }),
    );
  });

  it('never holds more requests than the engine accepts, nor any where none fits beside the weights', () => {
    const big = { hostCacheBytes: 1e15 };
    expect(maximumBatch(replicaOf(big), 1_000)).toBe(replicaOf().constants.largestBatch);
    const full = replicaOf({ ...big, modelId: 'llama-3.1-405b' });
    expect(maximumBatch(full, 1_000)).toBe(0);
  });

  it('costs no time as long as all requests fit, nor over a bus without limit', () => {
    const tokens = 20_000;
    const plain = withoutLimit({});
    const own = residentBatch(plain, tokens);
    const serving = withoutLimit({ hostCacheBytes: 1e12 });
    expect(decodeStep(serving, own, tokens)).toEqual(decodeStep(plain, own, tokens));
    const endless = withBus(serving, Infinity);
    expect(decodeStep(endless, own * 4, tokens).host).toBe(0);
  });

  it('lengthens a step until the bus has brought every byte, and no further', () => {
    const tokens = 20_000;
    const serving = withoutLimit({ hostCacheBytes: 1e12 });
    const own = residentBatch(serving, tokens);
    for (const factor of [1.1, 2, 5]) {
      const batch = Math.ceil(own * factor);
      const { total, host } = decodeStep(serving, batch, tokens);
      const moved = hostedCacheBytes(serving, batch, tokens);
      const seconds = moved / serving.device.hostBytesPerSecond;
      expect(total).toBeCloseTo(Math.max(seconds, total - host), 9);
      expect(total).toBeGreaterThanOrEqual(seconds * (1 - 1e-9));
    }
  });

  it('shares the bus with weights that are kept there too', () => {
    const both = withoutLimit({ hostCacheBytes: 1e12, offloadedShare: 0.5 });
    const own = residentBatch(both, 20_000);
    const step = decodeStep(both, own + 50, 20_000);
    const moved = both.hostBytesPerAccelerator + hostedCacheBytes(both, own + 50, 20_000);
    expect(step.total).toBeCloseTo(moved / both.device.hostBytesPerSecond, 9);
  });
});

describe('a service with host memory for its cache', () => {
  const long = { inputTokens: quantity(60_000), timeToFirstTokenTargetMs: quantity(1e6) };
  const patient = { ...long, timePerOutputTokenTargetMs: quantity(1e5) };
  const base = templatePlan('chat-fleet-h200');
  const without = inferenceOf(withService(base, patient));
  const within = inferenceOf(withService(base, { ...patient, hostCacheGigabytes: quantity(500) }));

  it('holds more requests, and says that host memory bounds them', () => {
    const [before, after] = [without, within].map(({ maximumBatch: most }) => most.value ?? 0);
    expect(after).toBeGreaterThan((before ?? 0) * 2);
    expect(within.bound).toContain('reading weights and caches from host memory');
    expect(within.maximumBatch.formula).toContain('M_host');
    const part = within.decodeParts.find(({ key }) => key === 'host');
    expect(part?.value).toBeGreaterThan(0);
    const parts = within.decodeParts.reduce((sum, { value }) => sum + value, 0);
    expect(parts).toBeCloseTo(within.timePerOutputTokenMs.value ?? 0, 6);
  });

  it('does not count the host’s memory as the accelerator’s', () => {
    const parts = within.memoryParts.reduce((sum, { value }) => sum + value, 0);
    expect(parts).toBeCloseTo(within.memoryGbPerAccelerator.value ?? 0, 6);
    expect(parts).toBeLessThanOrEqual(141);
  });

  it('changes nothing where it is empty', () => {
    const none = { ...patient, hostCacheGigabytes: null };
    expect(inferenceOf(withService(base, none))).toEqual(without);
  });
});
