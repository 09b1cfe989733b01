import { describe, expect, it } from 'vitest';
import type { ServiceLoad } from '@engine/simulation/service-load';
import { loadShares, responsePoint } from '@engine/users/response';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { rows } from './users-fixture';

const model = catalogue.models.get('llama-3.1-8b');
const accelerator = catalogue.accelerators.get(rows.system.acceleratorId);
if (model === undefined || accelerator === undefined) throw new Error('The catalogue has both.');

const load: Omit<ServiceLoad, 'requestsPerSecond'> = {
  model,
  accelerator,
  system: rows.system,
  software: 'current',
  tensorParallel: 1,
  weightPrecision: 'fp8',
  keyValuePrecision: 'fp8',
  replicas: 2,
  policy: 'chunked prefill',
  tokenBudget: null,
  reservedAnswer: null,
  largestBatch: null,
  router: 'join shortest queue',
  queueLimit: Number.POSITIVE_INFINITY,
  prefillReplicas: 0,
  autoscaling: null,
  outages: [],
  arrivals: { kind: 'poisson' },
  input: { kind: 'fixed', tokens: 300 },
  output: { kind: 'fixed', tokens: 100 },
  targets: null,
};

describe('the response under rising load', () => {
  const points = loadShares.flatMap((share) => responsePoint(load, share, catalogue) ?? []);
  const slowest = points.map(({ firstTokenSeconds }) => firstTokenSeconds.slowest);

  it('has a point for every load', () => {
    expect(points.map(({ share }) => share)).toEqual(loadShares);
    for (const { firstTokenSeconds, tokenSeconds } of points) {
      expect(firstTokenSeconds.middle).toBeGreaterThan(0);
      expect(firstTokenSeconds.slowest).toBeGreaterThanOrEqual(firstTokenSeconds.middle);
      expect(tokenSeconds).toBeGreaterThan(0);
    }
  });

  it('is slower beyond what can be served than at a tenth of it', () => {
    expect(slowest.at(-1)).toBeGreaterThan(2 * (slowest[0] ?? Number.NaN));
  });

  it('is the same every time', () => {
    expect(responsePoint(load, 0.5, catalogue)).toEqual(responsePoint(load, 0.5, catalogue));
  });

  it('is none for a service that does not fit', () => {
    const large = catalogue.models.get('llama-3.1-405b');
    expect(responsePoint({ ...load, model: large ?? model }, 0.5, catalogue)).toBeNull();
  });
});
