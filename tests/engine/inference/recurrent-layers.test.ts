import { describe, expect, test } from 'vitest';
import { promptAttentionSeconds } from '@engine/inference/attention';
import { launchSeconds, matmulPassSeconds, passOverheadSeconds } from '@engine/inference/layers';
import { productSeconds, weightBytesPerSecond } from '@engine/inference/product';
import {
  recurrencePromptSeconds,
  recurrentLayers,
  recurrentProjectionSeconds,
} from '@engine/inference/recurrent-layers';
import { replicaOf } from '../../fixtures/serving-fixture';

const hybrid = replicaOf({ modelId: 'nemotron-h-8b', constants: { attentionTraffic: 2 } });
const plain = replicaOf({ modelId: 'llama-3.1-8b' });

describe('layers with a recurrence in place of attention', () => {
  test('are those of the architecture, and none in a plain transformer', () => {
    expect(recurrentLayers(hybrid)).toBe(24);
    expect(recurrentLayers(plain)).toBe(0);
    expect(recurrentProjectionSeconds(plain, 8, 1)).toBe(0);
    expect(recurrencePromptSeconds(plain, 1, 1024)).toBe(0);
  });

  test('read their own matrices: 18,560 columns in and 8,192 rows out, shared by the ranks', () => {
    const both = (ranks: number): number =>
      productSeconds(hybrid, 'attention', 8, 18_560 / ranks, 4_096) +
      productSeconds(hybrid, 'attention', 8, 4_096, 8_192 / ranks);
    expect(recurrentProjectionSeconds(hybrid, 8, 1)).toBeCloseTo(both(1), 12);
    expect(recurrentProjectionSeconds(hybrid, 8, 4)).toBeCloseTo(both(4), 12);
  });

  test('make a pass of the model as long as its weights take to read', () => {
    const { parameters, elementBytes } = hybrid;
    const wide = (2 - elementBytes.weight) * parameters.outputHead;
    const bytes = parameters.multipliedPerToken * elementBytes.weight + wide;
    expect((matmulPassSeconds(hybrid, 1) * weightBytesPerSecond(hybrid)) / bytes).toBeCloseTo(1, 1);
  });

  test('process a prompt at the pace of their states and of what their kernels move', () => {
    const { device, constants } = hybrid;
    const peak = device.rates.bf16?.peakFlopPerSecond ?? 0;
    const flop = (6 * 8_192 * 128) / (constants.attentionShare * peak);
    const moved =
      (2 * 2 * (18_560 + 8_192)) / (device.memoryBytesPerSecond * constants.cacheStream);
    expect(recurrencePromptSeconds(hybrid, 3, 1000)).toBeCloseTo(3 * 1000 * 24 * (flop + moved), 6);
    expect(promptAttentionSeconds(hybrid, 3, 1000)).toBeGreaterThan(
      recurrencePromptSeconds(hybrid, 3, 1000),
    );
  });

  test('have none of the operators of latent attention', () => {
    const constants = { latentFloorSeconds: 1e-3, promptLayerOverheadSeconds: 1e-3 };
    const mixed = replicaOf({ modelId: 'kimi-linear-48b-a3b', tensorParallel: 4, constants });
    const without = replicaOf({
      modelId: 'kimi-linear-48b-a3b',
      tensorParallel: 4,
      constants: { ...constants, latentFloorSeconds: 0 },
    });
    expect(passOverheadSeconds(mixed) - passOverheadSeconds(without)).toBeCloseTo(7e-3, 9);
    const { layers } = mixed.architecture;
    const experts = mixed.constants.expertLaunches * mixed.parameters.expertLayers;
    const latent = mixed.constants.latentLaunches * 7;
    expect(launchSeconds(mixed)).toBeCloseTo(1e-3 * (layers + experts + latent), 9);
  });
});

describe('a gate on the output of attention', () => {
  test('is as wide as the queries and is read with them', () => {
    const gated = replicaOf({ modelId: 'laguna-m.1', tensorParallel: 8 });
    const open = {
      ...gated,
      architecture: { ...gated.architecture, hasAttentionGate: false },
    };
    const further =
      productSeconds(gated, 'attention', 1, 2 * 1024 + 256, 4096) -
      productSeconds(gated, 'attention', 1, 1024 + 256, 4096);
    expect(matmulPassSeconds(gated, 1) - matmulPassSeconds(open, 1)).toBeCloseTo(70 * further, 9);
  });
});
