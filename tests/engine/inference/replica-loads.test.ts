import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cacheBytesOf } from '@engine/inference/attention';
import { servingMemory } from '@engine/inference/capacity';
import { loadReplica, runningLimits, togetherShare } from '@engine/inference/loaded-replica';
import { operatingPoint, type RequestShape } from '@engine/inference/operating-point';
import type { ServingConstants } from '@engine/inference/serving';
import { replicaOf } from '../../fixtures/serving-fixture';

const serving = replicaOf();
const shape = { inputTokens: 1024, outputTokens: 512 };
const long = { inputTokens: 4096, outputTokens: 16_384 };

function limitsWith(reservedAnswer: number, accepted = 1e9) {
  return runningLimits(replicaOf({ constants: { reservedAnswer } }), long, accepted);
}

describe('the requests that fit into the cache', () => {
  test.each([
    ['none of', 0, 4096, 12_288],
    ['half of', 0.5, 12_288, 12_288],
    ['all of', 1, 20_480, 20_480],
  ])('are counted by hand where %s the answer is set aside', (_, reserved, started, running) => {
    const { cache } = servingMemory(serving);
    const fitting = (tokens: number) => Math.floor(cache / cacheBytesOf(serving, tokens));
    expect(limitsWith(reserved)).toEqual({ started: fitting(started), running: fitting(running) });
  });

  test('are at most those accepted and at least one, even where the weights do not fit', () => {
    expect(limitsWith(0.5, 7)).toEqual({ started: 7, running: 7 });
    const tooLarge = replicaOf({ modelId: 'llama-3.1-405b' });
    expect(runningLimits(tooLarge, shape)).toEqual({ started: 1, running: 1 });
  });
});

describe('a closed loop', () => {
  /** Users who are drawn apart at once, but for a first request of very many. */
  const apart = replicaOf({ constants: { benchmarkRounds: 1e9, answerSpread: 1 } });

  test('conserves users: their rate times the time of one request', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), (users) => {
        const loaded = loadReplica(apart, shape, { kind: 'closed loop', users }, 256);
        const { point } = loaded;
        expect(point.batch).toBe(users);
        const cycle = point.decode.total + (users / 512) * point.promptSeconds;
        expect(loaded.tokensPerSecond * cycle).toBeCloseTo(users, 6);
      }),
    );
  });

  test('takes as long for a request whether prompts arrive together or apart', () => {
    const together = replicaOf({ constants: { benchmarkRounds: 1 } });
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), (users) => {
        const times = [apart, together].map((one) => {
          const loaded = loadReplica(one, shape, { kind: 'closed loop', users }, 256);
          return loaded.timeToFirstToken + 512 * loaded.timePerOutputToken;
        });
        expect((times[0] ?? 0) / (times[1] ?? 1)).toBeCloseTo(1, 9);
      }),
    );
  });

  test('stretches the time per token of requests that are preempted in turn', () => {
    const eager = replicaOf({ constants: { reservedAnswer: 0 } });
    const { running, started } = runningLimits(eager, long, 1e9);
    expect(started).toBeGreaterThan(running);
    const load = (users: number) =>
      loadReplica(eager, long, { kind: 'closed loop', users }, 1e9).timePerOutputToken;
    expect(load(started) / load(running)).toBeCloseTo(started / running, 9);
    expect(load(started + 500)).toBe(load(started));
  });

  test('lines prompts up that arrive together', () => {
    const together = replicaOf({ constants: { benchmarkRounds: 1 } });
    const load = { kind: 'closed loop', users: 33 } as const;
    const [alone, burst] = [apart, together].map((one) => loadReplica(one, shape, load));
    const waited = (burst?.timeToFirstToken ?? 0) - (alone?.timeToFirstToken ?? 0);
    expect(waited).toBeCloseTo(16 * (alone?.point.promptSeconds ?? 0), 9);
    expect(burst?.tokensPerSecond).toBe(alone?.tokensPerSecond);
  });

  test('of nobody is that of one', () => {
    const [none, one] = [0, 1].map((users) =>
      loadReplica(serving, shape, { kind: 'closed loop', users }),
    );
    expect(none).toEqual(one);
  });
});

