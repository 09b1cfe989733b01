import type { LaunchJob } from './types';

/**
 * Layers of each chunk of the pipeline, in the order of the model, where they do not divide evenly; null where they do, or where
 * there are more chunks than the model fills.
 *
 *   n_i = ⌈L / C⌉, less one for the C · ⌈L / C⌉ − L chunks that are short
 *
 * n_i layers of chunk i, L layers of the model, C chunks of all stages [1]. Short are the last chunk, which has the output head,
 * then the first, which has the embedding, then those before the last: no stage has more work than the step time counts.
 *
 * Leaves out: layers of different cost.
 * Source: definition; Llama 3 405B was cut so, https://arxiv.org/abs/2407.21783, section 3.3.2.
 */
export function unevenChunks({ layout, architecture }: LaunchJob): readonly number[] | null {
  const { layers } = architecture;
  const chunks = layout.pipelineParallel * layout.virtualStages;
  const short = chunks * Math.ceil(layers / chunks) - layers;
  if (layout.pipelineParallel === 1 || short === 0 || chunks > layers + 2) return null;
  const full = Math.ceil(layers / chunks);
  const isShort = (index: number): boolean =>
    index === chunks - 1 || (index === 0 ? short > 1 : index > chunks - short);
  return Array.from({ length: chunks }, (_, index) => full - (isShort(index) ? 1 : 0));
}

/** How Megatron Core is told of an uneven split: the first and the last stage where the others are alike, else every chunk. */
export type StageSplit =
  | { readonly kind: 'ends'; readonly first: number | null; readonly last: number }
  | { readonly kind: 'layout'; readonly text: string };

/**
 * The uneven split of a job in the terms of Megatron Core; null where the layers divide evenly.
 *
 * Leaves out: layers that predict further tokens, which the layout names with m.
 * Source: docs/user-guide/features/pipeline_parallel_layout.md and megatron/training/arguments.py,
 * https://github.com/NVIDIA/Megatron-LM, read 2026-11-30.
 */
export function stageSplit(job: LaunchJob): StageSplit | null {
  const chunks = unevenChunks(job);
  const [first, last] = [chunks?.[0], chunks?.at(-1)];
  if (chunks === null || first === undefined || last === undefined) return null;
  const full = Math.max(...chunks);
  const middle = chunks.slice(1, -1);
  if (job.layout.virtualStages === 1 && first > 0 && last > 0 && middle.every((n) => n === full)) {
    return { kind: 'ends', first: first === full ? null : first, last };
  }
  return { kind: 'layout', text: `E${layersText(first)}|${runs(middle)}${layersText(last)}L` };
}

function layersText(layers: number): string {
  if (layers === 0) return '';
  return layers === 1 ? 't' : `t*${layers}`;
}

/** Chunks that are alike and follow each other, as one with their number. */
function runs(chunks: readonly number[]): string {
  const starts = chunks.flatMap((layers, index) => (layers === chunks[index - 1] ? [] : [index]));
  return starts
    .map((start, index) => {
      const length = (starts[index + 1] ?? chunks.length) - start;
      const chunk = `${layersText(chunks[start] ?? 0)}|`;
      return length === 1 ? chunk : `(${chunk})*${length}`;
    })
    .join('');
}

/** Options of Megatron-LM for the chunks of a stage, and for an uneven split; a layout says the number of chunks too. */
export function megatronStages(job: LaunchJob): string[] {
  const { virtualStages } = job.layout;
  const split = stageSplit(job);
  if (split?.kind === 'layout') return [`--pipeline-model-parallel-layout "${split.text}"`];
  if (virtualStages > 1) return [`--num-virtual-stages-per-pipeline-rank ${virtualStages}`];
  if (split === null) return [];
  return [
    ...(split.first === null ? [] : [`--decoder-first-pipeline-num-layers ${split.first}`]),
    `--decoder-last-pipeline-num-layers ${split.last}`,
  ];
}

/** Fields of Megatron Bridge for an uneven split; the number of chunks stands beside them. */
export function bridgeStages(job: LaunchJob): string[] {
  const split = stageSplit(job);
  if (split === null) return [];
  if (split.kind === 'layout') {
    return [`cfg.model.pipeline_model_parallel_layout = "${split.text}"`];
  }
  return [
    ...(split.first === null
      ? []
      : [`cfg.model.num_layers_in_first_pipeline_stage = ${split.first}`]),
    `cfg.model.num_layers_in_last_pipeline_stage = ${split.last}`,
  ];
}

/** Arguments of the strategy of NeMo 2.0 for an uneven split. */
export function nemoStages(job: LaunchJob): string[] {
  const split = stageSplit(job);
  if (split === null) return [];
  if (split.kind === 'layout') return [`    pipeline_model_parallel_layout="${split.text}",`];
  return [
    ...(split.first === null ? [] : [`    num_layers_in_first_pipeline_stage=${split.first},`]),
    `    num_layers_in_last_pipeline_stage=${split.last},`,
  ];
}
