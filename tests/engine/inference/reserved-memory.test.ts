import { expect, test } from 'vitest';
import { servingMemory } from '@engine/inference/capacity';
import { servingConstantsOn } from '@engine/inference/device-constants';
import { runningLimits } from '@engine/inference/running-limits';
import { describeDevice } from '@engine/hardware/device';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf } from '../../fixtures/engine-fixture';
import { replicaOf } from '../../fixtures/serving-fixture';

const gibibyte = 2 ** 30;

function sglangOn(acceleratorId: string, changes: Parameters<typeof replicaOf>[0] = {}) {
  const device = describeDevice(acceleratorOf(acceleratorId), null, catalogue.assumptions);
  const constants = servingConstantsOn(device, 'sglang-0.5', catalogue.assumptions);
  return replicaOf({ acceleratorId, ...changes, constants });
}

/** Memory of a part that is kept free, in GiB. */
function keptFree(acceleratorId: string, tensorParallel: number): number {
  const serving = sglangOn(acceleratorId, { tensorParallel });
  const memory = serving.device.memoryBytes * serving.constants.gibibytes;
  return (memory - servingMemory(serving).usable) / gibibyte;
}

test('SGLang keeps as much memory free as its defaults say: activations, graphs, ranks', () => {
  expect(keptFree('h100-sxm', 1)).toBeCloseTo(0.5 + 12 + 0.5 + 1 / 8, 9);
  expect(keptFree('h100-sxm', 8)).toBeCloseTo(0.5 + 12 + 1 + 1, 9);
  expect(keptFree('b200-sxm', 8)).toBeCloseTo(0.5 + 24 + 1 + 1, 9);
  // 24 GiB: 2,048 tokens and few graphs.
  expect(keptFree('l4', 1)).toBeCloseTo(0.5 + 3 + 24 / 512 + 1 / 8, 9);
});

test('parts that share memory or have limits of their own are given a share of it', () => {
  const device = describeDevice(acceleratorOf('tpu-v6e'), null, catalogue.assumptions);
  const constants = servingConstantsOn(device, 'sglang', catalogue.assumptions);
  expect(constants.activationReserveBytes).toBe(0);
});

test('a model that fills an H100 is left with little more than half of the cache that a share of 0.9 would give', () => {
  const shape = { inputTokens: 640, outputTokens: 320 };
  const setup = { modelId: 'qwen3-32b', weightPrecision: 'bf16' } as const;
  const sglang = sglangOn('h100-sxm', setup);
  const given = replicaOf({ ...setup, acceleratorId: 'h100-sxm' });
  const held = runningLimits(sglang, shape).running;
  expect(held).toBeLessThan(runningLimits(given, shape).running / 1.5);
});
