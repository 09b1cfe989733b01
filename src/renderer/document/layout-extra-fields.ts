import type { LayoutExtras } from '@engine/plan';

export type ExtraKey = keyof LayoutExtras;

/** Names of what a layout may have beyond its degrees. */
export const extraLabels: Readonly<Record<ExtraKey, string>> = {
  schedule: 'Pipeline schedule',
  contextExchange: 'Context-parallel exchange',
  recomputedLayers: 'Recomputed layers per stage',
  shardGroup: 'Sharding group',
  capacityFactor: 'Expert capacity factor',
  optimizer: 'Optimizer',
  momentPrecision: 'Moments of the optimizer',
  offloadsOptimizer: 'Optimizer state in host memory',
  offloadsWeights: 'Weights in host memory (ZeRO 3)',
  offloadedLayers: 'Offloaded layers per stage',
  software: 'Software generation',
};

interface ExtraLimits {
  readonly least: number;
  readonly most: number;
  /** whether it may be no whole number */
  readonly hasParts: boolean;
}

/** Numbers that the plan's schema takes. */
export const extraLimits: Partial<Readonly<Record<ExtraKey, ExtraLimits>>> = {
  recomputedLayers: { least: 0, most: 1e9, hasParts: false },
  offloadedLayers: { least: 1, most: 1e9, hasParts: false },
  shardGroup: { least: 1, most: 1e9, hasParts: false },
  capacityFactor: { least: 0.1, most: 100, hasParts: true },
};

export type ExtraNumberKey =
  'recomputedLayers' | 'offloadedLayers' | 'shardGroup' | 'capacityFactor';

interface ExtraNumber {
  readonly key: ExtraNumberKey;
  readonly placeholder: string;
  readonly help: string;
}

/** Numbers that may be left out, and what their absence means. */
export const extraNumbers: readonly ExtraNumber[] = [
  {
    key: 'recomputedLayers',
    placeholder: 'All',
    help: 'With full recomputation: layers of a pipeline stage that are computed again.',
  },
  {
    key: 'offloadedLayers',
    placeholder: 'None',
    help: 'Layers of a pipeline stage whose activations wait in host memory for the backward pass.',
  },
  {
    key: 'shardGroup',
    placeholder: 'All replicas',
    help: 'With ZeRO: ranks that share a state; other groups hold copies (hybrid sharding, HSDP).',
  },
  {
    key: 'capacityFactor',
    placeholder: 'Dropless',
    help: 'Slots of an expert over its mean load; tokens beyond are dropped.',
  },
];
