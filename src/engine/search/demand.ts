import type { Precision } from '../catalogue/types';
import type { TrainingLayout } from '../plan';

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

export type Demand = InferenceDemand | TrainingDemand;

/** How a demand is met on one system: what a plan would hold. */
export type SizedLayout =
  | {
      readonly kind: 'inference';
      readonly tensorParallel: number;
      readonly replicas: number;
      readonly batch: number;
      readonly weightPrecision: Precision;
      readonly keyValuePrecision: Precision;
      readonly timeToFirstTokenMs: number;
      readonly timePerOutputTokenMs: number;
    }
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
  /** rented or owned, as asked: what the ranking goes by */
  readonly usdPerHour: number;
  /** null where nobody quotes a rent, or no price is published */
  readonly rentUsdPerHour: number | null;
  readonly ownUsdPerHour: number | null;
  /** of the whole training run; null for a service, which has no end */
  readonly usdTotal: number | null;
  readonly itPowerKw: number;
  /** why it stands where it stands in the ranking */
  readonly reason: string;
}

export interface RejectedSystem {
  readonly systemId: string;
  readonly systemName: string;
  readonly reason: string;
}

export interface SizedDemand {
  readonly ranked: readonly SizedCluster[];
  readonly rejected: readonly RejectedSystem[];
}

/** What one system needs to meet a demand, or why it cannot. */
export type SystemAnswer =
  | { readonly isMet: true; readonly nodes: number; readonly solution: SizedLayout }
  | { readonly isMet: false; readonly reason: string };
