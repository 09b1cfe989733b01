import { describe, expect, it } from 'vitest';
import type { Architecture } from '@engine/catalogue/types';
import { countParameters } from '@engine/model/parameters';
import type { TrainingLayout } from '@engine/plan';
import { activationBytesPerToken, type ActivationStyle } from '@engine/training/activations';
import { readTrainingConstants } from '@engine/training/constants';
import type { TrainingJob } from '@engine/training/job';
import { layersInFlight } from '@engine/training/layers-in-flight';
import { trainingMemory } from '@engine/training/memory';
import { parametersPerAccelerator } from '@engine/training/model-state';
import { bundledCatalogue } from '@shared/catalogue/bundled';

const constants = readTrainingConstants(bundledCatalogue.assumptions);
const GIB = 2 ** 30;

/** Megatron-LM of 2022: dropout, unfused attention, selective recomputation of the attention core alone. */
const megatron2022: ActivationStyle = {
  hasFusedAttention: false,
  hasDropout: true,
  recomputesCheapModules: false,
};

function gpt(layers: number, hidden: number, heads: number): Architecture {
  return {
    layers,
    hidden,
    heads,
    keyValueHeads: heads,
    headDim: hidden / heads,
    ffn: 4 * hidden,
    isGated: false,
    vocabulary: 51_200,
    hasTiedEmbeddings: true,
    latentAttention: null,
    mixtureOfExperts: null,
    contextLength: 2_048,
  };
}

const plain: TrainingLayout = {
  tensorParallel: 8,
  pipelineParallel: 8,
  virtualStages: 3,
  contextParallel: 1,
  expertParallel: 1,
  microBatch: 1,
  recompute: 'selective',
  zeroStage: 0,
};

function jobOf(
  architecture: Architecture,
  layout: Partial<TrainingLayout>,
  batch = 64,
): TrainingJob {
  return {
    architecture,
    parameters: countParameters(architecture),
    precision: 'fp16',
    sequenceLength: 2_048,
    globalBatch: batch,
    layout: { ...plain, ...layout },
    dataParallel: 1,
  };
}

/** The four models of Korthikanti et al. 2022, table 3, with memory read off their figures 1 and 7. */
const gpt175 = gpt(96, 12_288, 96);

describe('activations as Korthikanti et al. 2022 count them', () => {
  it('take s·b·h·(34 + 5·a·s/h) bytes per layer without recomputation', () => {
    const perToken = activationBytesPerToken(gpt175, false, 2_048, 'fp16', 'none', megatron2022);
    expect(perToken).toBe(34 * 12_288 + 5 * 96 * 2_048);
  });

  it('take 34·s·b·h with selective and 2·s·b·h with full recomputation', () => {
    const selective = activationBytesPerToken(
      gpt175,
      false,
      2_048,
      'fp16',
      'selective',
      megatron2022,
    );
    expect(selective).toBe(34 * 12_288);
    const full = activationBytesPerToken(gpt175, false, 2_048, 'fp16', 'full', megatron2022);
    expect(full).toBe(2 * 12_288);
  });

  it('of GPT-3 at TP 8, PP 8 and three chunks take 12.35 GiB with selective recomputation', () => {
    const memory = trainingMemory(jobOf(gpt175, {}), constants, megatron2022);
    expect(memory.activations / GIB).toBeCloseTo(12.3516, 3);
  });

  it('of GPT-3 without recomputation take 41.3 GiB with sequence parallelism', () => {
    const memory = trainingMemory(jobOf(gpt175, { recompute: 'none' }), constants, megatron2022);
    const expected = (2_048 * 12_288 * 96 * (34 + (5 * 96 * 2_048) / 12_288) * (1 + 7 / 24)) / 8;
    expect(memory.activations).toBeCloseTo(expected, -3);
  });
});

describe('model state', () => {
  it('of GPT-3 at TP 8 and PP 8 takes 18 bytes per parameter, 45.6 GiB and the embedding on top', () => {
    const job = jobOf(gpt175, {});
    const { weights, gradients, optimizer } = trainingMemory(job, constants);
    const held = parametersPerAccelerator(job).dense;
    expect(weights + gradients + optimizer).toBeCloseTo(18 * held, 0);
    const embedding = (51_200 * 12_288) / 8;
    expect((18 * (held - embedding)) / GIB).toBeCloseTo(45.5625, 1);
  });

  it.each([
    [0, 18],
    [1, 6 + 12 / 64],
    [2, 2 + 16 / 64],
  ] as const)(
    'under ZeRO-%i over 64 replicas takes %f bytes per parameter',
    (zeroStage, perParameter) => {
      const job = { ...jobOf(gpt175, { zeroStage }, 64), dataParallel: 64 };
      const { weights, gradients, optimizer } = trainingMemory(job, constants);
      const held = parametersPerAccelerator(job).dense;
      expect((weights + gradients + optimizer) / held).toBeCloseTo(perParameter, 6);
    },
  );

  it('adds up over all accelerators to the whole model, apart from the embedding copies', () => {
    const held = parametersPerAccelerator(jobOf(gpt175, { virtualStages: 1 })).dense;
    const { total, embedding } = countParameters(gpt175);
    const copies = (51_200 * 12_288) / 8;
    expect((held - copies) * 64).toBeCloseTo(total - embedding, -1);
  });
});

describe('layers in flight', () => {
  it('are all layers on the first stage of a full 1F1B pipeline, one stage’s on the last', () => {
    expect(layersInFlight(96, 8, 0, 1, 64)).toBe(96);
    expect(layersInFlight(96, 8, 7, 1, 64)).toBe(12);
  });

  it('are L · (1 + (p − 1) / (p · v)) on the first interleaved stage', () => {
    expect(layersInFlight(96, 8, 0, 3, 64)).toBeCloseTo(96 * (1 + 7 / 24), 9);
  });

  it('never exceed the micro-batches there are', () => {
    expect(layersInFlight(96, 8, 0, 1, 2)).toBe(24);
    expect(layersInFlight(96, 8, 0, 3, 1)).toBe(12);
  });
});
