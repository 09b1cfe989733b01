import { replicaAccelerators } from '../inference/workload-layout';
import type { LatencyTargets } from '../inference/operating-point';
import { loadShareOf, replicasFor } from '../inference/staffing';
import type { InferenceDemand, SizedService } from './demand';
import type { ReplicaOption } from './replica-options';

function targetsOf(demand: InferenceDemand): LatencyTargets {
  return {
    timeToFirstTokenSeconds: demand.timeToFirstTokenTargetMs / 1e3,
    timePerOutputTokenSeconds: demand.timePerOutputTokenTargetMs / 1e3,
  };
}

/**
 * Requests per second that users send at the busiest moment.
 *
 *   λ = U · r / 3600
 *
 * U users at once [1] · r requests that each sends per hour [1/h]
 *
 * Leaves out: bursts within the moment. Source: definition.
 */
export function peakRequestsPerSecond(
  demand: Pick<InferenceDemand, 'concurrentUsers' | 'requestsPerUserHour'>,
): number {
  return (demand.concurrentUsers * demand.requestsPerUserHour) / 3600;
}

/** Replicas of one layout that serve the demand; null where not even one request meets the targets. */
export function sizeOption(option: ReplicaOption, demand: InferenceDemand): SizedService | null {
  const { replica, layout, weightPrecision, keyValuePrecision } = option;
  const { batch } = replica.within(targetsOf(demand));
  if (batch < 1) return null;
  const point = replica.at(batch);
  const share = loadShareOf(batch, replica.serving.constants.burstDeviations);
  const rate = point.requestsPerSecond * share;
  return {
    kind: 'inference',
    modelId: demand.modelId,
    ...layout,
    replicas: Math.max(1, replicasFor(peakRequestsPerSecond(demand), rate)),
    batch,
    weightPrecision,
    keyValuePrecision,
    timeToFirstTokenMs: point.timeToFirstToken * 1e3,
    timePerOutputTokenMs: point.timePerOutputToken * 1e3,
  };
}

/**
 * The layout that serves the demand on the fewest nodes; of two with the same number, the one with the shorter time per
 * output token. Services that share nodes are compared by their accelerators: their remainders are filled by others.
 */
export function bestService(
  options: readonly ReplicaOption[],
  demand: InferenceDemand,
  partsPerUnit: number,
): SizedService | null {
  let best: SizedService | null = null;
  const unitsOf = (service: SizedService): number =>
    Math.ceil((service.replicas * replicaAccelerators(service)) / partsPerUnit);
  for (const option of options) {
    const sized = sizeOption(option, demand);
    if (sized === null) continue;
    const isBetter =
      best === null ||
      unitsOf(sized) < unitsOf(best) ||
      (unitsOf(sized) === unitsOf(best) && sized.timePerOutputTokenMs < best.timePerOutputTokenMs);
    if (isBetter) best = sized;
  }
  return best;
}

const words = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** Why no layout of a system serves the demand. */
export function refusal(
  options: readonly ReplicaOption[],
  demand: InferenceDemand,
  precision: string,
): string {
  if (options.length === 0) return `No arithmetic for ${precision.toUpperCase()} weights.`;
  const fitting = options.filter(({ replica }) => replica.largest >= 1);
  const [first] = fitting;
  if (first === undefined) {
    return 'The model does not fit into the memory of four scale-up domains.';
  }
  const alone = ({ replica }: ReplicaOption): number =>
    replica.at(1).timePerOutputToken + replica.at(1).timeToFirstToken;
  const closest = fitting.reduce((least, option) =>
    alone(option) < alone(least) ? option : least,
  );
  const point = closest.replica.at(1);
  const firstMs = point.timeToFirstToken * 1e3;
  return firstMs > demand.timeToFirstTokenTargetMs
    ? `The time to first token is ${words.format(firstMs)} ms at best; the target is ${words.format(demand.timeToFirstTokenTargetMs)} ms.`
    : `The time per output token is ${words.format(point.timePerOutputToken * 1e3)} ms at best; the target is ${words.format(demand.timePerOutputTokenTargetMs)} ms.`;
}
