import type { RecurrentMixer } from '../catalogue/types';

/** Sizes of one recurrent layer, all plain counts of numbers. */
export interface RecurrentSize {
  /** columns of all projections into the layer */
  readonly inward: number;
  /** rows of the projection out of it */
  readonly outward: number;
  /** parameters of the convolution, the decays, inner projections and norms */
  readonly inner: number;
  /** numbers kept per sequence: the state, and the last inputs of the convolution */
  readonly state: number;
  /** operations of the recurrence on one token [FLOP] */
  readonly recurrenceFlop: number;
}

/**
 * Sizes of one layer that mixes tokens by a recurrence instead of attention.
 *
 *   Mamba           in 2·w · out w · inner w·(c + 1) + w·(r + 2·n) + (r + 1)·w + w·n + w + r + 2·n · state w·n
 *   Mamba-2         in 2·w + 2·g·n + a · out w · inner (w + 2·g·n)·(c + 1) + 3·a + w · state w·n, w = a·d
 *   Gated DeltaNet  in 2·k + 2·v + 2·a_v · out v · inner (2·k + v)·c + 2·a_v + d_v · state a_v·d_k·d_v, k = a_k·d_k, v = a_v·d_v
 *   Lightning       in 4·a·d · out a·d · inner a·d · state a·d²
 *   Kimi Delta      in 3·k + 2·d + a · out k · inner 3·k·c + 2·d·k + k + a + d · state k·d, k = a·d
 *   short convolution  in 3·w · out w · inner w·c · state none
 *
 * w inner width [1] · n state width [1] · g groups [1] · a heads, d their width [1] · a_k, d_k, a_v, d_v heads of keys and of
 * values and their widths [1] · c taps of the convolution [1] · r rank of the time step [1]; a convolution keeps c − 1 inputs.
 * Operations per number of the state and token: 6 to decay it, add an outer product and read it, 8 with the correction of
 * the delta rule, 9 where the decay is computed per channel.
 *
 * Leaves out: the quadratic work inside the chunks in which kernels run the recurrence.
 * Source: Gu and Dao 2023, https://arxiv.org/abs/2312.00752; Dao and Gu 2024, https://arxiv.org/abs/2405.21060; Yang et al.
 * 2024, https://arxiv.org/abs/2412.06464; MiniMax 2025, https://arxiv.org/abs/2501.08313; Kimi Team 2025,
 * https://arxiv.org/abs/2510.26692; Liquid AI 2025, https://arxiv.org/abs/2511.23404; all from memory.
 * Checked against published counts by tests/engine/model.
 */
export function recurrentSize(mixer: RecurrentMixer): RecurrentSize {
  switch (mixer.kind) {
    case 'mamba': {
      const { innerWidth: width, stateWidth, timeStepRank: rank, convolution } = mixer;
      const projections = width * (rank + 2 * stateWidth) + (rank + 1) * width;
      const norms = rank + 2 * stateWidth;
      return {
        inward: 2 * width,
        outward: width,
        inner: width * (convolution + 1) + projections + width * stateWidth + width + norms,
        state: width * stateWidth + width * (convolution - 1),
        recurrenceFlop: 9 * width * stateWidth,
      };
    }
    case 'mamba-2': {
      const { heads, headDim, groups, stateWidth, convolution } = mixer;
      const width = heads * headDim;
      const convolved = width + 2 * groups * stateWidth;
      return {
        inward: width + convolved + heads,
        outward: width,
        inner: convolved * (convolution + 1) + 3 * heads + width,
        state: width * stateWidth + convolved * (convolution - 1),
        recurrenceFlop: 6 * width * stateWidth,
      };
    }
    case 'gated-delta': {
      const { keyHeads, keyHeadDim, valueHeads, valueHeadDim, convolution } = mixer;
      const keys = keyHeads * keyHeadDim;
      const values = valueHeads * valueHeadDim;
      const convolved = 2 * keys + values;
      return {
        inward: convolved + values + 2 * valueHeads,
        outward: values,
        inner: convolved * convolution + 2 * valueHeads + valueHeadDim,
        state: values * keyHeadDim + convolved * (convolution - 1),
        recurrenceFlop: 8 * values * keyHeadDim,
      };
    }
    case 'lightning': {
      const width = mixer.heads * mixer.headDim;
      const state = width * mixer.headDim;
      return {
        inward: 4 * width,
        outward: width,
        inner: width,
        state,
        recurrenceFlop: 6 * state,
      };
    }
    case 'kimi-delta': {
      const { heads, headDim, convolution } = mixer;
      const width = heads * headDim;
      return {
        inward: 3 * width + 2 * headDim + heads,
        outward: width,
        inner: 3 * width * convolution + 2 * headDim * width + width + heads + headDim,
        state: width * headDim + 3 * width * (convolution - 1),
        recurrenceFlop: 9 * width * headDim,
      };
    }
    case 'short-convolution': {
      const { width, convolution } = mixer;
      return {
        inward: 3 * width,
        outward: width,
        inner: width * convolution,
        state: width * (convolution - 1),
        recurrenceFlop: 2 * width * (convolution + 1),
      };
    }
  }
}
