import type { Device } from '../hardware/device';
import type { TrainingConstants } from '../training/constants';
import type { LayoutQuestion, RankedLayout } from './layout-question';
import { pipelineDegrees, tensorDegrees, type LayoutConstraints } from './layout-space';
import { searchLayouts } from './search-layouts';

/** A layout of nearly the cluster and nearly the batch that were asked for. */
export interface NearestLayout {
  /** the question with the accelerators that work and the batch that they divide */
  readonly question: LayoutQuestion;
  readonly chosen: RankedLayout;
}

/** Share of the batch by which it may be rounded: less than what schedules for the learning rate distinguish. */
const batchShare = 0.05;
/** Share of the accelerators that may stand idle. */
const idleShare = 0.1;
/** Cluster sizes that are tried at most. */
const triedSizes = 512;
/** Cluster sizes with a layout that are compared before the fastest is taken. */
const comparedSizes = 8;

/**
 * The fastest layout near a question that has none: a batch or a number of accelerators that nothing divides, such as 10,000
 * accelerators and 1,563 sequences. Whole nodes are left idle, as few as possible, and the batch is rounded to whole micro-batches
 * of all replicas; of the eight largest clusters that then have a layout the one with most sequences per second is taken.
 *
 * n = N − k · node ≥ (1 − i) N;  DP = n / (TP · PP · CP) whole;  B′ = DP · max(1, round(B / DP));  |B′ − B| ≤ b B
 *
 * N: accelerators asked for; n: those that work; node: accelerators per node; B, B′: sequences per step asked for and run;
 * i, b: shares that may stand idle and be rounded, 0.1 and 0.05.
 * Context parallelism stays as constrained, or 1. Null when nothing that near fits into memory.
 */
export function nearestLayout(
  question: LayoutQuestion,
  device: Device,
  constants: TrainingConstants,
  constraints: LayoutConstraints = {},
): NearestLayout | null {
  let fastest: NearestLayout | null = null;
  let sizes = 0;
  for (const accelerators of fewer(question.accelerators, device.acceleratorsPerNode)) {
    const asked = { ...question, accelerators };
    const found = nearBatches(asked, constraints).flatMap((near) => {
      const options = { constraints: near.constraints, top: 1, explains: false };
      const chosen = searchLayouts(near.question, device, constants, options).best[0];
      return chosen ? [{ question: near.question, chosen }] : [];
    });
    for (const candidate of found) {
      if (fastest === null || rate(candidate) > rate(fastest)) fastest = candidate;
    }
    if (found.length > 0) sizes += 1;
    if (sizes === comparedSizes) break;
  }
  return fastest;
}

function rate({ question, chosen }: NearestLayout): number {
  return question.globalBatch / chosen.stepSeconds;
}

function* fewer(asked: number, perNode: number): Generator<number> {
  const step = asked > perNode ? perNode : 1;
  const most = asked - (asked % step);
  const least = Math.max(1, asked * (1 - idleShare), most - step * triedSizes);
  for (let count = most; count >= least; count -= step) yield count;
}

/** Divisions of the accelerators with the batch that each can run, where that is near enough. */
function nearBatches(question: LayoutQuestion, constraints: LayoutConstraints) {
  const contextParallel = constraints.contextParallel ?? [1];
  return tensorDegrees(question, constraints).flatMap((tensor) =>
    contextParallel.flatMap((context) => {
      const ranks = question.accelerators / (tensor * context);
      return pipelineDegrees(question, constraints, ranks).flatMap((pipeline) => {
        const replicas = ranks / pipeline;
        if (!Number.isInteger(replicas)) return [];
        const globalBatch = replicas * Math.max(1, Math.round(question.globalBatch / replicas));
        const change = Math.abs(globalBatch / question.globalBatch - 1);
        if (change > batchShare) return [];
        const degrees = {
          tensorParallel: [tensor],
          contextParallel: [context],
          pipelineParallel: [pipeline],
          dataParallel: [replicas],
        };
        return [
          { question: { ...question, globalBatch }, constraints: { ...constraints, ...degrees } },
        ];
      });
    }),
  );
}
