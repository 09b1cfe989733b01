import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Architecture } from '@engine/catalogue/types';
import { describeDevice, type Device } from '@engine/hardware/device';
import { matmulBusySeconds } from '@engine/hardware/matmul';
import { countParameters } from '@engine/model/parameters';
import { tensorParallelSeconds } from '@engine/training/communication';
import { readTrainingConstants } from '@engine/training/constants';
import { elementwiseSeconds } from '@engine/training/elementwise';
import type { TrainingJob } from '@engine/training/job';
import { expertFeedForward } from '@engine/training/layer-products';
import { layerTime, type Block } from '@engine/training/layer-time';
import { softwareOf, usualGeneration, usualSoftware } from '@engine/training/software';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const constants = readTrainingConstants(catalogue.assumptions);

function deviceOf(id: string): Device {
  const accelerator = catalogue.accelerators.get(id);
  if (accelerator === undefined) throw new Error(id);
  return describeDevice(accelerator, null, catalogue.assumptions);
}

function jobOf(model: string, changes: Partial<TrainingJob> = {}, degrees = {}): TrainingJob {
  const architecture: Architecture | undefined = catalogue.models.get(model)?.architecture;
  if (architecture === undefined) throw new Error(model);
  return {
    architecture,
    parameters: countParameters(architecture),
    precision: 'bf16',
    sequenceLength: 4096,
    globalBatch: 64,
    dataParallel: 8,
    layout: {
      tensorParallel: 2,
      pipelineParallel: 1,
      virtualStages: 1,
      contextParallel: 1,
      expertParallel: 8,
      microBatch: 1,
      recompute: 'none',
      zeroStage: 1,
      ...degrees,
    },
    ...changes,
  };
}

describe('products of a layer', () => {
  test('backward takes about twice as long as forward where products are large, and longer where they are small', () => {
    const device = deviceOf('h100-sxm');
    const dense = layerTime(jobOf('llama-3.1-405b'), device, constants, 'dense');
    const ratio = dense.backwardMatmul / dense.forwardMatmul;
    expect(ratio).toBeGreaterThan(1.95);
    expect(ratio).toBeLessThan(2.2);
    const setting = (model: string) => ({ job: jobOf(model), device, constants, tokens: 4096 });
    const few = expertFeedForward(setting('deepseek-v3'), 0);
    expect(few.backward / few.forward).toBeGreaterThan(ratio);
  });

  test('a sum in 32 bits never takes less time than a result in 16 bits', () => {
    const device = deviceOf('b200-sxm');
    const size = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(size, size, size, (m, n, k) => {
        const written = matmulBusySeconds(device, 'bf16', m, n, k);
        expect(matmulBusySeconds(device, 'bf16', m, n, k, 8)).toBeGreaterThanOrEqual(written);
        expect(matmulBusySeconds(device, 'bf16', m, n, k, 2)).toBe(written);
      }),
    );
  });

  test('experts cost more per token where few tokens reach each of them', () => {
    const device = deviceOf('b200-sxm');
    const perToken = (tokens: number) =>
      expertFeedForward({ job: jobOf('deepseek-v3'), device, constants, tokens }, 0).backward /
      tokens;
    expect(perToken(1024)).toBeGreaterThan(1.2 * perToken(65_536));
  });

  test('adapters compute no gradient of the weights', () => {
    const device = deviceOf('h100-sxm');
    const full = layerTime(jobOf('llama-3.1-8b'), device, constants, 'dense');
    const job = jobOf('llama-3.1-8b', { trainsAdaptersOnly: true });
    const adapters = layerTime(job, device, constants, 'dense');
    expect(adapters.backwardMatmul).toBeLessThan(0.6 * full.backwardMatmul);
    expect(adapters.forwardMatmul).toBe(full.forwardMatmul);
  });
});

describe('recomputation', () => {
  test('compilers of TPUs, and PyTorch, leave out the product whose result no gradient needs', () => {
    const forward = (id: string, changes: Partial<TrainingJob> = {}) => {
      const job = jobOf('llama-3.1-70b', changes);
      const time = layerTime(job, deviceOf(id), constants, 'dense');
      return {
        again: time.again,
        all: time.forwardMatmul + time.forwardAttention + time.forwardElementwise,
      };
    };
    const tpu = forward('tpu-v5p');
    const gpu = forward('h100-sxm');
    expect(gpu.again).toBe(gpu.all);
    expect(tpu.again).toBeLessThan(tpu.all);
    expect(tpu.again).toBeGreaterThan(0.6 * tpu.all);
    const torch = forward('a100-sxm-80gb', { software: usualSoftware('fused') });
    expect(torch.again).toBeLessThan(torch.all);
    expect(torch.again).toBeGreaterThan(0.6 * torch.all);
    const early = forward('a100-sxm-80gb', { software: usualSoftware('early') });
    expect(early.again).toBe(early.all);
  });
});

