import { describe, expect, it } from 'vitest';
import { readTrainingConstants } from '@engine/training/constants';
import { describeDevice } from '@engine/hardware/device';
import { countParameters } from '@engine/model/parameters';
import { chooseLayout, type LayoutQuestion } from '@engine/search/choose-layout';
import { searchLayouts } from '@engine/search/search-layouts';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';
import { acceleratorOf, architectureOf, systemOf } from '../../fixtures/engine-fixture';

describe('the layout chosen', () => {
  const constants = readTrainingConstants(catalogue.assumptions);
  const device = describeDevice(
    acceleratorOf('h100-sxm'),
    systemOf('dgx-h100'),
    catalogue.assumptions,
  );

  function question(modelId: string, accelerators: number, globalBatch: number): LayoutQuestion {
    const architecture = architectureOf(modelId);
    return {
      architecture,
      parameters: countParameters(architecture),
      precision: 'bf16',
      sequenceLength: 4_096,
      globalBatch,
      accelerators,
    };
  }

  it.each([
    ['llama-3.1-8b', 8, 128],
    ['llama-3.1-8b', 256, 512],
    ['llama-3.1-70b', 256, 1_024],
    ['mixtral-8x7b', 128, 512],
    ['deepseek-v3', 2_048, 15_360],
  ])('for %s on %i GPUs divides heads, layers, GPUs, experts and batch', (id, gpus, batch) => {
    const chosen = chooseLayout(question(id, gpus, batch), device, constants);
    if (!chosen) throw new Error('Nothing fits.');
    const { tensorParallel, pipelineParallel, expertParallel } = chosen.layout;
    const { heads, layers, mixtureOfExperts } = architectureOf(id);
    expect(heads % tensorParallel).toBe(0);
    expect(pipelineParallel).toBeLessThanOrEqual(layers);
    expect(tensorParallel * pipelineParallel * chosen.dataParallel).toBe(gpus);
    expect(batch % chosen.dataParallel).toBe(0);
    expect((mixtureOfExperts?.experts ?? 1) % expertParallel).toBe(0);
    expect(chosen.memoryBytes).toBeLessThanOrEqual(device.memoryBytes);
  });

  it.each<[string, number, number]>([
    ['llama-3.1-8b', 8, 512],
    ['llama-3.1-70b', 64, 512],
    ['llama-3.1-405b', 1_024, 512],
  ])('for %s on %i GPUs comes close to the best of the whole search', (id, gpus, batch) => {
    const asked = question(id, gpus, batch);
    const chosen = chooseLayout(asked, device, constants)?.stepSeconds ?? Number.NaN;
    const options = { top: 1, explains: false } as const;
    const [best] = searchLayouts(asked, device, constants, options).best;
    const over = chosen / (best?.stepSeconds ?? Number.NaN);
    expect(over).toBeGreaterThanOrEqual(1 - 1e-9);
    expect(over).toBeLessThan(1.1);
  });

  it('is never slower with more memory, and never faster with less', () => {
    const of = (share: number): number =>
      chooseLayout(
        question('llama-3.1-70b', 256, 1_024),
        { ...device, memoryBytes: share * device.memoryBytes },
        constants,
      )?.stepSeconds ?? Number.POSITIVE_INFINITY;
    const times = [0.6, 0.8, 1, 1.5, 3].map(of);
    expect(times).toEqual(times.toSorted((first, second) => second - first));
  });

  it('takes longer for a larger batch on the same GPUs', () => {
    const of = (batch: number): number =>
      chooseLayout(question('llama-3.1-8b', 64, batch), device, constants)?.stepSeconds ?? 0;
    expect(of(2_048)).toBeGreaterThan(of(1_024));
    expect(of(2_048)).toBeLessThanOrEqual(2 * of(1_024) * (1 + 1e-9));
  });
});
