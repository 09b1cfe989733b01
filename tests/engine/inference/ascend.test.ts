import { describe, expect, test } from 'vitest';
import { describeDevice } from '@engine/hardware/device';
import { servingConstantsOn } from '@engine/inference/device-constants';
import { decodeStep } from '@engine/inference/decode';
import { findSoftware } from '@engine/inference/software';
import { prepareServing } from '@engine/inference/serving';
import { bundledCatalogue as catalogue } from '@shared/catalogue/bundled';

/** Seconds of a step with one request and 15,000 tokens of context on four Ascend 910B. */
function stepOf(engine: string, modelId: string): number {
  const part = catalogue.accelerators.get('ascend-910b');
  const model = catalogue.models.get(modelId);
  if (!part || !model) throw new Error('Not in the catalogue.');
  const device = describeDevice(part, null, catalogue.assumptions);
  const constants = servingConstantsOn(device, findSoftware(engine), catalogue.assumptions);
  const serving = prepareServing(
    {
      device,
      architecture: model.architecture,
      weightPrecision: 'bf16',
      keyValuePrecision: 'bf16',
      tensorParallel: 4,
      pipelineParallel: 1,
    },
    constants,
  );
  return decodeStep(serving, 1, 15_000).total;
}

describe('a token on four Ascend 910B', () => {
  // https://github.com/vllm-project/vllm-ascend/issues/4656: vLLM-Ascend 0.11, one user, prompts of 15,000 tokens.
  test.each([
    ['qwen3-4b', 0.02],
    ['qwen3-30b-a3b', 0.02],
    ['qwen3-32b', 0.038],
  ])('%s takes about what was measured', (modelId, measured) => {
    const predicted = stepOf('vLLM-Ascend 0.11.0', modelId);
    expect(Math.abs(predicted / measured - 1)).toBeLessThan(0.3);
  });

  test('takes less where a whole step is one graph', () => {
    expect(stepOf('SGLang 0.5.5', 'qwen3-4b')).toBeLessThan(0.6 * stepOf('vLLM 0.11', 'qwen3-4b'));
    expect(stepOf('MindIE 2.1', 'qwen3-4b')).toBeCloseTo(stepOf('vLLM 0.11', 'qwen3-4b'), 2);
  });
});
