import type { Catalogue } from '../catalogue/types';
import { resolvePlan } from '../checks/resolve';
import { clusterDevice } from '../facility/fabric/fabric-device';
import { servingConstantsOn } from '../inference/device-constants';
import { allowedTensorParallel } from '../inference/findings';
import type { LatencyTargets } from '../inference/operating-point';
import { workloadLayout } from '../inference/workload-layout';
import { workloadShape } from '../inference/workload-shape';
import { prepareServing } from '../inference/serving';
import type { Plan } from '../plan';
import { TimedReplica } from '../sizing/timed-replica';

/** One layout at one batch: what a reader gets and what an accelerator gives. */
export interface FrontPoint {
  readonly tensorParallel: number;
  readonly batch: number;
  readonly tokensPerSecondPerUser: number;
  readonly tokensPerSecondPerAccelerator: number;
  readonly timeToFirstTokenMs: number;
}

export interface ThroughputFront {
  /** no other layout or batch is better in both; fastest for a reader first */
  readonly best: readonly FrontPoint[];
  /** the plan's own layout at growing batches */
  readonly planned: readonly FrontPoint[];
  /** tokens per second of a reader that the target asks for */
  readonly targetTokensPerSecondPerUser: number;
  /** the point of the front with the most tokens per accelerator that meets both targets; null where none does */
  readonly bestWithinTargets: FrontPoint | null;
}

/**
 * The latency–throughput curve of a service on its system: every tensor-parallel degree at batches of 1, 2, 4 …
 *
 *   x = 1 / t_token      y = X / T
 *
 * t_token time per output token [s] · X output tokens per second of a replica [1/s] · T accelerators of a replica [1]
 *
 * Leaves out: other precisions than the plan's, replicas beyond the scale-up domain. Source: definition; the plot is that of
 * Pope et al. 2022, https://arxiv.org/abs/2211.05102, figure 1 (from memory).
 */
export function planFront(
  plan: Plan,
  workloadId: string,
  catalogue: Catalogue,
): ThroughputFront | null {
  const found = resolvePlan(plan, catalogue).workloads.find(
    ({ workload }) => workload.id === workloadId,
  );
  if (found?.workload.kind !== 'inference') return null;
  const { workload, on, model } = found;
  const device = clusterDevice({ ...on, catalogue });
  const constants = servingConstantsOn(device, 'current', catalogue.assumptions);
  const shape = workloadShape(workload, catalogue.assumptions);
  const layout = workloadLayout(workload, catalogue.assumptions);
  const groups = layout.attentionGroups ?? 1;
  const targets = {
    timeToFirstTokenSeconds: workload.timeToFirstTokenTargetMs.value / 1e3,
    timePerOutputTokenSeconds: workload.timePerOutputTokenTargetMs.value / 1e3,
  };
  const { architecture } = model;
  const degrees = allowedTensorParallel(architecture.heads * groups, device.scaleUp.domain).filter(
    (degree) => degree % groups === 0,
  );
  if (!degrees.includes(workload.tensorParallel)) degrees.push(workload.tensorParallel);
  const points = degrees.flatMap((tensorParallel) => {
    const isPlanned = tensorParallel === workload.tensorParallel;
    // Other degrees spread experts as the plan does: over all accelerators, or cut on each.
    const expertParallel =
      isPlanned || layout.expertParallel === 1 ? layout.expertParallel : tensorParallel;
    const setup = { device, architecture, ...layout, tensorParallel };
    const serving = prepareServing(
      { ...setup, ...(expertParallel === undefined ? {} : { expertParallel }) },
      constants,
    );
    return pointsOf(new TimedReplica(serving, shape), targets);
  });
  const best = frontOf(points);
  const target = 1e3 / workload.timePerOutputTokenTargetMs.value;
  const meets = ({ tokensPerSecondPerUser, timeToFirstTokenMs }: FrontPoint): boolean =>
    tokensPerSecondPerUser >= target * (1 - 1e-12) &&
    timeToFirstTokenMs <= workload.timeToFirstTokenTargetMs.value;
  return {
    best,
    planned: points.filter(({ tensorParallel }) => tensorParallel === workload.tensorParallel),
    targetTokensPerSecondPerUser: target,
    bestWithinTargets: most(points.filter(meets)),
  };
}

/** The replica at 1, 1.5, 2, 3, 4, 6 … requests in flight, as whole numbers, up to the largest, and the largest within the targets. */
function pointsOf(replica: TimedReplica, targets: LatencyTargets): FrontPoint[] {
  const { largest, serving } = replica;
  const batches = new Set<number>();
  for (let batch = 1; batch < largest; batch *= 2) {
    batches.add(batch);
    if (batch > 1 && batch * 1.5 < largest) batches.add(batch * 1.5);
  }
  if (largest >= 1) batches.add(largest);
  const { batch: operating } = replica.within(targets);
  if (operating >= 1) batches.add(operating);
  return [...batches]
    .sort((one, other) => one - other)
    .flatMap((batch) => {
      const point = replica.at(batch);
      const one = {
        tensorParallel: serving.tensorParallel,
        batch,
        tokensPerSecondPerUser: 1 / point.timePerOutputToken,
        tokensPerSecondPerAccelerator:
          point.tokensPerSecond / (serving.tensorParallel * serving.pipelineParallel),
        timeToFirstTokenMs: point.timeToFirstToken * 1e3,
      };
      return Object.values(one).every(Number.isFinite) ? [one] : [];
    });
}

/** Points that no other beats in both directions, fastest for a reader first. */
export function frontOf(points: readonly FrontPoint[]): FrontPoint[] {
  const sorted = points.toSorted(
    (first, second) =>
      second.tokensPerSecondPerUser - first.tokensPerSecondPerUser ||
      second.tokensPerSecondPerAccelerator - first.tokensPerSecondPerAccelerator,
  );
  const front: FrontPoint[] = [];
  for (const point of sorted) {
    const last = front.at(-1);
    const isMore =
      last === undefined ||
      point.tokensPerSecondPerAccelerator > last.tokensPerSecondPerAccelerator;
    if (isMore) front.push(point);
  }
  return front;
}

function most(points: readonly FrontPoint[]): FrontPoint | null {
  return points.reduce<FrontPoint | null>(
    (best, point) =>
      best === null || point.tokensPerSecondPerAccelerator > best.tokensPerSecondPerAccelerator
        ? point
        : best,
    null,
  );
}
