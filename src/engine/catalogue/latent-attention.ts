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
  /** tokens are pooled before they are kept, DeepSeek-V4 (2026); absent: each is kept by itself */
  readonly pooled?: PooledCache | undefined;
}

/**
 * A latent cache of pooled tokens, of which one vector is both key and value: every layer sees a window of single tokens; some see one
 * entry for every few tokens before it, of which an indexer selects some (see `sparse`), others one for every many, and all of these.
 */
export interface PooledCache {
  readonly window: number;
  /** layers whose entries an indexer selects from, and tokens of an entry */
  readonly fine: { readonly layers: number; readonly tokens: number };
  /** layers that see all of their entries, and tokens of one */
  readonly coarse: { readonly layers: number; readonly tokens: number };
  /** groups of heads whose output is first projected to a rank of their own, and that rank */
  readonly outputGroups: number;
  readonly outputRank: number;
}