describe('norms without a kernel of their own', () => {
  test('cost the more the more tensor ranks hold them whole', () => {
    const device = deviceOf('a100-sxm-80gb');
    const seconds = (tensorParallel: number, hasPlainNorms: boolean) => {
      const software = { ...usualSoftware('fused'), hasSequenceParallel: false, hasPlainNorms };
      const job = jobOf('llama-3.1-70b', { software }, { tensorParallel });
      return elementwiseSeconds(job, device, constants, 4096, 'dense', software);
    };
    for (const ranks of [1, 2, 4, 8]) {
      expect(seconds(ranks, true)).toBeGreaterThan(seconds(ranks, false));
    }
    expect(seconds(8, true) - seconds(8, false)).toBeCloseTo(seconds(1, true) - seconds(1, false));
    expect(seconds(8, true) / seconds(8, false)).toBeGreaterThan(
      seconds(1, true) / seconds(1, false),
    );
  });
});

describe('tensor parallelism of experts', () => {
  test('moves every routed copy where ranks share an expert, and nothing where they do not', () => {
    const device = deviceOf('h100-sxm');
    const whole = jobOf('mixtral-8x7b');
    const shared = { ...whole, expertTensorParallel: 2 };
    const seconds = (job: TrainingJob, block: Block) =>
      tensorParallelSeconds(job, device, constants, block);
    expect(seconds(whole, 'experts')).toBeCloseTo(seconds(whole, 'dense') / 2, 12);
    expect(seconds(shared, 'experts')).toBeGreaterThan(seconds(whole, 'experts'));
    expect(seconds(jobOf('llama-3.1-8b', {}, { tensorParallel: 1 }), 'dense')).toBe(0);
  });
});

describe('selective recomputation', () => {
  test("of PyTorch repeats element-wise work and half of a layer's products, the last one left out", () => {
    const device = deviceOf('h100-sxm');
    const software = usualSoftware('fused');
    const layer = (changes: Partial<TrainingJob>) =>
      layerTime(jobOf('llama-3.1-8b', changes), device, constants, 'dense');
    const plain = layer({ software });
    const own = layer({ software: { ...software, recomputesProducts: true } });
    expect(plain.cheapModules).toBeCloseTo(plain.forwardElementwise, 12);
    const again = own.cheapModules - own.forwardElementwise;
    // Queries, keys, values, output, gate, up: every other one; down, the seventh, is kept.
    const [hidden, keyValue, ffn] = [4096, 1024, 14_336];
    const share =
      (hidden * (hidden + keyValue + ffn)) / (hidden * 2 * (hidden + keyValue) + 3 * hidden * ffn);
    expect(again / own.forwardMatmul).toBeGreaterThan(share - 0.03);
    expect(again / own.forwardMatmul).toBeLessThan(share + 0.03);
    expect(own.backward).toBe(plain.backward);
  });
});

describe('the launch of a layer', () => {
  const slow = { ...constants, launchCurrent: 1e-4, launchExperts: 3e-3 };
  const launched = (id: string, block: Block, degrees = {}) =>
    layerTime(jobOf('mixtral-8x7b', {}, degrees), deviceOf(id), slow, block).forwardLaunch;

  test('with experts runs no further ahead than the routing that the host waits for', () => {
    expect(launched('h100-sxm', 'experts')).toBe(3e-3);
    expect(launched('h100-sxm', 'dense')).toBe(1e-4);
  });

  test('takes longer where nothing of it is captured, and longer still with the kernels of latent attention', () => {
    const software = { ...usualSoftware('current'), launchesEagerly: true };
    const eager = { ...slow, launchExpertsEager: 4e-3 };
    const seconds = (model: string, block: Block, degrees = {}) =>
      layerTime(jobOf(model, { software }, degrees), deviceOf('h100-sxm'), eager, block)
        .forwardLaunch;
    expect(seconds('mixtral-8x7b', 'experts')).toBe(4e-3);
    expect(seconds('deepseek-v3', 'experts')).toBeCloseTo(1.5 * 4e-3, 12);
    expect(seconds('mixtral-8x7b', 'dense')).toBe(1e-4);
    expect(seconds('mixtral-8x7b', 'experts', { capacityFactor: 1 })).toBeCloseTo(2e-4, 12);
  });

  test('does where a capacity or a compiler fixes the shapes', () => {
    expect(launched('h100-sxm', 'experts', { capacityFactor: 1 })).toBeCloseTo(2e-4, 12);
    expect(launched('tpu-v5p', 'experts')).toBeCloseTo(2e-4, 12);
  });
});

describe('software that a part usually runs', () => {
  test('is told by its units', () => {
    expect(usualGeneration(deviceOf('a100-sxm-80gb'))).toBe('fused');
    expect(usualGeneration(deviceOf('h100-sxm'))).toBe('current');
    expect(usualGeneration(deviceOf('tpu-v5e'))).toBe('current');
    expect(usualGeneration(deviceOf('tpu-v3'))).toBe('early');
    expect(usualGeneration(deviceOf('ascend-910b'))).toBe('current');
    expect(softwareOf(jobOf('llama-3.1-8b'), deviceOf('tpu-v3')).attention).toBe('fused softmax');
  });
});
