import { describe, expect, it } from 'vitest';
import type { Architecture } from '@engine/catalogue/types';
import { keyValueBytesPerToken, weightBytes } from '@engine/model/bytes';
import {
  attentionFlopPerToken,
  forwardFlopPerToken,
  trainingFlopPerToken,
} from '@engine/model/flop';
import { countParameters } from '@engine/model/parameters';
import { bundledCatalogue } from '@shared/catalogue/bundled';

const models = [...bundledCatalogue.models.values()];

function architectureOf(id: string): Architecture {
  const model = bundledCatalogue.models.get(id);
  if (!model) throw new Error(`no model ${id}`);
  return model.architecture;
}

/** Rows whose published count holds parts that the architecture type cannot express; their notes say which. */
const withUncountedParts = new Set([
  'llama-4-scout',
  'gemma-3-12b',
  'gemma-3-27b',
  'gemma-4-31b',
  'glm-130b',
  'kimi-k2',
  'nemotron-3-nano',
]);

describe('counted parameters', () => {
  it.each(models.map((model) => [model.id, model] as const))(
    'reproduce what is published for %s',
    (id, model) => {
      const counted = countParameters(model.architecture).total;
      const tolerance = withUncountedParts.has(id) ? 0.04 : 0.01;
      expect(Math.abs(counted / model.publishedParameters.value - 1)).toBeLessThan(tolerance);
      if (withUncountedParts.has(id)) expect(model.publishedParameters.note).toBeTruthy();
    },
  );

  it.each(
    models
      .filter((model) => model.publishedActiveParameters)
      .map((model) => [model.id, model] as const),
  )('reproduce the active count of %s', (_id, model) => {
    const { active, outputHead } = countParameters(model.architecture);
    const published = model.publishedActiveParameters?.value ?? Number.NaN;
    // Publishers differ: some leave the input embedding out of the active parameters.
    const errors = [active, active - outputHead].map((count) => Math.abs(count / published - 1));
    expect(Math.min(...errors)).toBeLessThan(0.05);
  });

  it('are the sum of their parts', () => {
    for (const { architecture } of models) {
      const count = countParameters(architecture);
      const layers =
        architecture.layers * (count.attentionPerLayer + count.normsPerLayer) +
        count.denseLayers * count.denseFeedForward +
        count.expertLayers * count.expertFeedForward;
      const lastNorm = (architecture.biases === 'all' ? 2 : 1) * architecture.hidden;
      expect(count.total).toBe(count.embedding + layers + lastNorm);
      expect(count.active).toBeLessThanOrEqual(count.total);
    }
  });
});

describe('key–value cache', () => {
  it.each([
    ['llama-3.1-70b', 2, 327_680],
    ['llama-3.1-8b', 2, 131_072],
    ['llama-3.1-405b', 2, 516_096],
    ['llama-2-7b', 2, 524_288],
    ['deepseek-v3', 2, 70_272],
    ['gpt-3-175b', 2, 4_718_592],
    ['llama-3.1-70b', 1, 163_840],
  ])('of one token of %s at %i bytes per element takes %i bytes', (id, elementBytes, expected) => {
    expect(keyValueBytesPerToken(architectureOf(id), elementBytes)).toBe(expected);
  });
});

describe('FLOP per token', () => {
  it('of GPT-3 follow Megatron-LM: 96 B s l h² (1 + s / 6h + V / 16 l h) with full recomputation is 4/3 of the model FLOP', () => {
    const architecture = architectureOf('gpt-3-175b');
    const { layers, hidden, vocabulary } = architecture;
    const sequence = 2_048;
    const megatron =
      72 *
      layers *
      hidden ** 2 *
      (1 + sequence / (6 * hidden) + vocabulary / (12 * layers * hidden));
    expect(trainingFlopPerToken(architecture, sequence) / megatron).toBeCloseTo(1, 3);
  });

  it('in training are three forward passes, attention counted without the causal mask', () => {
    const architecture = architectureOf('llama-3.1-70b');
    const { outputHead, active, multipliedPerToken } = countParameters(architecture);
    const difference =
      trainingFlopPerToken(architecture, 8_192) - 3 * forwardFlopPerToken(architecture, 8_192);
    expect(difference).toBeCloseTo(6 * (active - multipliedPerToken), -6);
    expect(active - multipliedPerToken).toBeGreaterThan(outputHead * 0.99);
  });

  it('of attention grow in proportion to the context', () => {
    const architecture = architectureOf('deepseek-v3');
    expect(attentionFlopPerToken(architecture, 8_192)).toBe(
      2 * attentionFlopPerToken(architecture, 4_096),
    );
    expect(attentionFlopPerToken(architecture, 1)).toBe(2 * 61 * 128 * (192 + 128));
  });
});

it('weights take the width of their precision', () => {
  const architecture = architectureOf('llama-3.1-8b');
  expect(weightBytes(architecture, 'bf16')).toBe(2 * countParameters(architecture).total);
  expect(weightBytes(architecture, 'fp4')).toBe(countParameters(architecture).total / 2);
});
