import type { Device } from '../hardware/device';
import type { TrainingConstants } from '../training/constants';
import type { RankedLayout, LayoutQuestion } from './layout-question';
import type { LayoutConstraints } from './layout-space';
import type { ClusterSize, Objective, RunGoal } from './objective';
import type { Region } from './region-text';
import type { SpaceSwitches } from './saving-space';
import { Walk } from './walk';

export interface SearchOptions {
  readonly objective?: Objective;
  /** numbers of accelerators to consider; the question's own alone where they are not given */
  readonly sizes?: readonly ClusterSize[];
  /** the run that the steps make up, with its date and budget */
  readonly run?: RunGoal | null;
  readonly constraints?: LayoutConstraints;
  /** further ways to save memory that are tried */
  readonly switches?: SpaceSwitches;
  /** how many of the best layouts are kept */
  readonly top?: number;
  /**
   * the ranking holds one layout for each choice of accelerators, TP, PP, EP, schedule, recomputation, ZeRO and offload, with the
   * number of others of the choice that come within 1 % of its score and step time
   */
  readonly isDistinct?: boolean;
  /** false evaluates every layout, for proofs and benchmarks */
  readonly prunes?: boolean;
  /** false keeps to the ranking: no front, nothing about regions */
  readonly explains?: boolean;
  /** memory that a layout may need over what there is: below 1 leaves room, above 1 allows for our own error */
  readonly memoryTolerance?: number;
}

export interface SearchRequest {
  readonly question: LayoutQuestion;
  readonly device: Device;
  readonly constants: TrainingConstants;
  readonly options: SearchOptions;
}

export interface SearchResult {
  /** layouts whose time was computed, or whose memory showed that they do not fit */
  readonly evaluated: number;
  /** layouts proven worse than every one kept without computing them in full */
  readonly pruned: number;
  readonly feasible: number;
  /** share of the space that is done, 0–1 */
  readonly progress: number;
  readonly isComplete: boolean;
  /** best first */
  readonly best: readonly RankedLayout[];
  /** no other layout is at once faster, smaller and on fewer accelerators; fastest first */
  readonly pareto: readonly RankedLayout[];
  /** the fastest that fits on each number of accelerators, fewest first */
  readonly bySize: readonly RankedLayout[];
  readonly regions: readonly Region[];
  /** the layout that needs least memory, where none fits */
  readonly leastMemory: RankedLayout | null;
}

/**
 * Every layout of a training job: accelerators × TP × CP × PP × DP × EP × micro-batch × sequence parallelism × exchange of
 * context-parallel ranks × schedule × chunks × recomputation × ZeRO, with its switches also recomputed layers, hybrid sharding
 * and offload, ranked by the objective among those that fit into memory and keep date and budget.
 *
 * Layouts are taken branch by branch, the branch with the least possible time first. A branch is left out only when its least
 * time shows that it changes neither the ranking, nor the front of time and memory, nor the best of any value of any axis:
 * pruning drops nothing better. Pauses now and then; null is a pause with nothing new to tell.
 *
 * Leaves out: layouts that leave accelerators idle; batches that no data-parallel degree divides.
 */
export function* searchSteps(
  request: SearchRequest,
): Generator<(() => SearchResult) | null, SearchResult, void> {
  const walk = new Walk(request);
  yield* walk.steps();
  return walk.result();
}

/** As searchSteps, to the end. */
export function searchLayouts(
  question: LayoutQuestion,
  device: Device,
  constants: TrainingConstants,
  options: SearchOptions = {},
): SearchResult {
  const steps = searchSteps({ question, device, constants, options });
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}
