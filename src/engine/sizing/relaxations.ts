import type { Catalogue } from '../catalogue/types';
import type { LatencyTargets } from '../inference/operating-point';
import { answerOf, servicesOf, type PricedCandidate } from './candidates';
import type { Demand, Relaxation, SystemAnswer } from './demand';
import { replicaOptions } from './replica-options';

/** How far a target is relaxed to see what it costs. */
const factor = 2;

const words = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** A changed demand and the candidates to answer it with. */
interface Change {
  readonly target: string;
  readonly change: string;
  readonly demand: Demand;
  readonly candidates: readonly PricedCandidate[];
  readonly targets: readonly LatencyTargets[];
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
  targets: readonly LatencyTargets[],
  bestOf: BestOf,
): Relaxation[] {
  if (candidates.length === 0) return [];
  const answered = (change: Pick<Change, 'demand' | 'candidates' | 'targets'>) =>
    bestOf(
      change.candidates.map(
        (candidate) =>
          [candidate, answerOf(change.demand, candidate, catalogue, change.targets)] as const,
      ),
    );
  const now = answered({ demand, candidates, targets });
  return changesOf(demand, candidates, catalogue, targets).flatMap((change) => {
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
  targets: readonly LatencyTargets[],
): Change[] {
  if (demand.kind === 'training') {
    const days = demand.deadlineDays;
    return [
      {
        target: 'Deadline',
        change: `${words.format(days)} → ${words.format(days * factor)} days`,
        demand: { ...demand, deadlineDays: days * factor },
        candidates,
        targets,
      },
    ];
  }
  const relaxed = (key: keyof LatencyTargets, target: string): Change => ({
    target,
    change: changed(targets.map((one) => one[key])),
    demand,
    candidates,
    targets: targets.map((one) => ({ ...one, [key]: one[key] * factor })),
  });
  return [
    relaxed('timePerOutputTokenSeconds', 'Time per output token'),
    relaxed('timeToFirstTokenSeconds', 'Time to first token'),
    ...fourBits(demand, candidates, catalogue, targets),
  ];
}

function changed(seconds: readonly number[]): string {
  const [only] = seconds;
  return seconds.length === 1 && only !== undefined
    ? `${words.format(only * 1e3)} → ${words.format(only * factor * 1e3)} ms`
    : 'twice as long for every service';
}

function fourBits(
  demand: Exclude<Demand, { kind: 'training' }>,
  candidates: readonly PricedCandidate[],
  catalogue: Catalogue,
  targets: readonly LatencyTargets[],
): Change[] {
  const services = servicesOf(demand);
  if (services.some(({ weightPrecision }) => weightPrecision !== null)) return [];
  const narrow = candidates.map((candidate) => ({
    ...candidate,
    options: services.map((service) => {
      const model = catalogue.models.get(service.modelId);
      return model === undefined
        ? []
        : replicaOptions(candidate, model, service, 'fp4', catalogue.assumptions);
    }),
  }));
  return [{ target: 'Weights', change: 'stored in 4 bits', demand, candidates: narrow, targets }];
}
