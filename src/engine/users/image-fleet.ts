import type { Catalogue, ImageModel, System } from '../catalogue/types';
import { derivedInput, factInput, figure, figureInput } from '../explain';
import { describeDevice } from '../hardware/device';
import { imageSeconds } from '../inference/image-service';
import type { Figure } from '../report';
import { fewestServers, waitPercentile } from '../simulation/queueing';
import { peakRequestsPerSecond } from './demand';

/** Image generation on accelerators of a kind, one image at a time on each. */
export interface ImageFleet {
  readonly peakRequests: Figure;
  readonly secondsPerImage: Figure;
  readonly accelerators: Figure;
  /** until an image is there, for all but one in a hundred at the peak */
  readonly slowestSeconds: Figure;
}

/**
 * Share of an image's time that all but one request in a hundred may wait at the peak, at most: more accelerators are added
 * until it is kept.
 */
const longestWaitShare = 0.5;

/** Time of one image by itself, compiled, at the model's own resolution and steps; null where the part has no 16-bit rate. */
export function imageSecondsOn(
  catalogue: Catalogue,
  system: System,
  model: ImageModel,
): number | null {
  const accelerator = catalogue.accelerators.get(system.acceleratorId);
  if (accelerator === undefined) return null;
  const device = describeDevice(accelerator, system, catalogue.assumptions);
  const run = {
    precision: 'bf16',
    steps: model.steps.value,
    resolution: model.resolution.value,
    isEager: false,
    batch: 1,
  } as const;
  const { total } = imageSeconds(device, model, run, catalogue.assumptions);
  return Number.isFinite(total) ? total : null;
}

/**
 * Time that all but one image in a hundred are there in, from the moment of asking.
 *
 *   t₉₉ = t + W₉₉(λ, t, c)
 *
 * t time of an image [s] · c accelerators, one image each · λ images per second · W₉₉ see waitPercentile, with images that all
 * take the same time. Null where more is asked than can be made.
 *
 * Leaves out: images of other sizes and steps.
 * Source: as waitPercentile.
 */
export function slowestImageSeconds(
  perSecond: number,
  seconds: number,
  accelerators: number,
): number | null {
  if (perSecond * seconds >= accelerators) return null;
  const queue = {
    arrivalsPerSecond: perSecond,
    serviceSeconds: seconds,
    servers: accelerators,
    arrivalVariation: 1,
    serviceVariation: 0,
  };
  return seconds + waitPercentile(queue, 0.99);
}

/** Fewest accelerators on which hardly anybody waits longer than half of an image's own time. */
export function imageAccelerators(perSecond: number, seconds: number): number {
  const busy = perSecond * seconds;
  const isEnough = (count: number): boolean => {
    const slowest = slowestImageSeconds(perSecond, seconds, count);
    return slowest !== null && slowest <= (1 + longestWaitShare) * seconds;
  };
  return fewestServers(busy, isEnough);
}

/** What so many users of an image generator need. Null where the part has no rate for it. */
export function imageFleet(
  catalogue: Catalogue,
  system: System,
  model: ImageModel,
  users: number,
): ImageFleet | null {
  const seconds = imageSecondsOn(catalogue, system, model);
  if (seconds === null) return null;
  const { assumptions } = catalogue;
  const peakRequests = peakRequestsPerSecond(assumptions, 'image', users);
  const perSecond = peakRequests.value ?? Number.NaN;
  const count = imageAccelerators(perSecond, seconds);
  const secondsPerImage = figure({
    key: 'users.image.seconds',
    label: 'Time of one image',
    value: seconds,
    unit: 's',
    formula: 't = C / (P · a) + n · t_step',
    inputs: [
      factInput('n', 'Steps', model.steps),
      factInput('C', 'Work of one evaluation of the model', model.denoiserFlop),
      factInput('e', 'Evaluations per step', model.evaluationsPerStep),
    ],
    sources: ['aiconfigurator-kernels'],
    leavesOut: 'Reading the prompt, sending the image.',
  });
  return {
    peakRequests,
    secondsPerImage,
    accelerators: figure({
      key: 'users.image.accelerators',
      label: 'GPUs at the peak',
      value: count,
      unit: 'GPUs',
      formula: 'c: fewest with W₉₉(λ, t, c) ≤ t / 2',
      inputs: [figureInput('λ', peakRequests), figureInput('t', secondsPerImage)],
      leavesOut: 'Spare parts; several images on one GPU at a time.',
    }),
    slowestSeconds: figure({
      key: 'users.image.slowest',
      label: 'All but 1 in 100 images are there after',
      value: slowestImageSeconds(perSecond, seconds, count),
      unit: 's',
      formula: 't₉₉ = t + W₉₉(λ, t, c)',
      inputs: [
        figureInput('λ', peakRequests),
        figureInput('t', secondsPerImage),
        derivedInput('c', 'GPUs', count, '1', 'users.image.accelerators'),
      ],
      leavesOut: 'Images of other sizes.',
    }),
  };
}
