/** Mamba (2023): a selective state space per channel. */
interface MambaMixer {
  readonly kind: 'mamba';
  readonly layers: number;
  readonly innerWidth: number;
  readonly stateWidth: number;
  readonly timeStepRank: number;
  readonly convolution: number;
}

/** Mamba-2 (2024): heads that share the matrices B and C of a group. */
interface MambaTwoMixer {
  readonly kind: 'mamba-2';
  readonly layers: number;
  readonly heads: number;
  readonly headDim: number;
  readonly groups: number;
  readonly stateWidth: number;
  readonly convolution: number;
}

/** Gated DeltaNet (2024): a matrix per value head, corrected by each key. */
interface GatedDeltaMixer {
  readonly kind: 'gated-delta';
  readonly layers: number;
  readonly keyHeads: number;
  readonly keyHeadDim: number;
  readonly valueHeads: number;
  readonly valueHeadDim: number;
  readonly convolution: number;
}

/** Lightning attention (2024): linear attention with a decay per head and a gated output. */
interface LightningMixer {
  readonly kind: 'lightning';
  readonly layers: number;
  readonly heads: number;
  readonly headDim: number;
}

/** Kimi Delta Attention (2025): Gated DeltaNet with a decay per channel, decays and gates through a width as narrow as a head. */
interface KimiDeltaMixer {
  readonly kind: 'kimi-delta';
  readonly layers: number;
  readonly heads: number;
  readonly headDim: number;
  readonly convolution: number;
}

/** A short convolution between two gates, as in LFM2 (2025): its state is the last few inputs. */
interface ShortConvolutionMixer {
  readonly kind: 'short-convolution';
  readonly layers: number;
  readonly width: number;
  readonly convolution: number;
}

/** What stands in place of attention in some layers of a hybrid model: a state of fixed size instead of a growing cache. */
export type RecurrentMixer =
  | MambaMixer
  | MambaTwoMixer
  | GatedDeltaMixer
  | LightningMixer
  | KimiDeltaMixer
  | ShortConvolutionMixer;
