import { describe, expect, it } from 'vitest';
import { operatingPoint } from '@engine/inference/operating-point';
import { promptPool } from '@engine/inference/prompt-pool';
import { runService } from '@engine/simulation/run-service';
import { prepareService, type ServiceLoad } from '@engine/simulation/service-load';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf, modelOf, systemOf } from '../../fixtures/engine-fixture';
import { plainLoad } from './plain-load';

const shape = { inputTokens: 3_000, outputTokens: 400 };

function loadAt(requestsPerSecond: number, prefillReplicas: number): ServiceLoad {
  return {
    model: modelOf('llama-3.1-70b'),
    accelerator: acceleratorOf('h100-sxm'),
    system: systemOf('dgx-h100'),
    software: 'current',
    tensorParallel: 4,
    weightPrecision: 'fp8',
    keyValuePrecision: 'fp8',
    ...plainLoad,
    router: 'round robin',
    replicas: 4,
    prefillReplicas,
    requestsPerSecond,
    input: { kind: 'fixed', tokens: shape.inputTokens },
    output: { kind: 'fixed', tokens: shape.outputTokens },
    targets: null,
  };
}

/** The steady state at the requests in flight that the rate itself brings: B = λ / n · O · t_token(B). */
function steadyAt(load: ServiceLoad) {
  const prepared = prepareService(load, catalogue);
  if (!prepared.isReady) throw new Error(prepared.problem);
  const { serving } = prepared;
  const { prompt } = promptPool(serving, shape, 0.5);
  const busy = (load.requestsPerSecond * prompt) / load.prefillReplicas;
  const pooled = { ...serving, promptPoolBusyShare: busy };
  let batch = 1;
  for (let round = 0; round < 60; round += 1) {
    const { timePerOutputToken } = operatingPoint(pooled, shape, batch);
    const next = (load.requestsPerSecond / load.replicas) * shape.outputTokens * timePerOutputToken;
    batch = (batch + Math.max(1, next)) / 2;
  }
  return { busy, point: operatingPoint(pooled, shape, batch), prepared };
}

describe('the steady state of two pools', () => {
  it.each([0.5, 2, 4, 5])(
    'agrees with their simulation, 1 % per token and 10 % to the first, at %d requests per second',
    (rate) => {
      const load = loadAt(rate, 1);
      const { busy, point, prepared } = steadyAt(load);
      const { summary } = runService(load, prepared, { requests: 20_000, seed: 3 });
      expect(busy).toBeLessThan(0.95);
      expect(Math.abs(summary.timePerOutputToken.mean / point.timePerOutputToken - 1)).toBeLessThan(
        0.01,
      );
      expect(Math.abs(summary.timeToFirstToken.mean / point.timeToFirstToken - 1)).toBeLessThan(
        0.1,
      );
      expect(summary.requestsPerSecond / rate).toBeCloseTo(1, 1);
    },
  );

  it('is a bound where a router deals prompts out more evenly than chance', () => {
    const load = loadAt(12, 3);
    const { busy, point, prepared } = steadyAt(load);
    const { summary } = runService(load, prepared, { requests: 20_000, seed: 3 });
    expect(busy).toBeGreaterThan(0.5);
    expect(summary.timeToFirstToken.mean).toBeLessThan(point.timeToFirstToken);
    expect(summary.timeToFirstToken.mean).toBeGreaterThan(
      point.timeToFirstToken - point.promptWait,
    );
  });
});
