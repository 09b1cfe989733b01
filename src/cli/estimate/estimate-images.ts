import { assumptionValue } from '@engine/catalogue/assumption';
import type { Catalogue, ImageModel, Precision } from '@engine/catalogue/types';
import { imageSeconds } from '@engine/inference/image-service';
import { intervalOf, type CaseServing, type Prediction } from './case';
import type { Machine } from './case-hardware';
import { readLoad } from './load';
import { readPrecision } from './precision';

/** Predicts one image-generation case: every accelerator makes images of its own. */
export function estimateImages(
  given: CaseServing,
  model: ImageModel,
  machine: Machine,
  catalogue: Catalogue,
  assume: (sentence: string) => void,
): Omit<Prediction, 'id' | 'assumptions'> {
  const known = (key: string): number => assumptionValue(catalogue.assumptions, key);
  const steps = given.steps ?? model.steps.value;
  if (!given.steps) assume(`${steps} steps: not given`);
  const resolution = edgeOf(given.resolution) ?? model.resolution.value;
  if (!given.resolution) assume(`${resolution} × ${resolution} pixels: not given`);
  const precision = denoiserPrecision(given, machine, assume);
  const load = readLoad(given.batch_or_concurrency);
  const batch = load.kind === 'requests in flight' ? load.requests : null;
  const run = { precision, steps, resolution, batch, isEager: isEager(given.engine) };
  const image = imageSeconds(machine.device, model, run, catalogue.assumptions);
  const isServer = given.mode === 'server';
  const share =
    (isServer ? known('serving.serverShare') : 1) *
    (machine.isPowerCapped ? known('serving.powerCapped') : 1);
  const imagesPerSecond = (machine.count / image.total) * share;
  return {
    predicted: { images_per_s: imagesPerSecond, requests_per_s: imagesPerSecond },
    interval: { images_per_s: intervalOf(imagesPerSecond, known('serving.imageError')) },
    breakdown: { arithmetic_s: image.arithmetic, host_s: image.host },
    layout: { replicas: machine.count },
    bound: image.arithmetic > image.host ? 'arithmetic' : 'host',
  };
}

/** Benchmarks and TensorRT run the denoiser in 8 bits where the part has them, all others in 16, unless the case says otherwise. */
function denoiserPrecision(
  given: CaseServing,
  machine: Machine,
  assume: (sentence: string) => void,
): Precision {
  const text = given.weights_precision ?? given.engine ?? '';
  const denoiser = /unet'?:? *'?(\w+)|transformer'?:? *'?(\w+)/i.exec(text);
  const stated = readPrecision(denoiser?.[1] ?? denoiser?.[2] ?? text);
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

function isEager(engine: string | null | undefined): boolean {
  const lower = (engine ?? '').toLowerCase();
  if (/compil|tensorrt|stable.?fast|stage|onnx|aitemplate/.test(lower)) return false;
  return /eager|diffusers|pytorch|baseline|torch|webui|a1111|comfy/.test(lower);
}
