import { ordersOf, type OrderedWork, type PassKind, type Turn } from './pipeline-orders';

/** A pipeline's work for one optimizer step. */
export interface PipelineWork extends OrderedWork {
  /** time of a stage for the forward pass of one micro-batch through all its chunks [s] */
  readonly forwardSeconds: number;
  readonly backwardSeconds: number;
  /** the part of the backward pass that computes gradients of weights, where a schedule puts it off [s] */
  readonly weightSeconds?: number;
  /** time of the last stage over that of the others, at least 1 */
  readonly lastStageRatio: number;
}

/** One pass of one micro-batch through one chunk of layers. */
export interface PipelineOperation extends Turn {
  readonly stage: number;
  readonly start: number;
  readonly end: number;
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

  /** How deep in the model a chunk of a stage is for a micro-batch: the second half of DualPipe's go from the last stage on. */
  private depthOf(chunk: number, stage: number, microBatch: number): number {
    const { stages, microBatches, schedule } = this.work;
    const isReversed = schedule === 'dualpipe' && microBatch >= microBatches / 2;
    return chunk * stages + (isReversed ? stages - 1 - stage : stage);
  }

  private forwardReady(chunk: number, microBatch: number, stage: number): number {
    const depth = this.depthOf(chunk, stage, microBatch);
    return depth === 0 ? 0 : (this.forward[this.place(depth - 1, microBatch)] ?? -1);
  }

  private backwardReady(chunk: number, microBatch: number, stage: number): number {
    const depth = this.depthOf(chunk, stage, microBatch);
    const isDeepest = depth === this.work.stages * this.work.chunks - 1;
    return isDeepest
      ? (this.forward[this.place(depth, microBatch)] ?? -1)
      : (this.backward[this.place(depth + 1, microBatch)] ?? -1);
  }

  /** When what a pass waits for has ended; −1 where it has not. */
  readyAt({ kind, chunk, microBatch, backwardMicroBatch }: Turn, stage: number): number {
    switch (kind) {
      case 'forward':
        return this.forwardReady(chunk, microBatch, stage);
      case 'backward':
      case 'inputs':
        return this.backwardReady(chunk, microBatch, stage);
      case 'weights':
        return 0;
      case 'both': {
        const forward = this.forwardReady(chunk, microBatch, stage);
        const backward = this.backwardReady(chunk, backwardMicroBatch ?? microBatch, stage);
        return Math.min(forward, backward) < 0 ? -1 : Math.max(forward, backward);
      }
    }
  }

  note({ kind, chunk, microBatch, backwardMicroBatch }: Turn, stage: number, end: number): void {
    if (kind === 'weights') return;
    if (kind === 'forward' || kind === 'both') {
      this.forward[this.place(this.depthOf(chunk, stage, microBatch), microBatch)] = end;
    }
    if (kind === 'forward') return;
    const back = backwardMicroBatch ?? microBatch;
    this.backward[this.place(this.depthOf(chunk, stage, back), back)] = end;
  }
}

/** Time of each kind of pass through all chunks of a stage [s]. */
function secondsOf(work: PipelineWork): Readonly<Record<PassKind, number>> {
  const { forwardSeconds: forward, backwardSeconds: backward, weightSeconds: weights = 0 } = work;
  return { forward, backward, weights, inputs: backward - weights, both: forward + backward };
}

/** Whether a stage takes as long as the slowest: the last one, and in DualPipe both ends, which hold it in turn. */
export function isSlowStage(
  stages: number,
  schedule: PipelineWork['schedule'],
  stage: number,
): boolean {
  return stage === stages - 1 || (schedule === 'dualpipe' && stage === 0);
}

/**
 * Every pass of a step with its start and end, as each stage works through its order and waits for what it needs. Null where the
 * order cannot be kept: interleaving needs micro-batches that the stages divide, DualPipe two for each of an even number of stages.
 *
 *   t = (m + (p − 1) / v) · t_stage                     one forward, one backward
 *   t = m · t_stage + (p − 1) · (F + B − W)              zero-bubble, where W is no longer than F
 *   t = m · t_stage + (p / 2 − 1) · (t_stage + B − 2·W)  DualPipe, where forward, input and weight gradients take as long
 *
 * where all stages take as long: t until the last pass ends [s] · m micro-batches [1] · p stages [1] · v chunks [1] · t_stage both
 * passes of a stage [s] · F forward pass [s] · B gradients of inputs [s] · W gradients of weights [s]
 *
 * Leaves out: transfers between stages.
 * Source: as the orders of each schedule.
 */
export function pipelineSchedule(work: PipelineWork): PipelineOperation[] | null {
  const orders = ordersOf(work);
  if (orders === null) return null;
  const { stages, chunks, lastStageRatio } = work;
  const seconds = secondsOf(work);
  const next = new Int32Array(stages);
  const free = new Float64Array(stages);
  const ends = new Ends(work);
  const operations: PipelineOperation[] = [];
  let hasMoved = true;
  while (hasMoved) {
    hasMoved = false;
    for (let stage = 0; stage < stages; stage += 1) {
      const ratio = (isSlowStage(stages, work.schedule, stage) ? lastStageRatio : 1) / chunks;
      for (;;) {
        const turn = orders[stage]?.[next[stage] ?? 0];
        if (turn === undefined) break;
        const ready = ends.readyAt(turn, stage);
        if (ready < 0) break;
        const start = Math.max(ready, free[stage] ?? 0);
        const end = start + ratio * seconds[turn.kind];
        operations.push({ stage, ...turn, start, end });
        ends.note(turn, stage, end);
        free[stage] = end;
        next[stage] = (next[stage] ?? 0) + 1;
        hasMoved = true;
      }
    }
  }
  const isWhole = operations.length === orders.flat().length;
  return isWhole ? operations : null;
}

/** When the last pass ends [s]. */
export function endOf(operations: readonly PipelineOperation[]): number {
  return operations.reduce((latest, { end }) => Math.max(latest, end), 0);
}
