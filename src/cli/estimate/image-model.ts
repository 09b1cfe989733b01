import { findImageModel, findVideoModel } from '@engine/catalogue/find';
import type { Catalogue, Fact, ImageModel } from '@engine/catalogue/types';
import { CaseError, type CaseModel, type CaseServing } from './case';
import { distilled } from './image-request';

type Assume = (sentence: string) => void;

/** What a fact is at another size of the model: `power` of the ratio of parameters. */
function grown(fact: Fact, ratio: number, power: number): Fact {
  return { ...fact, value: fact.value * ratio ** power, quality: 'proxy' };
}

/**
 * An image generator of a given size, where nothing else of it is known: a transformer like the catalogue's that is nearest in
 * size, as those of today are.
 *
 *   C ∝ r,  L · h ∝ r^(2/3),  L ∝ r^(1/3),  r = N / N_near
 *
 * N, N_near parameters of the model and of the nearest [1] · C work of an evaluation [FLOP] · L layers [1] · h width [1]: depth and
 * width grow alike, activations and scores with L · h, operators with L
 *
 * Leaves out: other decoders, tokens per pixel and texts. Source: counts of a transformer; sizes of the catalogue's.
 */
function imageModelOfSize(parameters: number, name: string, catalogue: Catalogue): ImageModel {
  const distance = (model: ImageModel): number =>
    Math.abs(Math.log(model.parameters.value / parameters));
  const near = [...catalogue.imageModels.values()]
    .filter(({ kind, quadraticShare }) => kind === 'transformer' && quadraticShare.value > 0)
    .reduce((best, model) => (distance(model) < distance(best) ? model : best));
  const ratio = parameters / near.parameters.value;
  const isDistilled = distilled.test(name);
  return {
    ...near,
    name,
    parameters: { ...near.parameters, value: parameters },
    denoiserFlop: grown(near.denoiserFlop, ratio, 1),
    movedActivations: grown(near.movedActivations, ratio, 2 / 3),
    operands: grown(near.operands, ratio, 2 / 3),
    scores: grown(near.scores, ratio, 2 / 3),
    exchangedActivations: grown(near.exchangedActivations, ratio, 2 / 3),
    attentionLayers: grown(near.attentionLayers, ratio, 1 / 3),
    operators: grown(near.operators, ratio, 1 / 3),
    evaluationsPerStep: { ...near.evaluationsPerStep, value: isDistilled ? 1 : 2 },
    steps: { ...near.steps, value: isDistilled ? 8 : near.steps.value },
  };
}

/** Whether a model may have the stated number of parameters; text encoders are counted or not, up to as much again. */
function isOfSize({ parameters }: ImageModel, stated: number | null | undefined): boolean {
  if (!stated) return true;
  const ratio = stated / parameters.value;
  return ratio > 0.6 && ratio < 2.5;
}

/**
 * The generator of images or videos of a case: by name, else one of its size where the case states denoising steps or pixels; null for any
 * other service. Throws a CaseError where such a model is neither known nor of a stated size.
 */
export function caseImageModel(
  given: CaseModel | null | undefined,
  serving: CaseServing,
  catalogue: Catalogue,
  assume: Assume,
): ImageModel | null {
  const name = given?.name ?? '';
  const named = findVideoModel(catalogue, name) ?? findImageModel(catalogue, name);
  const found = named !== null && isOfSize(named, given?.params_total) ? named : null;
  if (found !== null || !(serving.steps || serving.resolution || serving.frames)) return found;
  if (!given?.params_total) {
    throw new CaseError(
      `The catalogue has no generator of images or videos named '${name}'. Give its size (params_total) or another name.`,
    );
  }
  if (serving.frames) {
    throw new CaseError(
      `The catalogue has no generator of videos named '${name}', and its size does not tell how many tokens a video has.`,
    );
  }
  assume(
    `an image transformer of ${given.params_total / 1e9} billion parameters: not in the catalogue`,
  );
  return imageModelOfSize(given.params_total, name, catalogue);
}
