import type { Architecture, Assumptions, Precision, SpeechDecoder } from '../catalogue/types';
import type { Device } from '../hardware/device';
import { servingMemory } from '../inference/capacity';
import { decodeStep } from '../inference/decode';
import { passOverheadSeconds } from '../inference/layers';
import { prefillSeconds } from '../inference/prefill';
import { productSeconds } from '../inference/product';
import { prepareServing, readServingConstants, type Serving } from '../inference/serving';
import { keyValueBytesPerToken } from '../model/bytes';
import { attentionFlopPerToken } from '../model/flop';
import { countParameters } from '../model/parameters';

/** Brings one network of such a model onto one accelerator. */
export function prepareNetwork(
  device: Device,
  architecture: Architecture,
  precision: Precision,
  assumptions: Assumptions,
): Serving {
  const software = device.family === 'cpu' ? 'pytorch' : 'current';
  return prepareServing(
    {
      device,
      architecture,
      weightPrecision: precision,
      // Caches of encoders and of speech decoders are kept in 16 bits by the engines that run them.
      keyValuePrecision: 'bf16',
      tensorParallel: 1,
      pipelineParallel: 1,
    },
    readServingConstants(assumptions, software, device.family),
  );
}

/**
 * Work of an encoder on one sequence.
 *
 *   C = s · (2 · (N_m − N_head) + C_attention(n))        n = s where every token sees all, s / 2 where it sees those before it
 *
 * s tokens [1] · N_m parameters in matrices, N_head those of an output head, which is not run [1] · C_attention see
 * attentionFlopPerToken [FLOP]
 *
 * Leaves out: convolutions before the first layer, pooling. Source: as forwardFlopPerToken.
 */
export function encoderFlop(architecture: Architecture, tokens: number, isCausal: boolean): number {
  const { multipliedPerToken, outputHead } = countParameters(architecture);
  const attended = isCausal ? tokens / 2 : tokens;
  const perToken =
    2 * (multipliedPerToken - outputHead) + attentionFlopPerToken(architecture, attended);
  return tokens * perToken;
}

/** A pass over several sequences: what is arithmetic and memory, and what is the launching of it. */
export interface PassTime {
  readonly busy: number;
  readonly overhead: number;
}

/**
 * Time of an encoder on n sequences of s tokens: that of prompts of a language model, see prefillSeconds. Where every token sees
 * all others, attention is counted as over s tokens instead of s / 2.
 *
 * Leaves out: cutting texts into tokens, padding of texts of uneven lengths.
 * Source: as prefillSeconds, whose constants were fitted to language models; no timing of an encoder is among them.
 */
export function encoderSeconds(
  serving: Serving,
  sequences: number,
  tokens: number,
  isCausal: boolean,
): PassTime {
  const seconds = prefillSeconds(serving, sequences, tokens, isCausal ? 0 : tokens / 2);
  const overhead = passOverheadSeconds(serving) + serving.constants.stepOverheadSeconds;
  return { busy: Math.max(0, seconds - overhead), overhead };
}

/** A speech decoder with its attention to the encoder: queries and output of it are h × h matrices in every layer. */
export function withCrossAttention(decoder: Architecture): Architecture {
  // Two matrices h × h are as much work as a plain feed-forward block that is wider by h.
  return { ...decoder, ffn: decoder.ffn + decoder.hidden };
}

/** Time of writing the transcripts of several windows, in seconds. */
export interface TranscriptTime {
  /** keys and values of the encoder's output for every layer of the decoder */
  readonly crossKeys: number;
  readonly writing: number;
}

/**
 * Time of writing the transcripts of n windows together.
 *
 *   t = L · t_product(n · p, 2 · h, h) + k · t_decode(n, p + k / 2)
 *
 * L layers and h width of the decoder [1] · p positions of a window [1] · k tokens written per window [1] · t_decode see decodeStep:
 * the cache holds the keys and values of the window and of the tokens written so far
 *
 * Leaves out: beams, tokens of time stamps, windows read again after a failed attempt.
 * Source: as decodeStep and productSeconds; architecture of Radford et al. 2022 (from memory).
 */
export function transcriptSeconds(
  serving: Serving,
  windows: number,
  positions: number,
  tokens: number,
): TranscriptTime {
  const { layers, hidden } = serving.architecture;
  return {
    crossKeys: layers * productSeconds(serving, 'dense', windows * positions, 2 * hidden, hidden),
    writing: tokens * decodeStep(serving, windows, positions + tokens / 2).total,
  };
}

/** Work of writing the transcript of one window, in FLOP; see transcriptSeconds. */
export function transcriptFlop(decoder: Architecture, positions: number, tokens: number): number {
  const crossed = withCrossAttention(decoder);
  const perToken =
    2 * countParameters(crossed).multipliedPerToken +
    attentionFlopPerToken(crossed, positions + tokens / 2);
  return 4 * decoder.layers * decoder.hidden ** 2 * positions + tokens * perToken;
}

/**
 * Windows whose keys and values fit beside the weights.
 *
 *   n = ⌊ (M_cache − W_e) / (m · (p + k)) ⌋
 *
 * M_cache see servingMemory, of the decoder [B] · W_e weights of the encoder [B] · m cache of a token [B] · p, k see transcriptSeconds
 *
 * Leaves out: activations of the encoder. Source: definition.
 */
export function windowsInMemory(
  decoding: Serving,
  encoding: Serving,
  { windowPositions }: SpeechDecoder,
  tokens: number,
): number {
  const perToken = keyValueBytesPerToken(decoding.architecture, decoding.elementBytes.cache);
  const free = servingMemory(decoding).cache - encoding.weightBytes;
  return Math.max(0, Math.floor(free / (perToken * (windowPositions.value + tokens))));
}
