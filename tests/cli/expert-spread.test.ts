import { expect, test } from 'vitest';
import { expertSpread } from '../../src/cli/estimate/expert-spread';

test('experts are cut over all ranks by vLLM and SGLang in groups, unless a case spreads them', () => {
  expect(expertSpread({ engine: 'SGLang 0.5.6', tp: 8, dp: 8 }, 'sglang-0.5')).toEqual({
    expertParallel: 1,
  });
  expect(expertSpread({ engine: 'vLLM 0.13.0', tp: 1, dp: 8, ep: 8 }, 'vllm-2025')).toEqual({
    expertParallel: 8,
  });
  expect(expertSpread({ engine: 'TensorRT-LLM 1.0', tp: 8, dp: 8 }, 'trtllm-2025')).toEqual({});
  expect(expertSpread({ engine: 'SGLang 0.5.6', tp: 8 }, 'sglang-0.5')).toEqual({});
});

test.each(['SGLang 0.5.14 (DeepEP)', 'SGLang 0.5.7 (MoRI, ROCm 7.0)', 'SGLang 0.5.15 (MegaMoE)'])(
  'tokens are sent by the kernels that a case names: %s',
  (engine) => {
    expect(expertSpread({ engine, tp: 8, dp: 8, ep: 8 }, 'sglang').sendsTokens).toBe(true);
  },
);
