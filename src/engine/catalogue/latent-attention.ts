/** Multi-head latent attention, DeepSeek-V2 (2024): widths of the compressed query, key and value paths. */
export interface LatentAttention {
  readonly queryRank: number | null;
  readonly keyValueRank: number;
  readonly noPositionHeadDim: number;
  readonly rotaryHeadDim: number;
  readonly valueHeadDim: number;
  /** tokens that each token attends to, selected by an indexer of its own heads, DeepSeek-V3.2 (2025); absent: all */
  readonly sparse?:
    | { readonly tokens: number; readonly indexHeads: number; readonly indexHeadDim: number }
    | undefined;
}
