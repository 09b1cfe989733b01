import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions, ImageModel, Precision } from '../catalogue/types';
import type { Device } from '../hardware/device';
import { bytesPerElement } from '../model/precision';
import { BYTES_PER_GB } from '../units';
import { imageMachine, isPartForGames, type ImageMachine } from './image-machine';
import { imageExchangeSeconds, imageParts, type ImageSplit } from './image-split';

/** One way of running an image generator. */
export interface ImageRun {
  readonly precision: Precision;
  readonly steps: number;
  /** edge of a square image of the same number of pixels */
  readonly resolution: number;
  /** of a video; absent: those of the model's reference, and 1 of an image */
  readonly frames?: number;
  /** run operator by operator, without a compiler or prepared engine */
  readonly isEager: boolean;
  /** adds 16-bit products in 16 bits where that is faster */
  readonly sumsIn16Bits?: boolean;
  /** a compiler tried kernels for every product, convolution and attention, and fused into them what follows */
  readonly choosesKernels?: boolean;
  /** fused attention runs FlashAttention 2, written for Ampere, which leaves part of Hopper's units idle */
  readonly attendsAsAmpere?: boolean;
  /** text encoders and decoder are prepared engines as well, without a framework around them */
  readonly isWholeEngine?: boolean;
  /** by a server, between whose stages an image waits, and which hands it over in a file */
  readonly isServed?: boolean;
  /** of attention scores that are written to memory and read again, as before fused kernels; absent: attention is fused */
  readonly scoreBits?: 16 | 32;
  /** weights are stored in 8 bits and widened by operators of their own before every product */
  readonly widensWeights?: boolean;
  /** where it is not the model's own: 1 without classifier-free guidance */
  readonly evaluationsPerStep?: number;
  /** images together; null leaves the choice to a throughput run */
  readonly batch: number | null;
  /** accelerators that make one image together; absent: one */
  readonly split?: ImageSplit;
  /** GB of weights that are fetched from the memory of the host, for every evaluation or once for images together */
  readonly fetched?: { readonly perEvaluation: number; readonly perBatch: number };
}

/** Work of one image in FLOP, and where its time goes, in seconds. */
export interface ImageTime {
  readonly flop: number;
  /** arithmetic and moving activations */
  readonly arithmetic: number;
  /** launching kernels, where nothing hides it, and what comes before and after the steps */
  readonly host: number;
  /** between accelerators that share an image, and from the memory of the host */
  readonly exchange: number;
  readonly total: number;
}

/** Images that a throughput run makes together, where nothing else is said. */
export const throughputBatchKey = 'serving.imageThroughputBatch';

/**
 * Tokens, or places of the latent image, over those of the reference.
 *
 *   x = (p · v + τ) / (1 + τ),   v = (1 + ⌈(F − 1) / s⌉) / (1 + ⌈(F_ref − 1) / s⌉)
 *
 * p pixels of a frame over those of the reference [1] · v latent frames over those of the reference, 1 for images: the first frame
 * stands alone, then s of them make a token's [1] · F, F_ref frames · τ text tokens over image tokens of the reference [1]
 *
 * Leaves out: prompts of other lengths.
 * Source: definition; causal autoencoders of videos (Yu et al. 2023, MAGVIT-v2, section 3.2; from memory).
 */
export function imageScale(model: ImageModel, resolution: number, frames?: number): number {
  const text = model.textShare?.value ?? 0;
  const times = tokensInTime(model, frames) / tokensInTime(model);
  return ((resolution / model.resolution.value) ** 2 * times + text) / (1 + text);
}

/** Tokens of a place over the length of a video; 1 for an image. */
function tokensInTime({ video }: ImageModel, frames?: number): number {
  if (video === undefined) return 1;
  return 1 + Math.ceil(((frames ?? video.frames.value) - 1) / video.framesPerToken.value);
}

/** Pixels, of all frames together, over those of the reference. */
export function pixelScale(
  { resolution, video }: ImageModel,
  run: Pick<ImageRun, 'resolution' | 'frames'>,
): number {
  const area = (run.resolution / resolution.value) ** 2;
  return video === undefined
    ? area
    : (area * (run.frames ?? video.frames.value)) / video.frames.value;
}

