import { describe, expect, test } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { servingConstantsOn } from '@engine/inference/device-constants';
import { operatingPoint } from '@engine/inference/operating-point';
import { promptBound } from '@engine/inference/running-limits';
import { prepareServing } from '@engine/inference/serving';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

function servingOf(prefillTokens: number, pipelineParallel = 1) {
  const part = catalogue.accelerators.get('h100-sxm');
  const model = catalogue.models.get('llama-3.1-8b');
  if (!part || !model) throw new Error('Not in the catalogue.');
  const device = describeDevice(part, null, catalogue.assumptions);
  const constants = servingConstantsOn(device, 'vllm-2025', catalogue.assumptions);
  return prepareServing(
    {
      device,
      architecture: model.architecture,
      weightPrecision: 'bf16',
      keyValuePrecision: 'bf16',
      tensorParallel: 1,
      pipelineParallel,
    },
    { ...constants, prefillTokens },
  );
}

describe('requests that prompts come in for', () => {
  test.each([
    [512, 215, 120],
    [2048, 2000, 94],
    [8192, 500, 500],
  ])('leave %i tokens of a step to answers and prompts together', (budget, input, output) => {
    for (const stages of [1, 4]) {
      const shape = { inputTokens: input, outputTokens: output };
      const held = promptBound(servingOf(budget, stages), shape);
      // Each step makes a token of those in one stage, and takes the prompts of those that end.
      const ofStep = held / stages + ((held / stages) * input) / output;
      expect(ofStep).toBeLessThanOrEqual(budget + input / output / stages + 1);
      expect(ofStep).toBeGreaterThan(0.95 * budget);
    }
  });

  test('add no more to a step than what answers leave of its budget', () => {
    const shape = { inputTokens: 4000, outputTokens: 10 };
    const share = (batch: number) => operatingPoint(servingOf(512), shape, batch).prefillShare;
    expect(share(256)).toBeLessThan(0.7 * share(8));
    expect(share(256)).toBeGreaterThan(0.3 * share(8));
  });
});
