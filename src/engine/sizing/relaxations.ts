import type { Catalogue } from '../catalogue/types';
import { answerOf, type PricedCandidate } from './candidates';
import type { Demand, Relaxation, ServiceDemand, SystemAnswer } from './demand';
import { constantsByPart } from './replica-options';
import {
  inPrecision,
  precisionAsked,
  serviceOptions,
  servicesOf,
  withServices,
} from './one-service';

/** How far a target is relaxed to see what it costs. */
const factor = 2;

const words = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** A changed demand and the candidates to answer it with. */
interface Change {
  readonly target: string;
  readonly change: string;
  readonly demand: Demand;
  readonly candidates: readonly PricedCandidate[];
}

/** What the best cluster of a changed demand comes to; null where none meets it. */
export type BestOf = (
  answers: readonly (readonly [PricedCandidate, SystemAnswer])[],
) => { readonly value: number; readonly systemName: string; readonly accelerators: number } | null;

/**
 * What each target costs: the demand is sized again with that target twice as long, all else kept; for services in the usual
 * precision also with weights of 4 bits, for a training run with twice the days.
 *
 * Only what changes the best answer is named. Leaves out: two targets relaxed together. Source: definition.
 */
export function relaxationsOf(
  demand: Demand,
  candidates: readonly PricedCandidate[],
  catalogue: Catalogue,
  bestOf: BestOf,
): Relaxation[] {
  if (candidates.length === 0) return [];
  const answered = (change: Pick<Change, 'demand' | 'candidates'>) =>
    bestOf(
      change.candidates.map(
        (candidate) => [candidate, answerOf(change.demand, candidate, catalogue)] as const,
      ),
    );
  const now = answered({ demand, candidates });
  return changesOf(demand, candidates, catalogue).flatMap((change) => {
    const then = answered(change);
    if (then === null || (now !== null && then.value >= now.value * (1 - 1e-9))) return [];
    return [
      {
        target: change.target,
        change: change.change,
        systemName: then.systemName,
        accelerators: then.accelerators,
        before: now?.value ?? null,
        after: then.value,
        perRun: demand.kind === 'training',
      },
    ];
  });
}

function changesOf(
  demand: Demand,
  candidates: readonly PricedCandidate[],
  catalogue: Catalogue,
): Change[] {
  if (demand.kind === 'training') {
    const days = demand.deadlineDays;
    return [
      {
        target: 'Deadline',
        change: `${words.format(days)} → ${words.format(days * factor)} days`,
        demand: { ...demand, deadlineDays: days * factor },
        candidates,
      },
    ];
  }
  const services = servicesOf(demand);
  const relaxed = targets.flatMap(({ target, unit, valueOf, change }): Change[] => {
    const values = services.map(valueOf).filter((value) => value !== null);
    if (values.length === 0) return [];
    const [only] = values;
    const told =
      services.length === 1 && only !== undefined
        ? `${words.format(only)} → ${words.format(only * factor)} ${unit}`
        : 'twice as long for every service';
    return [{ target, change: told, demand: withServices(demand, change), candidates }];
  });
  return [...relaxed, ...fourBits(demand, candidates, catalogue)];
}

/** A target of services: what it is for one of them, null where it has none, and the service with the target relaxed. */
interface Target {
  readonly target: string;
  readonly unit: string;
  readonly valueOf: (service: ServiceDemand) => number | null;
  readonly change: (service: ServiceDemand) => ServiceDemand;
}

function latency(
  target: string,
  key: 'timePerOutputTokenTargetMs' | 'timeToFirstTokenTargetMs',
): Target {
  return {
    target,
    unit: 'ms',
    valueOf: (service) => (service.kind === 'inference' ? service[key] : null),
    change: (service) =>
      service.kind === 'inference' ? { ...service, [key]: service[key] * factor } : service,
  };
}

const targets: readonly Target[] = [
  latency('Time per output token', 'timePerOutputTokenTargetMs'),
  latency('Time to first token', 'timeToFirstTokenTargetMs'),
  {
    target: 'Time to answer',
    unit: 's',
    valueOf: (service) => (service.kind === 'task' ? service.targetSeconds : null),
    change: (service) =>
      service.kind === 'task'
        ? { ...service, targetSeconds: service.targetSeconds * factor }
        : service,
  },
];

function fourBits(
  demand: Exclude<Demand, { kind: 'training' }>,
  candidates: readonly PricedCandidate[],
  catalogue: Catalogue,
): Change[] {
  const services = servicesOf(demand);
  if (services.some((service) => precisionAsked(service) !== null)) return [];
  const narrow = withServices(demand, (service) => inPrecision(service, 'fp4'));
  const constantsOf = constantsByPart(catalogue.assumptions);
  const prepared = candidates.map((candidate) => ({
    ...candidate,
    options: servicesOf(narrow).map((service) =>
      serviceOptions(service, candidate, catalogue, constantsOf),
    ),
  }));
  return [{ target: 'Weights', change: 'stored in 4 bits', demand: narrow, candidates: prepared }];
}