/** What every part of an image's time reads. */
interface Evaluated {
  readonly device: Device;
  readonly machine: ImageMachine;
  readonly model: ImageModel;
  readonly run: ImageRun;
  readonly batch: number;
  /** places or tokens, and pixels, over those of the reference */
  readonly scale: number;
  readonly pixels: number;
  /** of the denoiser, together in one step */
  readonly evaluationsPerStep: number;
  readonly read: (key: string) => number;
}

/** Seconds of one evaluation of the denoiser on one accelerator. */
function evaluationSeconds({ machine, model, run, batch, scale, ...rest }: Evaluated): number {
  const perEvaluation = model.denoiserFlop.value * 1e12;
  const convolutions = model.convolutionFlop.value * 1e12 * scale;
  const products = perEvaluation * scale * (1 - model.quadraticShare.value) - convolutions;
  const attention = perEvaluation * scale ** 2 * model.quadraticShare.value;
  const scores = model.scores.value * scale ** 2;
  const weights = (model.parameters.value * bytesPerElement(run.precision)) / BYTES_PER_GB;
  const moved =
    (passesOf(run, rest.read) * model.movedActivations.value + model.operands.value) * scale +
    rest.read('serving.imageScorePasses') * scores * ((run.scoreBits ?? 0) / 16);
  const widened = run.widensWeights
    ? (model.parameters.value * rest.read('serving.imageWidening')) / BYTES_PER_GB
    : 0;
  const perOperator = (moved * rest.evaluationsPerStep * batch) / model.operators.value;
  const wide = widePrecision(run);
  return (
    Math.max(
      products * machine.perProduct(run.precision) +
        convolutions * machine.perConvolution(run.precision),
      machine.moving(weights / batch, 'bf16'),
    ) +
    machine.attending(attention * model.attentionPadding.value, (scores * BYTES_PER_GB) / 2, wide) +
    machine.passing(moved, perOperator, wide) +
    machine.moving(widened / (batch * rest.evaluationsPerStep), 'bf16')
  );
}

/** Seconds of decoding one image, or all frames of a video, from its latents, which servers do operator by operator. */
function decoderSeconds({ device, machine, model, run, pixels, read }: Evaluated): number {
  const isIn32Bits = model.decodesIn32Bits && run.precision !== 'bf16' && device.rates.tf32;
  const precision = isIn32Bits ? 'tf32' : widePrecision(run);
  const isEager = run.isEager || run.isServed === true;
  const moved = passesOf({ isEager }, read) * model.decoderMovedActivations.value;
  return (
    (isEager ? read('serving.imageDecoder') : 1) *
    (model.decoderFlop.value * 1e12 * pixels * machine.perConvolution(precision) +
      machine.moving((moved + model.decoderOperands.value) * pixels, precision))
  );
}

/** Seconds that the host adds to work of so many seconds: launching what work does not hide, and what surrounds the steps. */
function hostSeconds({ device, model, run, batch, read }: Evaluated, work: number): number {
  const served = run.isServed === true ? '.server' : '';
  const way = run.isWholeEngine === true ? '.engine' : served;
  const request = read(`serving.imageRequest${way}`) * 1e-3;
  const computer = run.isEager && isPartForGames(device) ? '.desktop' : '';
  const operator = read(`serving.imageOperator${run.isEager ? 'Eager' : 'Compiled'}${computer}`);
  const launching = (run.steps * model.operators.value * operator * 1e-6) / batch;
  const overlap = read('serving.imageLaunchOverlap');
  const longer = (launching ** overlap + work ** overlap) ** (1 / overlap);
  return (run.isEager ? longer - work : launching) + request / batch;
}

/** Seconds of fetching weights from the memory of the host, which frameworks copy once more on the way. */
function fetchSeconds({ device, run, batch, evaluationsPerStep, read }: Evaluated): number {
  const { perEvaluation, perBatch } = run.fetched ?? { perEvaluation: 0, perBatch: 0 };
  const bytes = (run.steps * evaluationsPerStep * perEvaluation + perBatch) * BYTES_PER_GB;
  const share = read(`serving.imageFetch${run.isEager ? '.eager' : ''}`);
  return bytes / (share * device.hostBytesPerSecond * imageParts(run.split) * batch);
}

/** Share of what operators move one by one that the software leaves. */
function passesOf({ isEager }: Pick<ImageRun, 'isEager'>, read: Evaluated['read']): number {
  return read(`serving.imageMoved${isEager ? 'Eager' : 'Compiled'}`);
}

/** Of activations and attention, which narrow formats leave at 16 bits. */
function widePrecision({ precision }: ImageRun): Precision {
  return bytesPerElement(precision) < 2 ? 'bf16' : precision;
}

