const mostChunks = 8;

/**
 * Chunks per pipeline stage worth trying: one, and the most up to eight. The interleaved schedule needs micro-batches in
 * whole rounds of the pipeline; layers that do not divide evenly leave the last chunks one layer shorter.
 *
 * Source: Narayanan et al. 2021, section 2.2, https://arxiv.org/abs/2104.04473 (from memory).
 */
export function chunkChoices(layers: number, stages: number, microBatches: number): number[] {
  if (stages === 1 || microBatches % stages !== 0) return [1];
  const perStage = Math.ceil(layers / stages);
  const counts = Array.from({ length: mostChunks - 1 }, (_, index) => mostChunks - index);
  const most = counts.find((chunks) => perStage % chunks === 0);
  return most === undefined ? [1] : [1, most];
}
