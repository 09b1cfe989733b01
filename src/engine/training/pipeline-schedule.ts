/** A pipeline's work for one optimizer step. */
export interface PipelineWork {
  readonly stages: number;
  /** chunks of layers per stage; 1 without interleaving */
  readonly chunks: number;
  readonly microBatches: number;
  /** time of a stage for the forward pass of one micro-batch through all its chunks [s] */
  readonly forwardSeconds: number;
  readonly backwardSeconds: number;
  /** time of the last stage over that of the others, at least 1 */
  readonly lastStageRatio: number;
}

/** One pass of one micro-batch through one chunk of layers. */
export interface PipelineOperation {
  readonly stage: number;
  readonly chunk: number;
  readonly microBatch: number;
  readonly isForward: boolean;
  readonly start: number;
  readonly end: number;
}

interface Turn {
  readonly chunk: number;
  readonly microBatch: number;
  readonly isForward: boolean;
}

/** Passes in one direction: micro-batches in groups of as many as there are stages, each group through one chunk after another. */
function passes(work: PipelineWork, isForward: boolean): Turn[] {
  const { stages, chunks, microBatches } = work;
  const group = chunks === 1 ? microBatches : stages;
  const turns: Turn[] = [];
  for (let first = 0; first < microBatches; first += group) {
    const end = Math.min(microBatches, first + group);
    for (let place = 0; place < chunks; place += 1) {
      const chunk = isForward ? place : chunks - 1 - place;
      for (let microBatch = first; microBatch < end; microBatch += 1) {
        turns.push({ chunk, microBatch, isForward });
      }
    }
  }
  return turns;
}

/**
 * What a stage does in its order: as many forward passes as fill the pipeline, then one forward and one backward in turn, then
 * what is left of the backward passes.
 *
 *   1F1B w = p − i − 1 · interleaved w = 2 (p − i − 1) + (v − 1) p
 *
 * w forward passes at the start [1] · p stages · i index of the stage · v chunks per stage.
 *
 * Source: Narayanan et al. 2021, section 2.2, https://arxiv.org/abs/2104.04473, from memory.
 */
function turnsOf(work: PipelineWork, stage: number): Turn[] {
  const forward = passes(work, true);
  const backward = passes(work, false);
  const { stages, chunks } = work;
  const fill = stages - stage - 1;
  const warmUp = chunks === 1 ? fill : 2 * fill + (chunks - 1) * stages;
  const start = Math.min(warmUp, forward.length);
  const turns = forward.slice(0, start);
  backward.forEach((turn, place) => {
    const next = forward[start + place];
    if (next !== undefined) turns.push(next);
    turns.push(turn);
  });
  return turns;
}

/** Ends of passes by their place in the pipeline; −1 for those that have not run. */
class Ends {
  private readonly forward: Float64Array;
  private readonly backward: Float64Array;

  constructor(private readonly work: PipelineWork) {
    const count = work.stages * work.chunks * work.microBatches;
    this.forward = new Float64Array(count).fill(-1);
    this.backward = new Float64Array(count).fill(-1);
  }

  private place(depth: number, microBatch: number): number {
    return depth * this.work.microBatches + microBatch;
  }

  /** When what a pass waits for has ended; −1 where it has not. */
  readyAt({ chunk, microBatch, isForward }: Turn, stage: number): number {
    const depth = chunk * this.work.stages + stage;
    if (isForward) return depth === 0 ? 0 : (this.forward[this.place(depth - 1, microBatch)] ?? -1);
    const isDeepest = depth === this.work.stages * this.work.chunks - 1;
    return isDeepest
      ? (this.forward[this.place(depth, microBatch)] ?? -1)
      : (this.backward[this.place(depth + 1, microBatch)] ?? -1);
  }

  note({ chunk, microBatch, isForward }: Turn, stage: number, end: number): void {
    const ends = isForward ? this.forward : this.backward;
    ends[this.place(chunk * this.work.stages + stage, microBatch)] = end;
  }
}

/**
 * Every pass of a step with its start and end, as each stage works through its order and waits for what it needs. Null where the
 * order cannot be kept: interleaving needs micro-batches that the stages divide.
 *
 *   t = (m + (p − 1) / v) · t_stage   where all stages take as long
 *
 * t until the last pass ends [s] · m micro-batches [1] · p stages [1] · v chunks [1] · t_stage both passes of a stage [s]
 *
 * Leaves out: transfers between stages, schedules that split the backward pass.
 * Source: Narayanan et al. 2021, section 2.2, https://arxiv.org/abs/2104.04473, from memory.
 */
export function pipelineSchedule(work: PipelineWork): PipelineOperation[] | null {
  const { stages, chunks, forwardSeconds, backwardSeconds, lastStageRatio } = work;
  const orders = Array.from({ length: stages }, (_, stage) => turnsOf(work, stage));
  const next = new Int32Array(stages);
  const free = new Float64Array(stages);
  const ends = new Ends(work);
  const operations: PipelineOperation[] = [];
  let hasMoved = true;
  while (hasMoved) {
    hasMoved = false;
    for (let stage = 0; stage < stages; stage += 1) {
      const ratio = (stage === stages - 1 ? lastStageRatio : 1) / chunks;
      for (;;) {
        const turn = orders[stage]?.[next[stage] ?? 0];
        if (turn === undefined) break;
        const ready = ends.readyAt(turn, stage);
        if (ready < 0) break;
        const start = Math.max(ready, free[stage] ?? 0);
        const end = start + ratio * (turn.isForward ? forwardSeconds : backwardSeconds);
        operations.push({ stage, ...turn, start, end });
        ends.note(turn, stage, end);
        free[stage] = end;
        next[stage] = (next[stage] ?? 0) + 1;
        hasMoved = true;
      }
    }
  }
  const isWhole = operations.length === 2 * stages * chunks * work.microBatches;
  return isWhole ? operations : null;
}

/** When the last pass ends [s]. */
export function endOf(operations: readonly PipelineOperation[]): number {
  return operations.reduce((latest, { end }) => Math.max(latest, end), 0);
}
