import { assumptionValue } from '@engine/catalogue/assumption';
import type { Catalogue, ImageModel, Precision } from '@engine/catalogue/types';
import { imageSeconds, type ImageTime } from '@engine/inference/image-service';
import { imageParts, type ImageSplit } from '@engine/inference/image-split';
import { bytesPerElement } from '@engine/model/precision';
import { BYTES_PER_GB } from '@engine/units';
import { intervalOf, type CaseServing, type Prediction } from './case';
import type { Machine } from './case-hardware';
import { fetchedWeights, imageRequest, imagesTogether, videoFrames } from './image-request';
import { attendsAsAmpere, imageSoftware } from './image-software';
import { readLoad } from './load';
import { readPrecision } from './precision';

/** Predicts one case of generating images or videos: every accelerator makes some of its own, unless the case says that some share one. */
export function estimateImages(
  given: CaseServing,
  name: string,
  model: ImageModel,
  machine: Machine,
  catalogue: Catalogue,
  assume: (sentence: string) => void,
): Omit<Prediction, 'id' | 'assumptions'> {
  const known = (key: string): number => assumptionValue(catalogue.assumptions, key);
  const { steps, evaluationsPerStep } = imageRequest(given, name, model, assume);
  const resolution = edgeOf(given.resolution) ?? model.resolution.value;
  if (!given.resolution) assume(`${resolution} × ${resolution} pixels: not given`);
  const frames = videoFrames(given, model, assume);
  const precision = denoiserPrecision(given, machine, assume);
  const load = readLoad(given.batch_or_concurrency);
  const batch = load.kind === 'requests in flight' ? load.requests : null;
  const software = imageSoftware(given.engine, machine.accelerator.vendor);
  const split = imageSplit(given, evaluationsPerStep, machine.count, batch, assume);
  const replicas = Math.max(1, Math.floor(machine.count / imageParts(split)));
  const together = imagesTogether(given, batch, replicas, assume);
  const bits = storedBits(given) ?? 8 * bytesPerElement(precision);
  const weightsGb = (model.parameters.value * bits) / 8 / BYTES_PER_GB;
  const memoryGb = (machine.device.memoryBytes * imageParts(split)) / BYTES_PER_GB;
  const fetched = fetchedWeights(given, weightsGb, memoryGb, assume);
  const run = {
    precision,
    ...(fetched === null ? {} : { fetched }),
    ...(software.isEager && storesBytes(given) ? { widensWeights: true } : {}),
    steps,
    resolution,
    ...(frames === null ? {} : { frames }),
    batch: together,
    evaluationsPerStep,
    ...software,
    attendsAsAmpere: attendsAsAmpere(given.engine),
    split,
  };
  const image = imageSeconds(machine.device, model, run, catalogue.assumptions);
  const isServer = given.mode === 'server';
  const share =
    (isServer ? known('serving.serverShare') : 1) *
    (machine.isPowerCapped ? known('serving.powerCapped') : 1);
  const perSecond = (replicas / image.total) * share;
  // What is made together is handed over together.
  const seconds = (image.total * (together ?? 1)) / share;
  const error = known(frames === null ? 'serving.imageError' : 'serving.videoError');
  return {
    ...(frames === null
      ? {
          predicted: { images_per_s: perSecond, requests_per_s: perSecond },
          interval: { images_per_s: intervalOf(perSecond, error) },
        }
      : {
          predicted: {
            videos_per_s: perSecond,
            seconds_per_video: seconds,
            requests_per_s: perSecond,
          },
          interval: {
            videos_per_s: intervalOf(perSecond, error),
            seconds_per_video: intervalOf(seconds, error),
          },
        }),
    breakdown: {
      arithmetic_s: image.arithmetic,
      host_s: image.host,
      exchange_s: image.exchange,
    },
    layout: { replicas, accelerators_per_image: imageParts(split) },
    bound: boundOf(image),
  };
}

