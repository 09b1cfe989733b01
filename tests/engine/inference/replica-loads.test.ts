import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cacheBytesOf } from '@engine/inference/attention';
import { servingMemory } from '@engine/inference/capacity';
import { loadReplica, runningLimits } from '@engine/inference/loaded-replica';
import { operatingPoint } from '@engine/inference/operating-point';
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
  const burstless = replicaOf({ constants: { closedLoopBurst: 0 } });

  test('conserves users: their rate times the time of one request', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), (users) => {
        const loaded = loadReplica(burstless, shape, { kind: 'closed loop', users }, 256);
        const { point } = loaded;
        expect(point.batch).toBe(users);
        const cycle = point.decode.total + (users / 512) * point.promptSeconds;
        expect(loaded.tokensPerSecond * cycle).toBeCloseTo(users, 6);
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
    const bursty = replicaOf({ constants: { closedLoopBurst: 1 } });
    const load = { kind: 'closed loop', users: 33 } as const;
    const [alone, together] = [burstless, bursty].map((one) => loadReplica(one, shape, load));
    const waited = (together?.timeToFirstToken ?? 0) - (alone?.timeToFirstToken ?? 0);
    expect(waited).toBeCloseTo(16 * (alone?.point.promptSeconds ?? 0), 9);
  });

  test('of nobody is that of one', () => {
    const [none, one] = [0, 1].map((users) =>
      loadReplica(serving, shape, { kind: 'closed loop', users }),
    );
    expect(none).toEqual(one);
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
