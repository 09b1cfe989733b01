import type { Precision } from '../catalogue/types';
import type { TaskKind, TrainingLayout } from '../plan';

/** "I know my demand": people to be served. */
export interface InferenceDemand {
  readonly kind: 'inference';
  readonly modelId: string;
  /** people using the service at the busiest moment */
  readonly concurrentUsers: number;
  readonly requestsPerUserHour: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly timeToFirstTokenTargetMs: number;
  readonly timePerOutputTokenTargetMs: number;
  /** null leaves the choice: 8 bits where the accelerator has them, else 16 */
  readonly weightPrecision: Precision | null;
}

/** "I know my demand": images, videos, vectors of texts or transcripts of recordings, each answered in one piece. */
export interface TaskDemand {
  readonly kind: 'task';
  readonly task: TaskKind;
  readonly modelId: string;
  /** images, videos, texts or recordings of a day */
  readonly requestsPerDay: number;
  /** load of the busiest moment over the mean of the day */
  readonly peakToMean: number;
  /** within which all but one request in a hundred are answered */
  readonly targetSeconds: number;
  /** null leaves the choice: 16 bits, or 8 where these need fewer nodes */
  readonly precision: Precision | null;
  /** what a request asks for; null: what the model or the catalogue says */
  readonly imageSteps: number | null;
  readonly imageEdge: number | null;
  readonly videoSeconds?: number | null;
  readonly videoLines?: number | null;
  readonly videoSteps?: number | null;
  readonly textTokens: number | null;
  readonly audioSeconds: number | null;
}

export type ServiceDemand = InferenceDemand | TaskDemand;

/** Several services, each with its model and its targets, that share the accelerators of one cluster. */
export interface ServicesDemand {
  readonly kind: 'services';
  readonly services: readonly ServiceDemand[];
}

/** "I know my demand": a model to be trained by a date. */
export interface TrainingDemand {
  readonly kind: 'training';
  readonly modelId: string;
  readonly tokens: number;
  readonly sequenceLength: number;
  readonly globalBatchSequences: number;
  readonly deadlineDays: number;
  readonly precision: Precision;
}

export type Demand = ServiceDemand | ServicesDemand | TrainingDemand;

/** What a cluster is ranked by. */
export type RankedBy = 'cost' | 'power' | 'accelerators';

/** Replicas of one service: what a plan's workload would hold. */
export interface SizedService {
  readonly kind: 'inference';
  readonly modelId: string;
  readonly tensorParallel: number;
  /** stages, and groups for attention with experts over all of them, where a replica has them */
  readonly pipelineParallel?: number;
  readonly attentionDataParallel?: number;
  readonly replicas: number;
  readonly batch: number;
  readonly weightPrecision: Precision;
  readonly keyValuePrecision: Precision;
  readonly timeToFirstTokenMs: number;
  readonly timePerOutputTokenMs: number;
}

/** Accelerators of a service that answers in one piece, each with a copy of the model: what a plan's workload would need. */
export interface SizedTask {
  readonly kind: 'task';
  readonly task: TaskKind;
  readonly modelId: string;
  readonly precision: Precision;
  readonly accelerators: number;
  /** requests that an accelerator works on together, and how long they take */
  readonly batch: number;
  readonly batchSeconds: number;
  /** within which all but one request in a hundred are answered */
  readonly slowestSeconds: number;
}

export type SizedPart = SizedService | SizedTask;

/** How a demand is met on one system. */
export type SizedLayout =
  | SizedPart
  | { readonly kind: 'services'; readonly services: readonly SizedPart[] }
  | {
      readonly kind: 'training';
      readonly layout: TrainingLayout;
      readonly dataParallel: number;
      readonly stepSeconds: number;
      readonly days: number;
    };

/** One system that meets the demand, with the fewest nodes that do. */
export interface SizedCluster {
  readonly systemId: string;
  readonly systemName: string;
  readonly nodes: number;
  readonly accelerators: number;
  readonly solution: SizedLayout;
  /** rented or owned, as asked; null where no price is known and the ranking goes by something else */
  readonly usdPerHour: number | null;
  /** null where nobody quotes a rent, or no price is published */
  readonly rentUsdPerHour: number | null;
  readonly ownUsdPerHour: number | null;
  /** of the whole training run; null for a service, which has no end */
  readonly usdTotal: number | null;
  readonly itPowerKw: number;
  /** equal clusters that it is split into, each joined by a fabric and laid out as `solution` says; absent: one fabric joins all */
  readonly fabrics?: number | undefined;
  /** why it stands where it stands in the ranking */
  readonly reason: string;
}

export interface RejectedSystem {
  readonly systemId: string;
  readonly systemName: string;
  readonly reason: string;
}

/** Why a demand cannot be sized at all, and what to change. */
export interface DemandProblem {
  readonly code: string;
  readonly title: string;
  readonly advice: string;
}

/** What one target costs: the best cluster once it is relaxed, beside the best that keeps it. */
export interface Relaxation {
  /** such as 'Time per output token' */
  readonly target: string;
  /** the change in words, such as '50 ms → 100 ms' */
  readonly change: string;
  readonly systemName: string;
  readonly accelerators: number;
  /** USD per hour, kW or accelerators, as ranked; `before` is null where nothing meets the demand as it stands */
  readonly before: number | null;
  readonly after: number;
  /** amounts are for the whole training run, not for an hour */
  readonly perRun: boolean;
}

export interface SizedDemand {
  readonly ranked: readonly SizedCluster[];
  readonly rejected: readonly RejectedSystem[];
  /** null unless the demand is impossible as it stands */
  readonly problem: DemandProblem | null;
  readonly relaxations: readonly Relaxation[];
}

/** Equal clusters that a demand is split over because no fabric joins one that meets it, and why in a sentence. */
export interface FabricSplit {
  readonly clusters: number;
  readonly sentence: string;
}

/** What one system needs to meet a demand, or why it cannot. */
export type SystemAnswer =
  | {
      readonly isMet: true;
      /** of all clusters together */
      readonly nodes: number;
      /** of the cluster, or of each of them */
      readonly solution: SizedLayout;
      /** absent where one fabric joins all nodes */
      readonly split?: FabricSplit | undefined;
    }
  | { readonly isMet: false; readonly reason: string };
