import type { Catalogue } from '../catalogue/types';
import { findTaskModel, taskWords } from '../tasks/task-context';
import type { PricedCandidate } from './candidates';
import type { Demand, DemandProblem, TaskDemand } from './demand';
import { servicesOf } from './one-service';
import type { ReplicaOption } from './replica-options';
import { soonestSeconds, type TaskOption } from './size-task-demand';

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
  for (const [index, service] of servicesOf(demand).entries()) {
    if (service.kind === 'task') {
      const found = unmetTask(service, formatsOf(candidates, index), catalogue);
      if (found !== null) return found;
      continue;
    }
    const name = catalogue.models.get(service.modelId)?.name ?? service.modelId;
    const replicas = layoutsOf(candidates, index).map(({ replica }) => replica);
    const fitting = replicas.filter(({ largest }) => largest >= 1);
    if (fitting.length === 0) {
      return fitsNowhere(
        `${name} fits into no scale-up domain of the catalogue`,
        replicas.map(({ serving }) => serving.weightBytes),
        'shorten prompt and answer',
      );
    }
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

function layoutsOf(candidates: readonly PricedCandidate[], index: number): ReplicaOption[] {
  return candidates.flatMap(({ options }) => {
    const found = options[index];
    return found?.kind === 'inference' ? found.layouts : [];
  });
}

function formatsOf(candidates: readonly PricedCandidate[], index: number): TaskOption[] {
  return candidates.flatMap(({ options }) => {
    const found = options[index];
    return found?.kind === 'task' ? found.formats : [];
  });
}

function unmetTask(
  service: TaskDemand,
  formats: readonly TaskOption[],
  catalogue: Catalogue,
): DemandProblem | null {
  const { task, modelId, targetSeconds } = service;
  const name = findTaskModel(catalogue, task, modelId)?.row.name ?? modelId;
  if (formats.every(({ replica }) => replica.largestBatch < 1)) {
    const needs = formats.map(({ replica }) => replica.weightBytes);
    return fitsNowhere(`${name} fits on no accelerator of the catalogue`, needs, null);
  }
  const soonest = soonestSeconds(formats);
  if (soonest <= targetSeconds) return null;
  const { request } = taskWords[task];
  return {
    code: 'demand.target',
    title: `No accelerator finishes one ${request} with ${name} within ${words.format(targetSeconds)} s`,
    advice: `The fastest takes ${words.format(soonest)} s with nothing else to do: set the target above it, ask for less per ${request}, or choose a smaller model or fewer bits.`,
  };
}

function fitsNowhere(
  title: string,
  weightBytes: readonly number[],
  further: string | null,
): DemandProblem {
  const advice =
    weightBytes.length === 0
      ? 'No accelerator computes with weights of this precision: choose another.'
      : `Its weights take ${words.format(Math.min(...weightBytes) / 1e9)} GB: store them in fewer bits, ${further === null ? '' : `${further}, `}or choose a smaller model.`;
  return { code: 'demand.memory', title, advice };
}

function tooSlow(model: string, what: string, bestMs: number, targetMs: number): DemandProblem {
  return {
    code: 'demand.target',
    title: `No accelerator reaches a ${what} of ${words.format(targetMs)} ms with ${model}`,
    advice: `The fastest takes ${words.format(bestMs)} ms with nothing else to do: set the target above it, or choose a smaller model or fewer bits.`,
  };
}
