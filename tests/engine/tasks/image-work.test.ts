import { describe, expect, it } from 'vitest';
import { quantity } from '../../fixtures/engine-fixture';
import { taskPlan, taskReportOf } from '../../fixtures/task-fixture';

/** Work of one image at a number of steps and an edge, in TFLOP: n · e · C_1 · (x + q · (x² − x)) + C_d · x, worked out by hand. */
const published = [
  { modelId: 'sd-1.5', steps: 50, evaluations: 2, one: 0.803, decoding: 2.51 },
  { modelId: 'sd-2.1', steps: 50, evaluations: 2, one: 2.15, decoding: 5.75 },
  { modelId: 'sdxl', steps: 20, evaluations: 2, one: 6.76, decoding: 10.5 },
] as const;

function workOf(modelId: string, steps?: number, edge?: number): number {
  const changes = {
    ...(steps === undefined ? {} : { imageSteps: quantity(steps) }),
    ...(edge === undefined ? {} : { imageEdge: quantity(edge) }),
  };
  return taskReportOf(taskPlan('image', { modelId, changes })).tflopPerRequest.value ?? Number.NaN;
}

describe('the work of an image', () => {
  it.each(published)('of $modelId is its steps times one evaluation, and decoding', (row) => {
    const { modelId, steps, evaluations, one, decoding } = row;
    expect(workOf(modelId) / (steps * evaluations * one + decoding)).toBeCloseTo(1, 3);
  });

  it.each(published)('of $modelId grows by two evaluations with a step', (row) => {
    const { modelId, evaluations, one } = row;
    const more = workOf(modelId, 11) - workOf(modelId, 10);
    expect(more).toBeCloseTo(evaluations * one, 6);
  });

  it.each([
    // a quarter of 4,096 image tokens, or four times as many, always beside 512 of the text
    ['flux.1-dev', 512, 1024, 4608 / 1536],
    ['flux.1-dev', 1024, 2048, 16_896 / 4608],
    ['sd-2.1', 768, 1536, 4],
    ['qwen-image', 1024, 2048, 4],
  ])('of %s grows faster than its tokens, %d to %d pixels wide', (id, small, large, tokens) => {
    const growth = workOf(id, 20, large) / workOf(id, 20, small);
    expect(growth).toBeGreaterThan(tokens);
    expect(growth).toBeLessThan(tokens ** 2);
  });

  it('is less for a model that is distilled to fewer steps', () => {
    expect(workOf('sdxl-turbo')).toBeLessThan(workOf('sdxl') / 4);
    expect(workOf('flux.1-schnell')).toBeLessThan(workOf('flux.1-dev') / 4);
  });
});

describe('images at several sizes', () => {
  it.each([
    [256, 1],
    [512, 2],
    [1024, 3],
    [2048, 4],
  ])('need no more accelerators at an edge of %d than at twice the edge', (edge) => {
    const needed = (of: number) =>
      taskReportOf(
        taskPlan('image', {
          nodes: 1_000,
          changes: { imageEdge: quantity(of), targetSeconds: quantity(600) },
        }),
      ).acceleratorsNeeded.value ?? Infinity;
    expect(needed(edge)).toBeLessThanOrEqual(needed(2 * edge));
  });
});
