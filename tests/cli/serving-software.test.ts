import { describe, expect, test } from 'vitest';
import {
  isEntry,
  isTunedEntry,
  keepsCacheInPlace,
  servingSoftware,
} from '../../src/cli/estimate/serving-software';

describe('the serving software of a case', () => {
  test('is what the case names', () => {
    expect(servingSoftware({ engine: 'vLLM 0.10.0' })).toBe('vllm-2025');
    expect(servingSoftware({ engine: 'TensorRT-LLM 1.0 (PyTorch backend)' })).toBe('trtllm-2025');
    expect(servingSoftware({ engine: null })).toBe('current');
  });

  test('runs engines built ahead in an entry to MLPerf, whatever the year', () => {
    const entry = { mlperf_scenario: 'Server' };
    expect(servingSoftware({ ...entry, engine: 'TensorRT-LLM' })).toBe('trtllm-2024');
    expect(servingSoftware({ ...entry, engine: 'TensorRT 10.11' })).toBe('trtllm-2024');
    expect(servingSoftware({ ...entry, engine: 'vLLM 0.9.0' })).toBe('current');
    expect(servingSoftware({ ...entry, engine: 'vLLM 0.6.5.dev964+mlperf50' })).toBe('current');
    expect(servingSoftware({ engine: 'vLLM 0.9.0' })).toBe('vllm-0.9');
    expect(servingSoftware({ ...entry, engine: 'TensorRT-LLM 0.5' })).toBe('trtllm-0.7');
  });
});

test('an entry to MLPerf is told by its scenario or by the name of its engine', () => {
  expect(isEntry({ engine: 'TensorRT-LLM', mlperf_scenario: 'Server' })).toBe(true);
  expect(isEntry({ engine: 'TensorRT-LLM (MLPerf v3.1)' })).toBe(true);
  expect(isEntry({ engine: 'TensorRT-LLM' })).toBe(false);
  expect(isEntry({ engine: null })).toBe(false);
});

test.each([
  ['TensorRT 10.11', 'Offline', true],
  ['TensorRT 10.8', 'Server', true],
  ['TensorRT 10.2', 'Server', false],
  ['TensorRT-LLM', 'Server', false],
  ['TensorRT 10.11', null, false],
])('%s in the scenario %s is a tuned entry: %s', (engine, mlperf_scenario, isTuned) => {
  expect(isTunedEntry({ engine, mlperf_scenario })).toBe(isTuned);
});

test.each([
  ['Hugging Face Transformers 4.31', null, false],
  ['IPEX 2.1', null, true],
  ['PyTorch', 'Offline', true],
])('%s in the scenario %s keeps its cache in place: %s', (engine, mlperf_scenario, keeps) => {
  expect(keepsCacheInPlace({ engine, mlperf_scenario })).toBe(keeps);
});
