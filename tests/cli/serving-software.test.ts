import { describe, expect, test } from 'vitest';
import { servingSoftware } from '../../src/cli/estimate/serving-software';

describe('the serving software of a case', () => {
  test('is what the case names', () => {
    expect(servingSoftware({ engine: 'vLLM 0.10.0' })).toBe('current');
    expect(servingSoftware({ engine: 'TensorRT-LLM 1.0 (PyTorch backend)' })).toBe('trtllm-2025');
    expect(servingSoftware({ engine: null })).toBe('current');
  });

  test('runs engines built ahead in an entry to MLPerf, whatever the year', () => {
    const entry = { mlperf_scenario: 'Server' };
    expect(servingSoftware({ ...entry, engine: 'TensorRT-LLM' })).toBe('trtllm-2024');
    expect(servingSoftware({ ...entry, engine: 'TensorRT 10.11' })).toBe('trtllm-2024');
    expect(servingSoftware({ ...entry, engine: 'vLLM 0.9.0' })).toBe('current');
    expect(servingSoftware({ ...entry, engine: 'TensorRT-LLM 0.5' })).toBe('trtllm-2023');
  });
});
