import type { Catalogue } from '../catalogue/types';
import { servicesOf, type PricedCandidate } from './candidates';
import type { Demand, DemandProblem } from './demand';

const words = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** What stands in the way where no accelerator of the catalogue meets a demand, and by how much to relax what. */
export function unmetProblem(
  demand: Demand,
  candidates: readonly PricedCandidate[],
  catalogue: Catalogue,
): DemandProblem {
  if (demand.kind === 'training') {
    return {
      code: 'demand.deadline',
      title: 'No cluster trains the model before the deadline',
      advice: 'Allow more days, fewer tokens or a larger batch, or choose a smaller model.',
    };
  }
  const services = servicesOf(demand);
  for (const [index, service] of services.entries()) {
    const name = catalogue.models.get(service.modelId)?.name ?? service.modelId;
    const replicas = candidates.flatMap(({ options }) =>
      (options[index] ?? []).map(({ replica }) => replica),
    );
    const fitting = replicas.filter(({ largest }) => largest >= 1);
    if (fitting.length === 0) return fitsNowhere(name, candidates, index);
    const first = Math.min(...fitting.map((one) => one.at(1).timeToFirstToken)) * 1e3;
    const next = Math.min(...fitting.map((one) => one.at(1).timePerOutputToken)) * 1e3;
    if (first > service.timeToFirstTokenTargetMs) {
      return tooSlow(name, 'time to first token', first, service.timeToFirstTokenTargetMs);
    }
    if (next > service.timePerOutputTokenTargetMs) {
      return tooSlow(name, 'time per output token', next, service.timePerOutputTokenTargetMs);
    }
  }
  return {
    code: 'demand.together',
    title: 'No accelerator meets both targets at once',
    advice: 'Each target alone can be met: relax the one that matters less.',
  };
}

function fitsNowhere(
  model: string,
  candidates: readonly PricedCandidate[],
  index: number,
): DemandProblem {
  const needs = candidates.flatMap(({ options }) =>
    (options[index] ?? []).map(({ replica }) => replica.serving.weightBytes / 1e9),
  );
  const least = needs.length === 0 ? null : Math.min(...needs);
  return {
    code: 'demand.memory',
    title: `${model} fits into no scale-up domain of the catalogue`,
    advice:
      least === null
        ? 'No accelerator computes with weights of this precision: choose another.'
        : `Its weights take ${words.format(least)} GB: store them in fewer bits, shorten prompt and answer, or choose a smaller model.`,
  };
}

function tooSlow(model: string, what: string, bestMs: number, targetMs: number): DemandProblem {
  return {
    code: 'demand.target',
    title: `No accelerator reaches a ${what} of ${words.format(targetMs)} ms with ${model}`,
    advice: `The fastest takes ${words.format(bestMs)} ms with nothing else to do: set the target above it, or choose a smaller model or fewer bits.`,
  };
}
