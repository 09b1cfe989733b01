import { assumptionValue } from '../catalogue/assumption';
import type { Assumptions, ImageModel, Precision } from '../catalogue/types';
import { peakFlopPerSecond, type Device } from '../hardware/device';

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
  readonly arithmetic: number;
  readonly host: number;
  readonly total: number;
}

/** Images that hide the host's work in a throughput run. */
export const throughputBatch = 8;

/**
 * Time of one image.
 *
 *   C = n · e · C_1 · (x + q · (x² − x)) + C_d · x        t = C_denoise / (P · a · k) + C_d · x / (P_16 · a · k) + n · t_step / B
 *
 * n steps [1] · e denoiser evaluations per step, 2 with classifier-free guidance [1] · C_1, C_d work of the denoiser and of
 * the decoder at the reference resolution [FLOP] · x pixels over those of the reference [1] · q share of the work that grows
 * with x² [1] · P, P_16 peak at the precision and at 16 bits [FLOP/s] · a share of it that networks of this kind reach [1] ·
 * k speed of uncompiled kernels over compiled ones, 1 where compiled [1] · t_step host time per step [s] · B images together [1]
 *
 * Leaves out: text encoders, transfer of the image, safety checks.
 * Source: roofline; a, k and t_step fitted by tests/calibration/fit-inference.mjs; work per evaluation in the catalogue.
 */
export function imageSeconds(
  device: Device,
  model: ImageModel,
  run: ImageRun,
  assumptions: Assumptions,
): ImageTime {
  const read = (key: string): number => assumptionValue(assumptions, key);
  const pixels = (run.resolution / model.resolution.value) ** 2;
  const growth = pixels + model.quadraticShare.value * (pixels ** 2 - pixels);
  const evaluations = run.steps * model.evaluationsPerStep.value;
  const denoising = evaluations * model.denoiserFlop.value * 1e12 * growth;
  const decoding = model.decoderFlop.value * 1e12 * pixels;
  const isConvolutional = model.kind === 'convolutional';
  const reached = read(isConvolutional ? 'serving.imageConvolutional' : 'serving.imageTransformer');
  const share = reached * (run.isEager ? read('serving.imageEager') : 1);
  const wide = peakFlopPerSecond(device, 'bf16');
  const arithmetic =
    denoising / (peakFlopPerSecond(device, run.precision) * share) + decoding / (wide * share);
  const stepMs = read(run.isEager ? 'serving.imageStepEager' : 'serving.imageStepCompiled');
  const host = (run.steps * stepMs * 1e-3) / (run.batch ?? throughputBatch);
  return { flop: denoising + decoding, arithmetic, host, total: arithmetic + host };
}
