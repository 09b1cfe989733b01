import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  operatingPoint,
  type BatchLimit,
  type LatencyTargets,
} from '@engine/inference/operating-point';
import { replicaOptions, usualPrecision } from '@engine/sizing/replica-options';
import type { TimedReplica } from '@engine/sizing/timed-replica';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf, modelOf, systemOf } from '../../fixtures/engine-fixture';

function options(systemId: string, modelId: string, inputTokens: number, outputTokens: number) {
  const system = systemOf(systemId);
  const accelerator = acceleratorOf(system.acceleratorId);
  const model = modelOf(modelId);
  const shape = { inputTokens, outputTokens };
  const precision = usualPrecision(accelerator);
  return replicaOptions({ system, accelerator }, model, shape, precision, catalogue.assumptions);
}

/** Which target a batch misses, the time per token before the first, as the replica judges; null where it meets both. */
function missed(
  { serving, shape }: TimedReplica,
  batch: number,
  targets: LatencyTargets,
): BatchLimit | null {
  const { timePerOutputToken, timeToFirstToken } = operatingPoint(serving, shape, batch);
  if (timePerOutputToken > targets.timePerOutputTokenSeconds) return 'time per output token';
  return timeToFirstToken > targets.timeToFirstTokenSeconds ? 'time to first token' : null;
}

describe('a replica that remembers', () => {
  it('finds a batch within the targets whose next one misses them, and says which, unless steps that are not captured serve fewer', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('dgx-h100', 'dgx-a100-80', 'mi300x-8way', 'gb200-nvl72', 'xeon-6980p-2s'),
        fc.constantFrom('llama-3.1-8b', 'llama-3.1-70b', 'deepseek-v3', 'gemma-3-27b'),
        fc.integer({ min: 1, max: 8_000 }),
        fc.integer({ min: 1, max: 2_000 }),
        fc.double({ min: 1e-3, max: 20, noNaN: true }),
        fc.double({ min: 1e-3, max: 1, noNaN: true }),
        (systemId, modelId, input, output, first, next) => {
          const targets = { timeToFirstTokenSeconds: first, timePerOutputTokenSeconds: next };
          for (const { replica } of options(systemId, modelId, input, output)) {
            const { batch, limit } = replica.within(targets);
            if (batch > 0) expect(missed(replica, batch, targets)).toBeNull();
            const { largestBatch, capturedRows } = replica.serving.constants;
            if (limit === 'captured graphs') {
              expect(batch).toBe(capturedRows * replica.serving.attentionGroups);
              const rate = replica.at(batch).requestsPerSecond;
              expect(replica.at(batch + 1).requestsPerSecond).toBeLessThan(rate);
              continue;
            }
            if (batch < replica.largest) {
              expect(missed(replica, batch + 1, targets)).toBe(limit);
            } else {
              expect(limit).toBe(batch === largestBatch ? 'engine' : 'memory');
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('asks the model of the machine once per batch', () => {
    const [option] = options('dgx-h100', 'llama-3.1-8b', 1_000, 300);
    if (!option) throw new Error('The model fits nowhere.');
    const { replica } = option;
    expect(replica.at(16)).toBe(replica.at(16));
    expect(replica.at(16)).toEqual(operatingPoint(replica.serving, replica.shape, 16));
  });

  it('serves nobody where the weights do not fit', () => {
    const [alone] = options('dgx-h100', 'deepseek-v3', 1_000, 300);
    const targets = { timeToFirstTokenSeconds: 100, timePerOutputTokenSeconds: 100 };
    expect(alone?.replica.largest).toBe(0);
    expect(alone?.replica.within(targets)).toEqual({ batch: 0, limit: 'memory' });
  });
});

describe('the layouts of a replica', () => {
  it('are the degrees that divide the heads, within the scale-up domain', () => {
    const degrees = options('dgx-h100', 'llama-3.1-70b', 1_000, 300).map(
      ({ layout }) => layout.tensorParallel,
    );
    expect(degrees).toEqual([1, 2, 4, 8]);
  });

  it('do not exist in a format that the part cannot compute', () => {
    const system = systemOf('dgx-h100');
    const accelerator = { ...acceleratorOf('h100-sxm'), peakDense: {} };
    const model = modelOf('llama-3.1-8b');
    const shape = { inputTokens: 10, outputTokens: 10 };
    const candidate = { system, accelerator };
    expect(replicaOptions(candidate, model, shape, 'fp8', catalogue.assumptions)).toEqual([]);
  });

  it.each([
    ['h100-sxm', 'fp8'],
    ['a100-sxm-80gb', 'bf16'],
    ['v100-sxm2-32gb', 'fp16'],
  ])('of %s hold weights in %s', (id, precision) => {
    expect(usualPrecision(acceleratorOf(id))).toBe(precision);
  });
});
