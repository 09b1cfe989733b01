import { describe, expect, test } from 'vitest';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import { readServingConstants } from '@engine/inference/constants';
import { passOverheadSeconds } from '@engine/inference/layers';
import { isRoutingFused } from '@engine/inference/routing';
import { architectureOf } from '../../fixtures/engine-fixture';
import { replicaOf } from '../../fixtures/serving-fixture';

describe('choosing experts', () => {
  test.each([
    ['deepseek-v3', true],
    ['kimi-k2', true],
    ['qwen3-235b-a22b', true],
    ['qwen3-next-80b-a3b', true],
    ['lfm2-8b-a1b', true],
    ['llama-3.1-8b', true],
    ['glm-4.5', false],
    ['minimax-m2', false],
    ['step-3.5-flash', false],
    ['qwen3-coder-480b', false],
  ])('of %s is one kernel: %s', (id, isFused) => {
    expect(isRoutingFused(architectureOf(id))).toBe(isFused);
  });

  test('adds its operators to every layer with experts where no kernel does it', () => {
    const added = (modelId: string): number => {
      const of = (routingFloorSeconds: number) =>
        passOverheadSeconds(
          replicaOf({ modelId, tensorParallel: 8, constants: { routingFloorSeconds } }),
        );
      return of(40e-6) - of(0);
    };
    expect(added('glm-4.5')).toBeCloseTo(89 * 40e-6, 9);
    expect(added('deepseek-v3')).toBe(0);
  });

  test('has no kernel in SGLang of 2025 on parts of NVIDIA alone', () => {
    const floor = (family: 'blackwell' | 'cdna', software: 'sglang-0.5' | 'sglang' | 'current') =>
      readServingConstants(bundledCatalogue.assumptions, software, family).routingFloorSeconds;
    expect(floor('blackwell', 'sglang-0.5')).toBeGreaterThan(0);
    expect(floor('cdna', 'sglang-0.5')).toBe(0);
    expect(floor('blackwell', 'sglang')).toBe(0);
    expect(floor('blackwell', 'current')).toBe(0);
  });
});
