import { describe, expect, test } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { maximumBatch } from '@engine/inference/capacity';
import {
  batchCurve,
  decodeParts,
  memoryParts,
  requestFlop,
  servingLossStages,
} from '@engine/inference/curves';
import { allowedTensorParallel } from '@engine/inference/findings';
import { meanContextTokens, operatingPoint } from '@engine/inference/operating-point';
import { prepareServing, readServingConstants } from '@engine/inference/serving';
import { evaluateService, usdPerMillionOutputTokens } from '@engine/inference/service';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const accelerator = catalogue.accelerators.get('h200-sxm');
const model = catalogue.models.get('llama-3.1-70b');
if (!accelerator || !model) throw new Error('The catalogue has no H200 or no Llama 3.1 70B.');

const serving = prepareServing(
  {
    device: describeDevice(accelerator, null, catalogue.assumptions),
    architecture: model.architecture,
    weightPrecision: 'fp8',
    keyValuePrecision: 'fp8',
    tensorParallel: 2,
    pipelineParallel: 1,
  },
  readServingConstants(catalogue.assumptions),
);
const shape = { inputTokens: 1000, outputTokens: 500 };
const largest = maximumBatch(serving, meanContextTokens(shape));

function demand(peakRequestsPerSecond: number, timePerOutputTokenSeconds = 0.05) {
  return {
    shape,
    targets: { timeToFirstTokenSeconds: 5, timePerOutputTokenSeconds },
    peakRequestsPerSecond,
    acceleratorsAvailable: 16,
  };
}

describe('the batch sweep', () => {
  const curve = batchCurve(serving, shape, largest);

  test('doubles from one to the largest batch that fits', () => {
    expect(curve[0]?.batch).toBe(1);
    expect(curve.at(-1)?.batch).toBe(largest);
    for (const [index, point] of curve.slice(1, -1).entries()) {
      expect(point.batch).toBe(2 * (curve[index]?.batch ?? 0));
    }
  });

  test('trades time per token for throughput', () => {
    for (const [index, point] of curve.slice(1).entries()) {
      const before = curve[index];
      expect(point.timePerOutputTokenMs).toBeGreaterThan(before?.timePerOutputTokenMs ?? Infinity);
      expect(point.tokensPerSecond).toBeGreaterThan(before?.tokensPerSecond ?? Infinity);
    }
  });

  test('is empty when nothing fits', () => {
    expect(batchCurve(serving, shape, 0)).toEqual([]);
  });

  test('has the planned batch among its points, in order and once', () => {
    const batches = (planned: number) =>
      batchCurve(serving, shape, 20, planned).map(({ batch }) => batch);
    expect(batches(11)).toEqual([1, 2, 4, 8, 11, 16, 20]);
    for (const known of [0, 8, 20, 21]) expect(batches(known)).toEqual([1, 2, 4, 8, 16, 20]);
  });
});

describe('breakdowns', () => {
  const point = operatingPoint(serving, shape, 48);

  test('of a step add up to the time per output token', () => {
    const total = decodeParts(point).reduce((sum, part) => sum + part.value, 0);
    expect(total).toBeCloseTo(point.timePerOutputToken * 1e3, 9);
  });

  test('of memory are weights, cache and workspace by hand', () => {
    const [weights, cache, workspace] = memoryParts(serving, 48, 1280);
    expect(weights?.value).toBeCloseTo(serving.weightBytes / 2 / 1e9, 9);
    expect(cache?.value).toBeCloseTo((48 * 1280 * 163_840) / 2 / 1e9, 9);
    expect(workspace?.value).toBeCloseTo(serving.constants.workspaceBytes / 1e9, 9);
  });

  test('count the work of a request at two FLOP per parameter and token, and attention', () => {
    const matrices = 2 * serving.parameters.multipliedPerToken * 1500;
    expect(requestFlop(serving, shape)).toBeGreaterThan(matrices);
    expect(requestFlop(serving, shape)).toBeLessThan(1.05 * matrices);
  });
});

describe('the loss diagram', () => {
  const load = {
    peakRequestsPerSecond: 20,
    meanLoadFraction: 0.5,
    usdPerAcceleratorHour: 4,
  };

  test('falls from one to the useful share, and the money lost is the rest of the rent', () => {
    const service = evaluateService(serving, demand(20));
    const stages = servingLossStages(serving, shape, service, load);
    expect(stages.map(({ key }) => key)).toEqual(['peak', 'batch', 'targets', 'replicas', 'load']);
    const lost = stages.reduce((sum, stage) => sum + stage.usdLostPerHour, 0);
    const rent = 4 * (service.acceleratorsNeeded ?? Number.NaN);
    expect(lost).toBeCloseTo(rent * (1 - (stages.at(-1)?.remaining ?? 0)), 6);
  });

  test('ends at the work done over the peak of the accelerators kept', () => {
    const service = evaluateService(serving, demand(20));
    const stages = servingLossStages(serving, shape, service, load);
    const useful = 20 * 0.5 * requestFlop(serving, shape);
    const peak = (service.acceleratorsNeeded ?? Number.NaN) * 1979e12;
    expect(stages.at(-1)?.remaining).toBeCloseTo(useful / peak, 9);
  });

  test('says that nothing is lost to targets that do not bind', () => {
    const service = evaluateService(serving, demand(20, 1e3));
    const targets = servingLossStages(serving, shape, service, load)[2];
    expect(targets?.usdLostPerHour).toBe(0);
    expect(targets?.why).toContain('nothing is lost');
  });

  test('is empty without an operating point or without load', () => {
    const impossible = evaluateService(serving, demand(20, 1e-6));
    expect(servingLossStages(serving, shape, impossible, load)).toEqual([]);
    const idle = evaluateService(serving, demand(0));
    expect(servingLossStages(serving, shape, idle, load)).toEqual([]);
  });
});

describe('a service', () => {
  test('serves on what is available what its replicas can carry', () => {
    const service = evaluateService(serving, demand(20));
    const perReplica = (service.point?.requestsPerSecond ?? Number.NaN) * service.loadShare;
    expect(service.replicasAvailable).toBe(8);
    expect(service.requestsServedPerSecond).toBeCloseTo(8 * perReplica, 9);
    expect((service.replicasNeeded ?? 0) * perReplica).toBeGreaterThanOrEqual(20);
    expect(((service.replicasNeeded ?? 0) - 1) * perReplica).toBeLessThan(20);
  });

  test('needs nothing when nobody asks', () => {
    expect(evaluateService(serving, demand(0)).acceleratorsNeeded).toBe(0);
  });

  test('costs per million tokens what an hour costs over what an hour makes', () => {
    expect(usdPerMillionOutputTokens(3.6, 10, 1000, 1)).toBeCloseTo(10, 12);
    expect(usdPerMillionOutputTokens(3.6, 10, 1000, 0.5)).toBeCloseTo(20, 12);
  });
});

describe('tensor-parallel degrees', () => {
  test('are powers of two that divide the heads, up to the domain', () => {
    expect(allowedTensorParallel(64, 8)).toEqual([1, 2, 4, 8]);
    expect(allowedTensorParallel(40, 72)).toEqual([1, 2, 4, 8]);
    expect(allowedTensorParallel(7, 8)).toEqual([1]);
  });
});