/** Accelerators that share an image: as the case says; where one request has several to itself, all of them, guidance first. */
function imageSplit(
  given: CaseServing,
  evaluationsPerStep: number,
  count: number,
  batch: number | null,
  assume: (sentence: string) => void,
): ImageSplit {
  const { sequence_parallel: sequence, cfg_parallel: guidance, pipefusion: stages } = given;
  if (sequence || guidance || stages) {
    return { sequence: sequence ?? 1, guidance: guidance ?? 1, stages: stages ?? 1 };
  }
  if (given.mode !== 'latency' || batch !== 1 || count === 1) {
    return { sequence: 1, guidance: 1, stages: 1 };
  }
  assume(`all ${count} accelerators share one image: a single request, no layout given`);
  const shared = count % 2 === 0 ? Math.min(2, evaluationsPerStep) : 1;
  return { sequence: count / shared, guidance: shared, stages: 1 };
}

function boundOf({ arithmetic, host, exchange }: ImageTime): string {
  if (exchange > arithmetic && exchange > host) return 'exchange between accelerators';
  return arithmetic > host ? 'arithmetic' : 'host';
}

/** Bits of a weight where they are stored in fewer than they are multiplied in; null where nothing says so. */
function storedBits({ weights_precision: stored, engine }: CaseServing): number | null {
  const text = `${stored ?? ''} ${engine ?? ''}`.toLowerCase();
  if (/\bq[45]|int4|nf4|fp4|4-?bit/.test(text)) return 4.5;
  if (/\bq8|int8|fp8|float8|8-?bit/.test(text)) return 8;
  return null;
}

/** Formats that weights are stored in alone, those of GGUF (Q8_0, Q4_K) among them. */
const weightOnly = /weight.?only|quanto|gguf|nf4|bitsandbytes|\bbnb\b|\bq\d(?:_\w+)?\b/i;
/** Whether only the weights are in 8 bits, in a format that frameworks widen by operators of their own (torchao, Quanto). */
function storesBytes({ weights_precision: stored, engine }: CaseServing): boolean {
  const text = `${stored ?? ''} ${engine ?? ''}`;
  return (
    weightOnly.test(text) && /fp8|float8|int8|\bq8|qint8/i.test(text) && !/gguf|ggml/i.test(text)
  );
}

/** Interfaces that store weights in 8 bits and widen them before products, unless told to be fast or given a compiler. */
const widening = /comfy|forge|webui|a1111/i;
const narrowing = /fast|diff|compil|quant|nunchaku|tensorrt/i;

/** Benchmarks and TensorRT run the denoiser in 8 bits where the part has them, all others in 16, unless the case says otherwise. */
function denoiserPrecision(
  given: CaseServing,
  machine: Machine,
  assume: (sentence: string) => void,
): Precision {
  const engine = given.engine ?? '';
  const text = given.weights_precision ?? engine;
  const stored = readPrecision(text);
  const isWidened =
    widening.test(engine) && !narrowing.test(engine) && (stored === 'fp8' || stored === 'int8');
  if (isWidened || weightOnly.test(`${text} ${engine}`)) {
    assume('products in 16 bits: only the weights are stored in fewer');
    return isWidened ? 'bf16' : 'fp16';
  }
  const denoiser = /unet'?:? *'?(\w+)|transformer'?:? *'?(\w+)/i.exec(text);
  const stated = readPrecision(denoiser?.[1] ?? denoiser?.[2] ?? text);
  if (stated === 'fp32' && machine.device.rates.tf32?.computedIn === 'tf32') {
    assume('32-bit convolutions and products in TF32, as cuDNN runs them');
    return 'tf32';
  }
  if (stated !== null) return stated;
  const isPrepared = Boolean(given.mlperf_scenario) || /tensorrt/i.test(given.engine ?? '');
  const hasNarrow = machine.accelerator.peakDense.fp8 !== undefined;
  const chosen = isPrepared && hasNarrow ? 'fp8' : 'fp16';
  assume(`denoiser in ${chosen.toUpperCase()}: precision not given`);
  return chosen;
}

/** The edge of a square of as many pixels: '1024x1024', '512', 768. */
function edgeOf(given: string | number | null | undefined): number | null {
  if (typeof given === 'number') return given;
  const found = /(\d+)(?: ?[x×] ?(\d+))?/.exec(given ?? '');
  if (found === null) return null;
  const width = Number(found[1]);
  return Math.sqrt(width * Number(found[2] ?? width));
}
