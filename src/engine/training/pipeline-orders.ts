import type { PipelineSchedule } from '../plan';
import { canRunDualPipe } from './schedule-limits';

/** What is done with a micro-batch at a time: forward, backward as a whole or in its two parts, or one forward and another backward. */
export type PassKind = 'forward' | 'backward' | 'inputs' | 'weights' | 'both';

/** One pass of a stage; of two at once, the forward one is the named micro-batch. */
export interface Turn {
  readonly kind: PassKind;
  readonly chunk: number;
  readonly microBatch: number;
  /** what goes backward at the same time */
  readonly backwardMicroBatch?: number;
}

export interface OrderedWork {
  readonly stages: number;
  /** chunks of layers per stage; 1 without interleaving */
  readonly chunks: number;
  readonly microBatches: number;
  readonly schedule?: PipelineSchedule | undefined;
}

/** What each stage does in its order; null where the schedule cannot run. */
export function ordersOf(work: OrderedWork): Turn[][] | null {
  const { stages, microBatches, schedule } = work;
  if (schedule === 'dualpipe' && !canRunDualPipe(stages, microBatches)) return null;
  const orderOf = (stage: number): Turn[] => {
    switch (schedule) {
      case undefined:
        return plainOrder(work, stage);
      case 'zero-bubble':
        return zeroBubbleOrder(work, stage);
      case 'dualpipe':
        return dualPipeOrder(work, stage);
    }
  };
  return Array.from({ length: stages }, (_, stage) => orderOf(stage));
}

/** Passes in one direction: micro-batches in groups of as many as there are stages, each group through one chunk after another. */
function passes(work: OrderedWork, kind: 'forward' | 'backward'): Turn[] {
  const { stages, chunks, microBatches } = work;
  const group = chunks === 1 ? microBatches : stages;
  const turns: Turn[] = [];
  for (let first = 0; first < microBatches; first += group) {
    const end = Math.min(microBatches, first + group);
    for (let place = 0; place < chunks; place += 1) {
      const chunk = kind === 'forward' ? place : chunks - 1 - place;
      for (let microBatch = first; microBatch < end; microBatch += 1) {
        turns.push({ kind, chunk, microBatch });
      }
    }
  }
  return turns;
}

/**
 * As many forward passes as fill the pipeline, then one forward and one backward in turn, then what is left of the backward passes.
 *
 *   1F1B w = p − i − 1 · interleaved w = 2 (p − i − 1) + (v − 1) p
 *
 * w forward passes at the start [1] · p stages · i index of the stage · v chunks per stage.
 *
 * Source: Narayanan et al. 2021, section 2.2, https://arxiv.org/abs/2104.04473, from memory.
 */
function plainOrder(work: OrderedWork, stage: number): Turn[] {
  const forward = passes(work, 'forward');
  const { stages, chunks } = work;
  const fill = stages - stage - 1;
  const warmUp = chunks === 1 ? fill : 2 * fill + (chunks - 1) * stages;
  const start = Math.min(warmUp, forward.length);
  const turns = forward.slice(0, start);
  passes(work, 'backward').forEach((turn, place) => {
    const next = forward[start + place];
    if (next !== undefined) turns.push(next);
    turns.push(turn);
  });
  return turns;
}

/**
 * As one forward, one backward, with the gradients of weights apart: stage i puts them off by i micro-batches, so that it passes
 * gradients on sooner and has work left when the pipeline empties.
 *
 * Source: Qi et al. 2023, section 2.3 (ZB-H1), https://arxiv.org/abs/2401.10241, from memory.
 */
function zeroBubbleOrder({ stages, microBatches }: OrderedWork, stage: number): Turn[] {
  const turn = (kind: PassKind, microBatch: number): Turn => ({ kind, chunk: 0, microBatch });
  const fill = Math.min(stages - stage - 1, microBatches);
  const turns = Array.from({ length: fill }, (_, microBatch) => turn('forward', microBatch));
  for (let microBatch = 0; microBatch < microBatches; microBatch += 1) {
    const next = fill + microBatch;
    if (next < microBatches) turns.push(turn('forward', next));
    turns.push(turn('inputs', microBatch));
    if (microBatch >= stage) turns.push(turn('weights', microBatch - stage));
  }
  for (let late = Math.max(0, microBatches - stage); late < microBatches; late += 1) {
    turns.push(turn('weights', late));
  }
  return turns;
}

/**
 * Half of the micro-batches enter at each end, and a forward pass runs together with a backward one of the other direction. Those
 * from the last stage on are numbered after the others.
 *
 * Source: DeepSeek-AI, DualPipe, step of dualpipe.py at bb214e8, https://github.com/deepseek-ai/DualPipe, read 2026-11-29.
 */
function dualPipeOrder({ stages, microBatches }: OrderedWork, stage: number): Turn[] {
  const half = stages / 2;
  const depth = Math.min(stage, stages - 1 - stage);
  const isSecondHalf = stage >= half;
  const perSide = microBatches / 2;
  const forward = [0, perSide];
  const backward = [0, perSide];
  const waiting: number[] = [];
  const turns: Turn[] = [];
  /** the next micro-batch of the near side (0) or the far side (1), as this stage sees them */
  const take = (next: number[], side: 0 | 1): number => {
    const direction = isSecondHalf ? 1 - side : side;
    const microBatch = next[direction] ?? 0;
    next[direction] = microBatch + 1;
    return microBatch;
  };
  const push = (kind: PassKind, microBatch: number): void => {
    turns.push({ kind, chunk: 0, microBatch });
  };
  const goForward = (side: 0 | 1): void => push('forward', take(forward, side));
  const goBackward = (side: 0 | 1, isSplit = false): void => {
    const microBatch = take(backward, side);
    if (isSplit) waiting.push(microBatch);
    push(isSplit ? 'inputs' : 'backward', microBatch);
  };
  const goBoth = (side: 0 | 1, other: 0 | 1): void => {
    const microBatch = take(forward, side);
    const backwardMicroBatch = take(backward, other);
    turns.push({ kind: 'both', chunk: 0, microBatch, backwardMicroBatch });
  };
  const goWeights = (): void => {
    const microBatch = waiting.shift();
    if (microBatch !== undefined) push('weights', microBatch);
  };
  const repeat = (times: number, act: (index: number) => void): void => {
    for (let index = 0; index < times; index += 1) act(index);
  };

  const toMiddle = half - depth - 1;
  repeat(2 * toMiddle, () => goForward(0));
  repeat(depth + 1, () => {
    goForward(0);
    goForward(1);
  });
  repeat(toMiddle, () => {
    goBackward(1, true);
    goWeights();
    goForward(1);
  });
  repeat(perSide - stages + depth + 1, (index) => {
    if (index === 0 && toMiddle === 0) {
      goForward(0);
      goBackward(1);
    } else goBoth(0, 1);
    goBoth(1, 0);
  });
  repeat(toMiddle, () => {
    goBackward(1);
    goBoth(1, 0);
  });
  const firstSplit = 2 * Math.floor((depth + 1) / 2) + (depth % 2 === 1 ? 0 : 1);
  repeat(2 * (depth + 1), (index) => goBackward(index % 2 === 0 ? 1 : 0, index >= firstSplit));
  repeat(toMiddle, () => {
    goWeights();
    goBackward(0, true);
  });
  repeat(depth + 1, goWeights);
  return turns;
}
