import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions, ImageModel, Precision } from '../catalogue/types';
import type { Device } from '../hardware/device';
import { bytesPerElement } from '../model/precision';
import { BYTES_PER_GB } from '../units';
import { imageMachine } from './image-machine';
import { imageExchangeSeconds, imageParts, type ImageSplit } from './image-split';

/** One way of running an image generator. */
export interface ImageRun {
  readonly precision: Precision;
  readonly steps: number;
  /** edge of a square image of the same number of pixels */
  readonly resolution: number;
  /** run operator by operator, without a compiler or prepared engine */
  readonly isEager: boolean;
  /** adds 16-bit products in 16 bits where that is faster */
  readonly sumsIn16Bits?: boolean;
  /** of attention scores that are written to memory and read again, as before fused kernels; absent: attention is fused */
  readonly scoreBits?: 16 | 32;
  /** where it is not the model's own: 1 without classifier-free guidance */
  readonly evaluationsPerStep?: number;
  /** images together; null leaves the choice to a throughput run */
  readonly batch: number | null;
  /** accelerators that make one image together; absent: one */
  readonly split?: ImageSplit;
}

/** Work of one image in FLOP, and where its time goes, in seconds. */
export interface ImageTime {
  readonly flop: number;
  /** arithmetic and moving activations */
  readonly arithmetic: number;
  /** launching kernels, where nothing hides it, and what comes before and after the steps */
  readonly host: number;
  /** between accelerators that share an image */
  readonly exchange: number;
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
 *   t = t_work + t_exchange + t_host + t_request / B,  t_work = n · e · t_e / g + t_d
 *   t_e = max( (C_p + z · N_p) · x · c + (C_v + z · N_v) · x · c_v, W / (σ · M · B) ) + C_1 · q · x² · f · c_t
 *         + ((k · D + O) · x + r · S · x²) · w / (σ · M)
 *   t_d = (C_d + z · N_d) · p · c_v + (k · D_d + O_d) · p · w / (σ · M)
 *   t_host = (t_work^j + (n · o · t_o / B)^j)^(1/j) − t_work,  compiled: n · o · t_o / B
 *
 * n steps [1] · e denoiser evaluations per step, 2 with classifier-free guidance [1] · C_1, C_d work of the denoiser and of
 * the decoder at the reference resolution [FLOP] · p pixels over those of the reference, x see imageScale [1] · q share of the work,
 * that of attention, that grows with x² [1] · C_v work of convolutions, C_p that of products: C_1 · (1 − q) − C_v [FLOP] · N_p, N_v, N_d
 * outputs of products, convolutions and the decoder [1], z work that starting one costs [FLOP] · c, c_v, c_t time of a FLOP of
 * products, convolutions and attention, σ · M memory bandwidth reached, see imageMachine · f padding of its heads [1] · W weights [B] ·
 * D, D_d what operators between products read and write one by one in the denoiser and the decoder, O, O_d what products and
 * convolutions read and write, S scores of attention [B] · k share of D that is left by the software, r times that scores pass,
 * 0 where attention is fused [1] · w width of activations over 16 bits [1] · g accelerators that share the image [1], t_exchange see
 * imageExchangeSeconds · o operators, t_o time to launch one while others run, or compiled the floor of each [s], j how sharply the
 * longer of both decides [1] · t_request reading the prompt and handing over the image [s] · B images together [1]
 *
 * Leaves out: text encoders' arithmetic, safety checks, overlap of moving with arithmetic.
 * Source: roofline; z, k, r, t_o, j and t_request fitted by tests/calibration/fit-inference.mjs; C_1, C_v, q, f, N, D, O, S and o
 * counted by tests/calibration/count-image-models.mjs.
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
  const evaluations = run.steps * (run.evaluationsPerStep ?? model.evaluationsPerStep.value);
  const linear = perEvaluation * scale * (1 - model.quadraticShare.value);
  const convolutions = model.convolutionFlop.value * 1e12 * scale;
  const products = linear - convolutions;
  const attention = perEvaluation * scale ** 2 * model.quadraticShare.value;
  const decoding = model.decoderFlop.value * 1e12 * pixels;
  const machine = imageMachine(device, run, assumptions);
  const software = run.isEager ? 'Eager' : 'Compiled';
  const passes = read(`serving.imageMoved${software}`);
  const batch = run.batch ?? throughputBatch;
  const width = bytesPerElement(run.precision);
  const wide: Precision = width < 2 ? 'bf16' : run.precision;
  const starting = (outputs: number): number => 2e9 * outputs * read('serving.imageAccumulation');
  const scores = model.scores.value * scale ** 2;
  const moved =
    (passes * model.movedActivations.value + model.operands.value) * scale +
    read('serving.imageScorePasses') * scores * ((run.scoreBits ?? 0) / 16);
  const together = evaluations / run.steps;
  const perOperator = (moved * together * batch) / model.operators.value;
  const weights = (model.parameters.value * width) / BYTES_PER_GB / batch;
  const evaluation =
    Math.max(
      (products + starting((model.outputs.value - model.convolutionOutputs.value) * scale)) *
        machine.perProduct(run.precision) +
        (convolutions + starting(model.convolutionOutputs.value * scale)) *
          machine.perConvolution(run.precision),
      machine.moving(weights, 'bf16'),
    ) +
    machine.attending(attention * model.attentionPadding.value, (scores * BYTES_PER_GB) / 2, wide) +
    machine.passing(moved, perOperator, wide);
  const decoderIn: Precision =
    model.decodesIn32Bits && run.precision !== 'bf16' && device.rates.tf32 ? 'tf32' : wide;
  const decoderMoved =
    (passes * model.decoderMovedActivations.value + model.decoderOperands.value) * pixels;
  const decoder =
    (decoding + starting(model.decoderOutputs.value * pixels)) * machine.perConvolution(decoderIn) +
    machine.moving(decoderMoved, decoderIn);
  const arithmetic = (evaluations * evaluation) / imageParts(run.split) + decoder;
  const operator = read(`serving.imageOperator${software}`) * 1e-6;
  const launching = (run.steps * model.operators.value * operator) / batch;
  const overlap = read('serving.imageLaunchOverlap');
  const longer = (launching ** overlap + arithmetic ** overlap) ** (1 / overlap);
  const exposed = run.isEager ? longer - arithmetic : launching;
  const host = exposed + (read('serving.imageRequest') * 1e-3) / batch;
  const exchange =
    evaluations * imageExchangeSeconds(device, model, scale * Math.max(1, width / 2), run.split);
  const flop = evaluations * (linear + attention) + decoding;
  return { flop, arithmetic, host, exchange, total: arithmetic + host + exchange };
}
