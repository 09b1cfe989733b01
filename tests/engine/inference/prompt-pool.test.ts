import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transferSeconds, transferSecondsPerToken } from '@engine/inference/cache-transfer';
import { operatingPoint } from '@engine/inference/operating-point';
import { poolsFor, promptPool, rateOfPools } from '@engine/inference/prompt-pool';
import type { Serving } from '@engine/inference/serving';
import { replicaOf } from '../../fixtures/serving-fixture';

const shape = { inputTokens: 2_000, outputTokens: 300 };

function withLink(serving: Serving, factor: number): Serving {
  const { scaleOut } = serving.device;
  const bytesPerSecond = scaleOut.bytesPerSecond * factor;
  return { ...serving, device: { ...serving.device, scaleOut: { ...scaleOut, bytesPerSecond } } };
}

const busy = fc.double({ min: 0.05, max: 0.95, noNaN: true });
const tokens = fc.integer({ min: 1, max: 60_000 });
const requests = fc.record({ inputTokens: tokens, outputTokens: tokens });

describe('a pool for prompts', () => {
  it('sends nothing that takes time over a link without limit', () => {
    fc.assert(
      fc.property(requests, busy, (request, share) => {
        const serving = withLink(replicaOf({ tensorParallel: 2 }), Infinity);
        const pool = promptPool(serving, request, share);
        expect(pool.link).toBe(0);
        const { device, constants } = serving;
        expect(pool.transfer).toBe(
          device.constants.scaleOut.baseSeconds + constants.handoverOverheadSeconds,
        );
        expect(pool.kept).toBeCloseTo(pool.prompt / share, 12);
      }),
    );
  });

  it('delays the first token by the cache over the link, and nothing else', () => {
    const [usual, none] = [1, Infinity].map((factor) =>
      operatingPoint(withLink(replicaOf({ promptPoolBusyShare: 0.5 }), factor), shape, 8),
    );
    if (!usual || !none) throw new Error('Two points.');
    const sent = shape.inputTokens * transferSecondsPerToken(replicaOf());
    expect(usual.timeToFirstToken - none.timeToFirstToken).toBeCloseTo(sent, 9);
    expect(usual.timePerOutputToken).toBe(none.timePerOutputToken);
  });

  it('is bound by its link where that is slower than its prompts', () => {
    const slow = withLink(replicaOf(), 1e-3);
    const pool = promptPool(slow, shape, 0.5);
    expect(pool.link).toBeGreaterThan(pool.prompt);
    expect(pool.kept).toBeCloseTo(pool.link / 0.5, 9);
    expect(pool.transfer).toBeCloseTo(transferSeconds(slow, shape.inputTokens), 12);
  });

  it('waits longer the busier it is, and asks for fewer replicas', () => {
    fc.assert(
      fc.property(requests, busy, busy, (request, one, other) => {
        const [calm, full] = [Math.min(one, other), Math.max(one, other)].map((share) =>
          promptPool(replicaOf(), request, share),
        );
        if (!calm || !full) throw new Error('Two pools.');
        expect(full.wait).toBeGreaterThanOrEqual(calm.wait);
        expect(full.kept).toBeLessThanOrEqual(calm.kept);
      }),
    );
  });
});

describe('answers without prompts between them', () => {
  it('come no slower than on replicas that do both, at every batch', () => {
    for (const batch of [1, 2, 7, 32, 128]) {
      const [both, apart] = [{}, { promptPoolBusyShare: 0.6 }].map((setup) =>
        operatingPoint(replicaOf(setup), shape, batch),
      );
      if (!both || !apart) throw new Error('Two points.');
      expect(apart.decode).toEqual(both.decode);
      expect(apart.prefillShare).toBe(0);
      expect(apart.timePerOutputToken).toBe(apart.decode.total);
      expect(apart.timePerOutputToken).toBeLessThanOrEqual(both.timePerOutputToken);
      expect(apart.decodeRequestsPerSecond).toBeGreaterThan(apart.requestsPerSecond);
    }
  });
});

const rate = fc.double({ min: 1e-3, max: 1e4, noNaN: true });
const kept = fc.double({ min: 1e-4, max: 30, noNaN: true });

describe('two pools', () => {
  it('carry what they are built for, with no replica too many in either', () => {
    fc.assert(
      fc.property(rate, rate, kept, (wanted, decodeRate, keptSeconds) => {
        const { answers, prompts } = poolsFor(wanted, decodeRate, keptSeconds);
        const nearly = 1 - 1e-6;
        expect(answers * decodeRate).toBeGreaterThanOrEqual(wanted * nearly);
        expect(prompts / keptSeconds).toBeGreaterThanOrEqual(wanted * nearly);
        expect((answers - 1) * decodeRate).toBeLessThan(wanted);
        expect((prompts - 1) / keptSeconds).toBeLessThan(wanted);
        const served = rateOfPools(answers + prompts, decodeRate, keptSeconds);
        expect(served).toBeGreaterThanOrEqual(wanted * nearly);
      }),
    );
  });

  it('serve the most that any split of the replicas does, and never what a mean replica could not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), rate, kept, (all, decodeRate, keptSeconds) => {
        const splits = Array.from({ length: all + 1 }, (_, prompts) =>
          Math.min((all - prompts) * decodeRate, prompts / keptSeconds),
        );
        const served = rateOfPools(all, decodeRate, keptSeconds);
        expect(served).toBeCloseTo(Math.max(...splits), 9);
        const mean = 1 / (1 / decodeRate + keptSeconds);
        expect(served).toBeLessThanOrEqual(all * mean * (1 + 1e-9));
      }),
    );
  });

  it('are one where nothing is kept for prompts', () => {
    expect(poolsFor(10, 3, 0)).toEqual({ answers: 4, prompts: 0 });
    expect(rateOfPools(4, 3, 0)).toBe(12);
  });
});
