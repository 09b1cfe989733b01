import { evaluateWorkloads } from '@engine/evaluate-workloads';
import type { InferenceReport } from '@engine/report';
import { imageFleet, imageSecondsOn, slowestImageSeconds } from '@engine/users/image-fleet';
import { loadShares, responsePoint, type ResponsePoint } from '@engine/users/response';
import type { Accelerator, Model, System } from '@engine/catalogue/types';
import { bundledCatalogue } from '@shared/catalogue/bundled';
import {
  imageModelId,
  servicePlan,
  servingSystemId,
  textServices,
  userSteps,
  type InferenceChoice,
  type ServiceKind,
} from './inference-choice';

/** GPUs for so many users. */
export interface FleetPoint {
  readonly users: number;
  readonly gpus: number;
}

/** What one kind of service needs for all numbers of users, and how it answers under rising load. */
export interface ServiceCurves {
  readonly fleet: readonly FleetPoint[];
  readonly response: readonly ResponsePoint[];
}

export const servingSystem: System | null = bundledCatalogue.systems.get(servingSystemId) ?? null;
export const imageModel = bundledCatalogue.imageModels.get(imageModelId) ?? null;

/** The engine's report of a text service for all users together; null where it cannot be served. */
export function serviceReport(
  kind: 'prompts' | 'assistants',
  users: number,
): InferenceReport | null {
  const [report] = evaluateWorkloads(servicePlan({ kind, users, sites: 1 }, 1), bundledCatalogue);
  return report?.kind === 'inference' && report.acceleratorsNeeded.value !== null ? report : null;
}

/** Accelerators that the users need, whatever they ask for. */
export function neededFor({ kind, users }: Pick<InferenceChoice, 'kind' | 'users'>) {
  if (kind !== 'images') return serviceReport(kind, users)?.acceleratorsNeeded ?? null;
  if (servingSystem === null || imageModel === null) return null;
  return imageFleet(bundledCatalogue, servingSystem, imageModel, users)?.accelerators ?? null;
}

function fleetCurve(kind: ServiceKind): readonly FleetPoint[] {
  return userSteps.flatMap((users) => {
    const gpus = neededFor({ kind, users })?.value;
    return typeof gpus === 'number' ? [{ users, gpus }] : [];
  });
}

interface ServingParts {
  readonly system: System;
  readonly accelerator: Accelerator;
  readonly model: Model;
}

function partsOf(modelId: string): ServingParts | null {
  const system = servingSystem;
  const accelerator = bundledCatalogue.accelerators.get(system?.acceleratorId ?? '');
  const model = bundledCatalogue.models.get(modelId);
  return system && accelerator && model ? { system, accelerator, model } : null;
}

/** Replicas that are simulated together: as few as show what sharing a queue does. */
export const simulatedReplicas = 4;

function textResponse(kind: 'prompts' | 'assistants'): readonly ResponsePoint[] {
  const parts = partsOf(textServices[kind].modelId);
  const [service] = servicePlan({ kind, users: 1, sites: 1 }, 1).workloads;
  if (parts === null || service?.kind !== 'inference') return [];
  const load = {
    ...parts,
    software: 'current',
    tensorParallel: service.tensorParallel,
    weightPrecision: service.weightPrecision,
    keyValuePrecision: service.keyValuePrecision,
    replicas: simulatedReplicas,
    policy: 'chunked prefill',
    tokenBudget: null,
    reservedAnswer: null,
    largestBatch: null,
    router: 'join shortest queue',
    queueLimit: Number.POSITIVE_INFINITY,
    prefillReplicas: 0,
    autoscaling: null,
    outages: [],
    arrivals: { kind: 'poisson' },
    input: { kind: 'lognormal', mean: service.inputTokens.value, variation: 1 },
    output: { kind: 'lognormal', mean: service.outputTokens.value, variation: 1 },
    targets: null,
  } as const;
  return loadShares.flatMap((share) => responsePoint(load, share, bundledCatalogue) ?? []);
}

/** Images take turns on as many GPUs; beyond what they can make there is no answer. */
function imageResponse(): readonly ResponsePoint[] {
  const seconds =
    servingSystem === null || imageModel === null
      ? null
      : imageSecondsOn(bundledCatalogue, servingSystem, imageModel);
  if (seconds === null) return [];
  return loadShares.flatMap((share) => {
    const requestsPerSecond = (share * simulatedReplicas) / seconds;
    const slowest = slowestImageSeconds(requestsPerSecond, seconds, simulatedReplicas);
    if (slowest === null) return [];
    const firstTokenSeconds = { middle: seconds, slowest };
    return [{ share, requestsPerSecond, firstTokenSeconds, tokenSeconds: seconds }];
  });
}

/** Both curves of a kind of service: a simulation of many thousand requests, too long for a frame. */
export function answerService(kind: ServiceKind): ServiceCurves {
  return {
    fleet: fleetCurve(kind),
    response: kind === 'images' ? imageResponse() : textResponse(kind),
  };
}
