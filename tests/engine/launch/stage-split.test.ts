import { describe, expect, test } from 'vitest';
import { bridgeLaunch, megatronLaunch } from '@engine/launch/megatron';
import { stageSplit, unevenChunks } from '@engine/launch/stage-split';
import { nemoLaunch } from '@engine/launch/nemo';
import { job, options } from './launch-fixture';

/** Layers of each chunk that a layout of Megatron Core stands for, read as its guide tells. */
function readLayout(text: string): number[] {
  const whole = text
    .replaceAll(/\(([^)]*)\)\*(\d+)/g, (_, part: string, times: string) =>
      part.repeat(Number(times)),
    )
    .replaceAll(/(\w)\*(\d+)/g, (_, layer: string, times: string) => layer.repeat(Number(times)));
  expect(whole).toMatch(/^E[t|]*L$/);
  return whole.split('|').map((chunk) => chunk.replaceAll(/[EL]/g, '').length);
}

const total = (chunks: readonly number[]): number => chunks.reduce((sum, n) => sum + n, 0);

describe('126 layers', () => {
  test('over 16 stages leave the first and the last one short', () => {
    const uneven = job({ virtualStages: 1 });
    const found = options(megatronLaunch(uneven).text);
    expect(found.get('--decoder-first-pipeline-num-layers')).toBe('7');
    expect(found.get('--decoder-last-pipeline-num-layers')).toBe('7');
    expect(found.has('--pipeline-model-parallel-layout')).toBe(false);
    expect(bridgeLaunch(uneven).text).toContain('num_layers_in_first_pipeline_stage = 7');
    expect(bridgeLaunch(uneven).text).toContain('num_layers_in_last_pipeline_stage = 7');
    expect(nemoLaunch(uneven).text).toContain('num_layers_in_first_pipeline_stage=7,');
    expect(nemoLaunch(uneven).text).toContain('num_layers_in_last_pipeline_stage=7,');
    expect(unevenChunks(uneven)).toEqual([7, ...Array<number>(14).fill(8), 7]);
    expect(megatronLaunch(uneven).cannot.join(' ')).not.toContain('layers');
  });

  test('over 16 stages of 8 chunks leave the first and the last chunk without a layer', () => {
    const found = options(megatronLaunch(job()).text);
    expect(found.get('--pipeline-model-parallel-layout')).toBe('"E|(t|)*126L"');
    expect(found.has('--num-virtual-stages-per-pipeline-rank')).toBe(false);
    expect(bridgeLaunch(job()).text).toContain('pipeline_model_parallel_layout = "E|(t|)*126L"');
    expect(nemoLaunch(job()).text).toContain('pipeline_model_parallel_layout="E|(t|)*126L",');
    expect(bridgeLaunch(job()).text).toContain('virtual_pipeline_model_parallel_size = 8');
  });

  test('over 127 stages leave the last one to the output head alone', () => {
    const split = stageSplit(job({ pipelineParallel: 127, virtualStages: 1 }));
    expect(split).toEqual({ kind: 'layout', text: 'Et|(t|)*125L' });
  });

  test.each([
    [4, 1],
    [8, 1],
    [10, 1],
    [12, 1],
    [40, 1],
    [100, 1],
    [4, 5],
    [16, 2],
    [16, 3],
    [16, 8],
  ])('over %i stages of %i chunks are all there, and none has more than counts', (stages, each) => {
    const uneven = job({ pipelineParallel: stages, virtualStages: each });
    const chunks = unevenChunks(uneven) ?? [];
    expect(chunks).toHaveLength(stages * each);
    expect(total(chunks)).toBe(126);
    expect(Math.max(...chunks)).toBe(Math.ceil(126 / (stages * each)));
    expect(Math.max(...chunks) - Math.min(...chunks)).toBe(1);
    expect(chunks.at(-1)).toBe(Math.min(...chunks));
    const split = stageSplit(uneven);
    if (split?.kind === 'layout') expect(readLayout(split.text)).toEqual(chunks);
    else {
      const { first, last } = split ?? { first: null, last: 0 };
      const middle = (126 - last - (first ?? 0)) / (stages - (first === null ? 1 : 2));
      expect(middle).toBe(Math.max(...chunks));
    }
  });

  test.each([
    [1, 4],
    [14, 1],
    [9, 2],
    [130, 1],
  ])('over %i stages of %i chunks need no word, or fit none', (stages, each) => {
    const { text } = nemoLaunch(job({ pipelineParallel: stages, virtualStages: each }));
    expect(text).not.toMatch(/layers|layout/);
    expect(stageSplit(job({ pipelineParallel: stages, virtualStages: each }))).toBeNull();
  });
});
