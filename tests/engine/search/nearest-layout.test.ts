import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeDevice, type Device } from '@engine/hardware/device';
import { countParameters } from '@engine/model/parameters';
import type { LayoutQuestion } from '@engine/search/layout-question';
import { nearestLayout } from '@engine/search/nearest-layout';
import { searchLayouts } from '@engine/search/search-layouts';
import { readTrainingConstants } from '@engine/training/constants';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

const constants = readTrainingConstants(catalogue.assumptions);

function device(systemId: string): Device {
  const system = catalogue.systems.get(systemId);
  const accelerator = system && catalogue.accelerators.get(system.acceleratorId);
  if (!accelerator) throw new Error(`The catalogue has no '${systemId}'.`);
  return describeDevice(accelerator, system, catalogue.assumptions);
}

function question(modelId: string, changes: Partial<LayoutQuestion>): LayoutQuestion {
  const model = catalogue.models.get(modelId);
  if (!model) throw new Error(`The catalogue has no '${modelId}'.`);
  return {
    architecture: model.architecture,
    parameters: countParameters(model.architecture),
    precision: 'bf16',
    sequenceLength: 2048,
    globalBatch: 512,
    accelerators: 256,
    ...changes,
  };
}

const hopper = device('dgx-h100');

function working({
  chosen: { layout, dataParallel },
}: NonNullable<ReturnType<typeof nearestLayout>>) {
  const { tensorParallel, pipelineParallel, contextParallel } = layout;
  return tensorParallel * pipelineParallel * contextParallel * dataParallel;
}

describe('the layout nearest to a question that has none', () => {
  // GPT-3's batch of 3.2 million tokens, on the 10,000 accelerators that its makers are said to have had.
  test('uses nearly all accelerators and nearly the batch', () => {
    const asked = question('gpt-3-175b', { accelerators: 10_000, globalBatch: 1_563 });
    expect(searchLayouts(asked, hopper, constants, {}).best[0]?.dataParallel ?? 1).toBeLessThan(10);
    const near = nearestLayout(asked, hopper, constants);
    expect(near).not.toBeNull();
    if (near === null) return;
    expect(working(near)).toBe(near.question.accelerators);
    expect(near.question.accelerators).toBeGreaterThan(9_700);
    expect(Math.abs(near.question.globalBatch / 1_563 - 1)).toBeLessThan(0.05);
  });

  test('is as fast as the best one where the question has layouts', () => {
    const asked = question('llama-3.1-8b', {});
    const best = searchLayouts(asked, hopper, constants, { constraints: { contextParallel: [1] } });
    const near = nearestLayout(asked, hopper, constants);
    const rate = (near?.question.globalBatch ?? 0) / (near?.chosen.stepSeconds ?? 1);
    expect(rate).toBeGreaterThanOrEqual(asked.globalBatch / (best.best[0]?.stepSeconds ?? 0));
  });

  test('keeps degrees that are held, and to what is there', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 700 }),
        fc.integer({ min: 1, max: 3_000 }),
        (accelerators, globalBatch) => {
          const asked = question('llama-3.1-8b', { accelerators, globalBatch });
          const near = nearestLayout(asked, hopper, constants, { tensorParallel: [2] });
          if (near === null) return;
          expect(near.chosen.layout.tensorParallel).toBe(2);
          expect(working(near)).toBe(near.question.accelerators);
          expect(near.question.accelerators).toBeLessThanOrEqual(accelerators);
          expect(near.question.accelerators).toBeGreaterThanOrEqual(0.9 * accelerators);
          const { dataParallel } = near.chosen;
          expect(near.question.globalBatch % dataParallel).toBe(0);
          expect(Math.abs(near.question.globalBatch / globalBatch - 1)).toBeLessThanOrEqual(0.05);
          expect(near.chosen.stepSeconds).toBeGreaterThan(0);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('is none where nothing that near fits into memory', () => {
    expect(
      nearestLayout(question('gpt-3-175b', { accelerators: 9 }), hopper, constants),
    ).toBeNull();
  });
});
