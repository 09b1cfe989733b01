/**
 * Whether DualPipe can run: an even number of stages, an even number of micro-batches, at least two for each stage.
 *
 * p stages [1] · m micro-batches of a replica in a step [1]: p even, m even, m ≥ 2·p
 *
 * Source: DeepSeek-AI, DualPipe, assertions of dualpipe.py, https://github.com/deepseek-ai/DualPipe.
 */
export function canRunDualPipe(stages: number, microBatches: number): boolean {
  return stages % 2 === 0 && microBatches % 2 === 0 && microBatches >= 2 * stages;
}
