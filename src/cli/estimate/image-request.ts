import type { ImageModel } from '@engine/catalogue/types';
import type { CaseServing } from './case';

type Assume = (sentence: string) => void;

/** Names of models and adapters distilled to a few steps, without classifier-free guidance. */
export const distilled = /turbo|schnell|lightning|\bhyper|distill|\blcm\b|\bdmd|klein|sprint/i;

/** Steps up to which a generator is a distilled one, and from which it is not, whatever it is called. */
const fewSteps = 8;
const manySteps = 20;
/** Steps of a distilled variant of a model that is none. */
const distilledSteps = 4;

/** What a request for an image runs, as far as neither precision nor software decide it. */
export interface ImageRequest {
  readonly steps: number;
  /** passes of the denoiser a step: 2 with classifier-free guidance */
  readonly evaluationsPerStep: number;
}

/**
 * Steps and passes of a case. Guidance that is stated counts. Otherwise a model or adapter distilled to a few steps runs without
 * (Turbo, Lightning, Hyper, LCM: guidance scale 0 or 1 on their cards), as does any in so few steps that only distilled ones reach
 * anything; and a name that is both the base and its distilled variant ('Z-Image', 'FLUX.2-klein-base') means the base, guided,
 * where it takes the steps of one.
 *
 * Source: cards of stabilityai/stable-diffusion-3.5-large-turbo, ByteDance/SDXL-Lightning, ByteDance/Hyper-SD,
 * latent-consistency/lcm-lora-sdxl, Tongyi-MAI/Z-Image, black-forest-labs/FLUX.2-klein-base-4B; from memory.
 */
export function imageRequest(
  given: CaseServing,
  name: string,
  model: ImageModel,
  assume: Assume,
): ImageRequest {
  const isVariant = distilled.test(`${name} ${given.engine ?? ''}`);
  const isDistilledRow = distilled.test(model.name);
  const usual = isVariant && !isDistilledRow ? distilledSteps : model.steps.value;
  const steps = given.steps ?? usual;
  if (!given.steps) assume(`${steps} steps: not given`);
  if (typeof given.cfg === 'boolean') return { steps, evaluationsPerStep: given.cfg ? 2 : 1 };
  const own = model.evaluationsPerStep.value;
  if (own > 1 && (isVariant || steps <= fewSteps)) {
    assume('one pass a step: models distilled to a few steps run without guidance');
    return { steps, evaluationsPerStep: 1 };
  }
  if (isDistilledRow && steps >= manySteps) {
    assume(`two passes a step, guided: ${steps} steps are those of the undistilled model`);
    return { steps, evaluationsPerStep: 2 };
  }
  return { steps, evaluationsPerStep: own };
}

/**
 * Images that one accelerator or group makes together; null leaves it to a throughput run, as benchmarks of MLPerf are. Pipelines
 * make one image at a time unless told otherwise, so a source that states no batch did.
 */
export function imagesTogether(
  given: CaseServing,
  stated: number | null,
  replicas: number,
  assume: Assume,
): number | null {
  if (stated !== null) return Math.ceil(stated / replicas);
  if (given.mlperf_scenario) return null;
  assume('one image at a time: batch not given');
  return 1;
}

/** Frames of a video: as stated, else those of the model's own length at the stated rate, else its own; null for images. */
export function videoFrames(given: CaseServing, model: ImageModel, assume: Assume): number | null {
  if (model.video === undefined) return null;
  if (given.frames) return given.frames;
  const { frames, framesPerSecond } = model.video;
  const rate = given.fps ?? framesPerSecond.value;
  const usual = Math.round((frames.value - 1) * (rate / framesPerSecond.value)) + 1;
  assume(`${usual} frames: not given`);
  return usual;
}

/** Offloading that fetches the whole network for every evaluation, piece by piece. */
const piecewise = /sequential|layer.?wise|group.?offload|block.?swap|lowvram/i;
/** Share of an accelerator's memory that weights may take beside activations. */
const weightShare = 0.9;

/**
 * What of the weights is fetched from the host, where a case says so or the network is larger than memory: all of it for every
 * evaluation, where it is offloaded in pieces or does not fit; once for images together, where each model goes to the accelerator when its
 * turn comes (Diffusers' enable_model_cpu_offload); else what does not fit for every evaluation, as ComfyUI and ggml do.
 *
 * Source: huggingface/diffusers, docs/source/en/optimization/memory.md; from memory.
 */
export function fetchedWeights(
  given: CaseServing,
  weightsGb: number,
  memoryGb: number,
  assume: Assume,
): { readonly perEvaluation: number; readonly perBatch: number } | null {
  const text = `${given.engine ?? ''} ${given.offload ?? ''}`;
  const isStated = /offload|lowvram|block.?swap/i.test(text) && !/no.?offload/i.test(text);
  const excess = weightsGb - weightShare * memoryGb;
  const isTooLarge = weightsGb > memoryGb || (excess > 0 && /\.cpp|ggml/i.test(text));
  if (isStated && (piecewise.test(text) || isTooLarge)) {
    return { perEvaluation: weightsGb, perBatch: 0 };
  }
  if (isStated) return { perEvaluation: 0, perBatch: weightsGb };
  if (excess <= 0) return null;
  assume(`${excess.toFixed(1)} GB of weights stay with the host: more than memory holds`);
  return { perEvaluation: excess, perBatch: 0 };
}
