import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions, ImageModel, Precision } from '../catalogue/types';
import { peakFlopPerSecond, type Device } from '../hardware/device';
import { readServingConstants } from './constants';

/** One way of running an image generator. */
export interface ImageRun {
  readonly precision: Precision;
  readonly steps: number;
  /** edge of a square image of the same number of pixels */
  readonly resolution: number;
  /** run operator by operator, without a compiler or prepared engine */
  readonly isEager: boolean;
  /** images together; null leaves the choice to a throughput run */
  readonly batch: number | null;
}

/** Work of one image in FLOP, and where its time goes, in seconds. */
export interface ImageTime {
  readonly flop: number;
  /** arithmetic and moving activations */
  readonly arithmetic: number;
  /** launching kernels, where nothing hides it */
  readonly host: number;
  readonly total: number;
}

/** Images that hide the host's work in a throughput run. */
export const throughputBatch = 8;

/**
 * Tokens, or places of the latent image, over those of the reference.
 *
 *   x = (p + τ) / (1 + τ)
 *
 * p pixels over those of the reference [1] · τ text tokens over image tokens of the reference [1]
 *
 * Leaves out: prompts of other lengths.
 * Source: definition.
 */
export function imageScale(model: ImageModel, resolution: number): number {
  const text = model.textShare?.value ?? 0;
  return ((resolution / model.resolution.value) ** 2 + text) / (1 + text);
}

/**
 * Time of one image.
 *
 *   C = n · e · C_1 · (x + q · (x² − x)) + C_d · p
 *   t = n · e · ( C_p / P_mix + C_q / (P_16 · a_t) + k · m · C_p / (σ · M) ) + C_d · p / (A_16 · a) + t_launch
 *   C_p = C_1 · x · (1 − q)      C_q = C_1 · q · x²      1 / P_mix = s / (A · a) + (1 − s) / (A_16 · a)
 *
 * n steps [1] · e denoiser evaluations per step, 2 with classifier-free guidance [1] · C_1, C_d work of the denoiser and of
 * the decoder at the reference resolution [FLOP] · p pixels over those of the reference, x see imageScale [1] · q share of the work, that of attention, that grows
 * with x² [1] · A, A_16 achievable rate of large products at the precision and at 16 bits, P_16 peak at 16 bits [FLOP/s] · a share of it that convolutions and products of these
 * networks reach, a_t that attention reaches, always in 16 bits [1] · s share of that work that narrow formats take over [1] · m bytes of activations moved
 * between kernels per FLOP, by kind of network [B/FLOP] · M memory bandwidth [B/s], σ share reached [1] ·
 * k how often uncompiled kernels move what compiled ones move once, 1 where compiled [1] · t_launch n · t_step / B: floors of the kernels of a step, shared by B
 * images together; uncompiled, kernels are launched while others run, and only what is longer counts [s]
 *
 * Leaves out: text encoders, transfer of the image, safety checks, small shapes.
 * Source: roofline; a, k, m, s and t_step fitted by tests/calibration/fit-inference.mjs; σ, a_t see decodeAttentionSeconds and
 * promptAttentionSeconds; work per evaluation in the catalogue.
 */
export function imageSeconds(
  device: Device,
  model: ImageModel,
  run: ImageRun,
  assumptions: Assumptions,
): ImageTime {
  const read = (key: string): number => assumptionValue(assumptions, key);
  const pixels = (run.resolution / model.resolution.value) ** 2;
  const scale = imageScale(model, run.resolution);
  const perEvaluation = model.denoiserFlop.value * 1e12;
  const evaluations = run.steps * model.evaluationsPerStep.value;
  const products = perEvaluation * scale * (1 - model.quadraticShare.value);
  const attention = perEvaluation * scale ** 2 * model.quadraticShare.value;
  const decoding = model.decoderFlop.value * 1e12 * pixels;
  const { attentionShare, cacheStream } = readServingConstants(
    assumptions,
    'current',
    device.family,
  );
  const ofKind = model.kind === 'convolutional' ? 'Convolutional' : 'Transformer';
  const reached = read(`serving.image${ofKind}`);
  const rateIn = (precision: Precision): number =>
    (device.rates[precision]?.achievableFlopPerSecond ?? 0) * reached;
  const wide = peakFlopPerSecond(device, 'bf16');
  const narrow =
    run.precision === 'bf16' || run.precision === 'fp16' ? 0 : read('serving.imageNarrowShare');
  const perProduct = narrow / rateIn(run.precision) + (1 - narrow) / rateIn('bf16');
  const passes = run.isEager ? read('serving.imageEager') : 1;
  const moved = read(`serving.imageTraffic${ofKind}`) * 1e-3 * products * passes;
  const evaluation =
    products * perProduct +
    attention / (wide * attentionShare) +
    moved / (device.memoryBytesPerSecond * cacheStream);
  const arithmetic = evaluations * evaluation + decoding / rateIn('bf16');
  const stepMs = read(run.isEager ? 'serving.imageStepEager' : 'serving.imageStepCompiled');
  const launching = (run.steps * stepMs * 1e-3) / (run.batch ?? throughputBatch);
  const host = run.isEager ? Math.max(0, launching - arithmetic) : launching;
  const flop = evaluations * (products + attention) + decoding;
  return { flop, arithmetic, host, total: arithmetic + host };
}