/**
 * Time of one image.
 *
 *   C = n · e · C_1 · (x + q · (x² − x)) + C_d · p
 *   t = t_work + t_exchange + t_fetch + t_host,  t_fetch = (n · e · F + F_0) / (h · H · g · B),  t_work = n · e · t_e / g + t_d
 *   t_e = max( C_p · x · c + C_v · x · c_v, W / (σ · M · B) ) + C_1 · q · x² · f · c_t
 *         + ((k · D + O) · x + r · S · x²) · w / (σ · M) + N · z / (σ · M · B · e)
 *   t_d = y · ( C_d · p · c_v + (k · D_d + O_d) · p · w / (σ · M) )
 *   t_host = (t_work^j + t_launch^j)^(1/j) − t_work + t_request / B,  compiled: t_launch + t_request / B,  t_launch = n · o · t_o / B
 *
 * n steps [1] · e denoiser evaluations per step, 2 with classifier-free guidance [1] · C_1, C_d work of the denoiser and of
 * the decoder at the reference resolution [FLOP] · p pixels, of all frames of a video, over those of the reference, x see imageScale [1] · q share of the work,
 * that of attention, that grows with x² [1] · C_v work of convolutions, C_p that of products: C_1 · (1 − q) − C_v [FLOP] ·
 * c, c_v, c_t time of a FLOP of products, convolutions and attention, σ · M memory bandwidth reached, see imageMachine ·
 * f padding of attention's heads [1] · W weights [B] · D, D_d what operators between products read and write one by one in the
 * denoiser and the decoder, O, O_d what products and convolutions read and write, S scores of attention [B] · k share of D that is
 * left by the software, y what a decoder takes over that, operator by operator (1 compiled): its widest tensors are laid out anew
 * around every convolution and normalised in 32 bits [1], r times that scores pass, 0 where attention is fused [1] · N weights that operators of their own widen, 0 but
 * for those stored alone in 8 bits, z moved for each [B] · w width of activations over 16 bits [1] ·
 * g accelerators that share the image [1], t_exchange see imageExchangeSeconds · o operators, t_o time to launch one while others
 * run, shorter in a desktop computer, or compiled the floor of each [s], j how sharply the longer of both decides [1] · t_request
 * reading the prompt and handing over the image, little where these are prepared engines too, more where a server does [s] · B images together [1]
 *
 * F, F_0 weights fetched from the host for every evaluation and once for images together [B] · H bandwidth between host and accelerator
 * [B/s], h share of it that is reached [1]
 *
 * Leaves out: text encoders' arithmetic, fetching while computing, safety checks, overlap of moving with arithmetic.
 * Source: roofline; k, y, r, z, t_o, j and t_request fitted by tests/calibration/fit-inference.mjs; C_1, C_v, C_d, q, f, D, O, S and o
 * counted by tests/calibration/count-image-models.mjs.
 */
export function imageSeconds(
  device: Device,
  model: ImageModel,
  run: ImageRun,
  assumptions: Assumptions,
): ImageTime {
  const pixels = pixelScale(model, run);
  const scale = imageScale(model, run.resolution, run.frames);
  const evaluationsPerStep = run.evaluationsPerStep ?? model.evaluationsPerStep.value;
  const evaluated: Evaluated = {
    device,
    machine: imageMachine(device, run, assumptions),
    model,
    run,
    batch: run.batch ?? assumptionValue(assumptions, throughputBatchKey),
    scale,
    pixels,
    evaluationsPerStep,
    read: (key) => assumptionValue(assumptions, key),
  };
  const evaluations = run.steps * evaluationsPerStep;
  const arithmetic =
    (evaluations * evaluationSeconds(evaluated)) / imageParts(run.split) +
    decoderSeconds(evaluated);
  const host = hostSeconds(evaluated, arithmetic);
  const width = Math.max(1, bytesPerElement(run.precision) / 2);
  const exchange =
    evaluations * imageExchangeSeconds(device, model, scale * width, run.split) +
    fetchSeconds(evaluated);
  const share = model.quadraticShare.value;
  const perEvaluation = model.denoiserFlop.value * (scale * (1 - share) + scale ** 2 * share);
  const flop = (evaluations * perEvaluation + model.decoderFlop.value * pixels) * 1e12;
  return { flop, arithmetic, host, exchange, total: arithmetic + host + exchange };
}
