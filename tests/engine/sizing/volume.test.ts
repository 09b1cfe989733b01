import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peakRequestsPerSecond } from '@engine/sizing/size-inference';
import { usersOfVolume } from '@engine/sizing/volume';

const request = { requestsPerUserHour: 10, inputTokens: 1_500, outputTokens: 500 };

describe('users of a volume', () => {
  it('are those that were counted', () => {
    expect(usersOfVolume({ kind: 'users', concurrentUsers: 123 }, request)).toBe(123);
  });

  it('send the requests of the busiest moment: 8.64 million a day at twice the mean are 200 a second', () => {
    const volume = { kind: 'requests', requestsPerDay: 8_640_000, peakToMean: 2 } as const;
    const concurrentUsers = usersOfVolume(volume, request);
    expect(concurrentUsers).toBeCloseTo(72_000, 6);
    expect(peakRequestsPerSecond({ ...request, concurrentUsers })).toBeCloseTo(200, 9);
  });

  it('are the same for tokens and for the requests that they make up', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 1e9, noNaN: true }),
        fc.double({ min: 1, max: 10, noNaN: true }),
        (requestsPerDay, peakToMean) => {
          const tokensPerDay = requestsPerDay * 2_000;
          const byTokens = usersOfVolume({ kind: 'tokens', tokensPerDay, peakToMean }, request);
          const byRequests = usersOfVolume(
            { kind: 'requests', requestsPerDay, peakToMean },
            request,
          );
          expect(byTokens / byRequests).toBeCloseTo(1, 9);
        },
      ),
    );
  });
});
