import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cacheBytesOf } from '@engine/inference/attention';
import { servingMemory } from '@engine/inference/capacity';
import type { LoadedReplica } from '@engine/inference/closed-loop';
import { loadReplica } from '@engine/inference/loaded-replica';
import { runningLimits } from '@engine/inference/running-limits';
import { operatingPoint, type RequestShape } from '@engine/inference/operating-point';
import { promptLine } from '@engine/inference/prompt-line';
import type { ServingConstants } from '@engine/inference/serving';
import { replicaOf } from '../../fixtures/serving-fixture';

const serving = replicaOf();
const shape = { inputTokens: 1024, outputTokens: 512 };
const drawn = { ...shape, answerSpread: 1 };
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
  const apart = replicaOf({ constants: { benchmarkRounds: 1e9 } });

  test('conserves users: their rate times the time of one request', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), (users) => {
        const loaded = loadReplica(apart, drawn, { kind: 'closed loop', users }, 256);
        const { point } = loaded;
        expect(point.batch).toBe(users);
        const cycle = point.decode.total + (users / 512) * point.promptSeconds;
        expect(loaded.tokensPerSecond * cycle).toBeCloseTo(users, 6);
      }),
    );
  });

  test('takes as long for a request whether prompts arrive together or apart', () => {
    // One prompt fills a step, so that it costs the same among others; nothing is spent on receiving many at once.
    const stopping = { mixesPrompts: 0, prefillTokens: 1024, admissionSeconds: 0 };
    const together = replicaOf({ constants: { ...stopping, benchmarkRounds: 1 } });
    const apart = replicaOf({ constants: { ...stopping, benchmarkRounds: 1e9 } });
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), (users) => {
        const times = [apart, together].map((one) => {
          const loaded = loadReplica(one, drawn, { kind: 'closed loop', users }, 256);
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
    // Prompts that are processed together end together: the last bit of a line is not in proportion.
    expect(load(started) / load(running)).toBeCloseTo(started / running, 2);
    // Users who wait for a place take it one by one, so that fewer prompts of others come before their first token.
    expect(load(started + 500) / load(started)).toBeCloseTo(1, 3);
  });

  test('lines prompts up that arrive together', () => {
    const apart = replicaOf({ constants: { benchmarkRounds: 1e9, sequenceOverheadSeconds: 0 } });
    const together = replicaOf({ constants: { benchmarkRounds: 1, sequenceOverheadSeconds: 0 } });
    const load = { kind: 'closed loop', users: 33 } as const;
    const handed = { ...shape, isInProcess: true };
    const burst = loadReplica(together, handed, load);
    const { point } = burst;
    const { prefillShare } = operatingPoint(together, shape, 33);
    const shared = together.constants.firstTokenSteps * prefillShare;
    const free = point.timeToFirstToken - point.promptWait - shared;
    // Eight prompts of 1,024 tokens fill a step of 8,192: of 33, half of 32 are ahead, and half of 7 end with one's own.
    // Each takes an eighth of a step, in which half of the others decode on average.
    const each = point.linePromptSeconds + point.decode.cache / 8 / 2;
    expect(burst.timeToFirstToken - free).toBeCloseTo(19.5 * each, 9);
    expect(burst.tokensPerSecond).toBe(loadReplica(apart, handed, load).tokensPerSecond);
  });

  test('waits for the prompts of few others where only the settled load is counted', () => {
    const load = { kind: 'closed loop', users: 33 } as const;
    const settled = loadReplica(serving, { ...shape, isSettled: true }, load);
    const counted = loadReplica(serving, { ...shape, rounds: 10 }, load);
    const { point } = settled;
    expect(settled.timeToFirstToken).toBeGreaterThan(point.timeToFirstToken - point.prefillShare);
    expect(settled.timeToFirstToken).toBeLessThan(0.5 * counted.timeToFirstToken);
  });

  test('receives a request later the more tokens of others go out', () => {
    const first = (userOverheadSeconds: number, changes = {}) =>
      operatingPoint(replicaOf({ ...changes, constants: { userOverheadSeconds } }), shape, 33);
    const [free, busy] = [first(0), first(1e-3)];
    expect(busy.timeToFirstToken - free.timeToFirstToken).toBeCloseTo(32e-3, 12);
    expect(busy.handingSeconds).toBeCloseTo(32e-3, 12);
    expect(busy.timePerOutputToken).toBe(free.timePerOutputToken);
    const groups = { tensorParallel: 4, attentionGroups: 4 };
    expect(first(1e-3, groups).handingSeconds).toBeCloseTo(8e-3, 12);
  });

  test('of nobody is that of one', () => {
    const [none, one] = [0, 1].map((users) =>
      loadReplica(serving, shape, { kind: 'closed loop', users }),
    );
    expect(none).toEqual(one);
  });
});