describe('the prompts of a closed loop that arrive together', () => {
  const point = operatingPoint(serving, shape, 64);
  const share = (constants: Partial<ServingConstants>, changes: Partial<RequestShape> = {}) =>
    togetherShare(replicaOf({ constants }), { ...shape, ...changes }, point, 64);
  const lockstep = { mixesPrompts: 0, answerSpread: 0 };

  test('are all of them where answers are equally long and prompts stop them', () => {
    expect(share({ ...lockstep, benchmarkRounds: 10 })).toBe(1);
    expect(share({ ...lockstep, benchmarkRounds: 10, answerSpread: 5 })).toBe(0.1);
  });

  test('are the first ones at least, and fewer the more answers differ', () => {
    let last = 1;
    for (const answerSpread of [0, 1e-3, 0.01, 0.1, 1]) {
      const found = share({ mixesPrompts: 0, benchmarkRounds: 5 }, { answerSpread });
      expect(found).toBeLessThanOrEqual(last);
      expect(found).toBeGreaterThanOrEqual(0.2);
      last = found;
    }
    expect(share({ ...lockstep, mixesPrompts: 1 })).toBeLessThan(share(lockstep));
  });

  test('follow what a request says of its run before what is usual', () => {
    expect(share({ ...lockstep, benchmarkRounds: 10 }, { rounds: 1 })).toBe(1);
    expect(share({ answerSpread: 0 }, { rounds: 4, hasVariedAnswers: true })).toBeLessThan(1);
  });
});

describe('an open loop', () => {
  const load = (requestsPerSecond: number, hasVariedAnswers = false, requests = 400) =>
    loadReplica(
      serving,
      { ...shape, hasVariedAnswers },
      { kind: 'open loop', requestsPerSecond, requests },
    );

  test('has in flight what arrives during the time of one, in a long run', () => {
    const { point, timePerOutputToken } = load(4, false, 1e6);
    const time = point.timeToFirstToken + 512 * timePerOutputToken;
    expect(point.batch / (4 * time)).toBeCloseTo(1, 2);
  });

  test('of one request is a request alone', () => {
    const single = load(Infinity, false, 1);
    expect(single.point.batch).toBe(1);
    const alone = operatingPoint(serving, shape, 1);
    expect(single.timePerOutputToken).toBeCloseTo(alone.timePerOutputToken, 12);
  });

  test('never gives more than the rate or the requests in flight allow', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 1e4, noNaN: true }), fc.boolean(), (rate, varied) => {
        const { point, tokensPerSecond, timeToFirstToken } = load(rate, varied);
        expect(tokensPerSecond).toBeGreaterThan(0);
        expect(tokensPerSecond).toBeLessThanOrEqual(rate * 512 * (1 + 1e-9));
        expect(tokensPerSecond).toBeLessThanOrEqual(point.tokensPerSecond * (1 + 1e-9));
        expect(timeToFirstToken).toBeGreaterThanOrEqual(point.timeToFirstToken);
      }),
    );
  });

  test('ends later where answers vary, with fewer beside the last ones', () => {
    const [even, varied] = [load(Infinity), load(Infinity, true)];
    expect(varied.tokensPerSecond).toBeLessThan(even.tokensPerSecond);
    expect(varied.timePerOutputToken).toBeLessThan(even.timePerOutputToken);
  });
});

describe('a rate at its targets', () => {
  const within = (timePerOutputTokenSeconds: number, share: number, waitSteps = 0) =>
    loadReplica(serving, shape, {
      kind: 'at target',
      timePerOutputTokenSeconds,
      timeToFirstTokenSeconds: 60,
      share,
      waitSteps,
    });

  test('takes the largest batch that meets them', () => {
    const { batch } = within(0.02, 1).point;
    expect(operatingPoint(serving, shape, batch).timePerOutputToken).toBeLessThanOrEqual(0.02);
    expect(operatingPoint(serving, shape, batch + 1).timePerOutputToken).toBeGreaterThan(0.02);
  });

  test('is no more than its share of a full queue, where targets do not bind', () => {
    const queued = loadReplica(serving, shape, { kind: 'queued' }).tokensPerSecond;
    expect(within(60, 0.8).tokensPerSecond / queued).toBeCloseTo(0.8, 9);
    const [still, waiting] = [within(0.02, 1), within(0.02, 1, 3)];
    const waited = waiting.timeToFirstToken - still.timeToFirstToken;
    expect(waited).toBeCloseTo(3 * still.point.decode.total, 12);
  });
});
