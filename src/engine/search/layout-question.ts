import type { Architecture, Precision } from '../catalogue/types';
import type { ParameterCount } from '../model/parameters';
import type { LayoutExtras, TrainingLayout } from '../plan';
import type { TrainingSoftware } from '../training/software';

/** What is trained, on how many accelerators, before it is decided how. */
export interface LayoutQuestion {
  readonly architecture: Architecture;
  readonly parameters: ParameterCount;
  readonly precision: Precision;
  readonly sequenceLength: number;
  readonly globalBatch: number;
  readonly accelerators: number;
  readonly software?: TrainingSoftware;
  readonly expertTensorParallel?: number;
  readonly trainsAdaptersOnly?: boolean;
  readonly routesEvenly?: boolean;
  readonly routesFreely?: boolean;
  /** what every layout has beyond its degrees, unless the search is free to choose it */
  readonly extras?: LayoutExtras;
}

/** A layout with what it would take. */
export interface RankedLayout {
  readonly accelerators: number;
  readonly layout: TrainingLayout;
  readonly dataParallel: number;
  readonly hasSequenceParallel: boolean;
  readonly stepSeconds: number;
  readonly memoryBytes: number;
  /** further layouts of the same choice that come within 1 % of it, in a ranking of distinct choices */
  readonly alike?: number;
}
