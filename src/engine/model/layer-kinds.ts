import type { Architecture } from '../catalogue/types';

/** How many layers of a model mix tokens in which way. */
export interface LayerKinds {
  /** attention over the whole context */
  readonly full: number;
  /** attention over the last `window` tokens */
  readonly windowed: number;
  readonly window: number;
  /** a recurrence, or nothing that is known */
  readonly recurrent: number;
}

/**
 * Layers by the way in which they mix tokens.
 *
 *   L = L_full + L_window + L_recurrent        L_window = σ · (L − L_recurrent)
 *
 * L layers [1] · σ share of the attention layers that see only the last tokens [1]
 *
 * Leaves out: windows of more than one width in a model. Source: definition.
 */
export function layerKinds(architecture: Architecture): LayerKinds {
  const { layers, recurrentMixer, attentionLayerShare = 1, slidingWindow } = architecture;
  const recurrent = recurrentMixer
    ? Math.min(layers, recurrentMixer.layers)
    : layers * (1 - attentionLayerShare);
  const attention = layers - recurrent;
  const windowed = slidingWindow ? slidingWindow.layerShare * attention : 0;
  return {
    full: attention - windowed,
    windowed,
    window: slidingWindow?.tokens ?? 0,
    recurrent,
  };
}
