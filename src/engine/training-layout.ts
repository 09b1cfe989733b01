/** How a training job is laid out, as a plan states it. */

export type Recompute = 'none' | 'selective' | 'full';
export type ZeroStage = 0 | 1 | 2 | 3;

/** Pipeline schedules beside one forward, one backward: backward passes split in two, or run from both ends. */
export type PipelineSchedule = 'zero-bubble' | 'dualpipe';

/** How context-parallel ranks see the keys and values of the others. */
export type ContextExchange = 'all-gather' | 'ring' | 'ulysses';

/** What updates the weights where it is not AdamW: SGD with momentum, Adafactor without. */
export type OptimizerKind = 'muon' | 'lion' | 'adafactor' | 'sgd';

/** What the optimizer keeps of its moments; the master weight has 32 bits. */
export type MomentPrecision = '32-bit' | '16-bit' | '8-bit';

/**
 * The generation of training software. `early`: Megatron-LM and DeepSpeed of 2021 and 2022, with kernels of their own for
 * bias and dropout, a score matrix in memory, and collectives that nothing hides. `fused`: FlashAttention, FSDP and
 * sequence parallelism, 2023. `current`: Transformer Engine, compiled or graph-captured steps, overlapped collectives.
 */
export type SoftwareGeneration = 'early' | 'fused' | 'current';

/** How one training job is spread over its accelerators; data parallelism is what remains. A missing field is the usual. */
export interface TrainingLayout extends LayoutExtras {
  readonly tensorParallel: number;
  readonly pipelineParallel: number;
  readonly virtualStages: number;
  readonly contextParallel: number;
  readonly expertParallel: number;
  readonly microBatch: number;
  readonly recompute: Recompute;
  readonly zeroStage: ZeroStage;
}

/** What a layout may have beyond its degrees. */
export interface LayoutExtras {
  /** missing: one forward, one backward, interleaved where a stage has several chunks */
  readonly schedule?: PipelineSchedule | undefined;
  /** layers of a stage that full recomputation covers; missing: all */
  readonly recomputedLayers?: number | undefined;
  /** missing: all-gather */
  readonly contextExchange?: ContextExchange | undefined;
  /** ranks that share the state of ZeRO, as in hybrid sharding; missing: all replicas */
  readonly shardGroup?: number | undefined;
  /** slots of an expert over its mean load, the rest of the tokens dropped; missing: none dropped */
  readonly capacityFactor?: number | undefined;
  /** missing: AdamW */
  readonly optimizer?: OptimizerKind | undefined;
  /** optimizer state in the host's memory; missing: no */
  readonly offloadsOptimizer?: boolean | undefined;
  /** fully sharded weights and their gradients in the host's memory; missing: no */
  readonly offloadsWeights?: boolean | undefined;
  /** layers of a stage whose activations wait in the host's memory for the backward pass; missing: none */
  readonly offloadedLayers?: number | undefined;
  /** missing: 32-bit */
  readonly momentPrecision?: MomentPrecision | undefined;
  /** missing: the newest that the part usually runs */
  readonly software?: SoftwareGeneration | undefined;
}