test('requests at random bring their prompts one by one, however long their answers', () => {
  const asked = { inputTokens: 256, outputTokens: 200 };
  const load = { kind: 'open loop', requestsPerSecond: 4, requests: 1e5 } as const;
  const [fixed, drawn] = [asked, { ...asked, answerSpread: 1 }].map((one) =>
    loadReplica(serving, one, load),
  );
  expect(fixed).toEqual(drawn);
});

describe('the line of prompts in a closed loop', () => {
  const point = operatingPoint(serving, shape, 64);
  const wait = (constants: Partial<ServingConstants>, changes: Partial<RequestShape> = {}) =>
    promptLine(replicaOf({ constants }), { ...shape, ...changes }, point, 64).prompts;
  const stopping = { mixesPrompts: 0 };

  test('holds everybody in every round where answers are equally long and prompts stop them', () => {
    const first = (64 + 8 - 2) / 2;
    expect(wait({ ...stopping, benchmarkRounds: 1 })).toBeCloseTo(first, 9);
    expect(wait({ ...stopping, benchmarkRounds: 10 })).toBeCloseTo(first, 9);
  });

  test('is that of few others, by hand, after very many rounds of answers that differ', () => {
    const constants = { requestOverheadSeconds: 0, userOverheadSeconds: 0 };
    const users = { ...point, handingSeconds: 0 };
    const found = (mixesPrompts: number) =>
      promptLine(
        replicaOf({ constants: { ...constants, mixesPrompts, benchmarkRounds: 1e9 } }),
        drawn,
        users,
        64,
      ).prompts;
    // Of 63 others, each ends in one step of 512; a step under way holds the prompts of 64 / 512 users.
    expect(found(0)).toBeCloseTo(63 / 512, 6);
    expect(found(1)).toBeCloseTo(63 / 512 + 64 / 512, 6);
  });

  test('is shorter the more answers differ, and where prompts and answers share steps', () => {
    let last = Infinity;
    for (const answerSpread of [0, 1e-3, 0.01, 0.1, 1]) {
      const found = wait({ ...stopping, benchmarkRounds: 5 }, { answerSpread });
      expect(found).toBeLessThanOrEqual(last);
      expect(found).toBeGreaterThan(35 / 5);
      last = found;
    }
    expect(wait({ mixesPrompts: 1 })).toBeLessThan(wait(stopping));
  });

  test('follows what a request says of its run before what is usual', () => {
    const whole = wait({ ...stopping, benchmarkRounds: 1 });
    expect(wait({ ...stopping, benchmarkRounds: 10 }, { rounds: 1, answerSpread: 1 })).toBe(whole);
    expect(wait(stopping, { rounds: 4, hasVariedAnswers: true })).toBeLessThan(whole);
  });

  test('is nobody for one user', () => {
    expect(promptLine(serving, shape, point, 1)).toEqual({ seconds: 0, prompts: 0 });
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
    const of = (inputTokens: number) =>
      [false, true].map((hasVariedAnswers) =>
        loadReplica(
          serving,
          { inputTokens, outputTokens: 512, hasVariedAnswers },
          { kind: 'open loop', requestsPerSecond: Infinity, requests: 400 },
        ),
      ) as [LoadedReplica, LoadedReplica];
    const [even, varied] = of(16);
    expect(varied.tokensPerSecond).toBeLessThan(even.tokensPerSecond);
    expect(varied.timePerOutputToken).toBeLessThan(even.timePerOutputToken);
    // Of long prompts those with short answers see little else.
    const [evenLong, variedLong] = of(2048);
    expect(variedLong.timePerOutputToken).toBeGreaterThan(evenLong.timePerOutputToken);
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
    // Requests that come at random end at random.
    const timeOf = (requests: number): number =>
      operatingPoint(serving, drawn, requests).timePerOutputToken;
    expect(timeOf(batch)).toBeLessThanOrEqual(0.02);
    expect(timeOf(batch + 1)).toBeGreaterThan(0.02);
  });

  test('is no more than its share of a full queue, where targets do not bind', () => {
    const queued = loadReplica(serving, shape, { kind: 'queued' }).tokensPerSecond;
    expect(within(60, 0.8).tokensPerSecond / queued).toBeCloseTo(0.8, 9);
    const [still, waiting] = [within(0.02, 1), within(0.02, 1, 3)];
    const waited = waiting.timeToFirstToken - still.timeToFirstToken;
    expect(waited).toBeCloseTo(3 * still.point.timePerOutputToken, 12);
  });
});
