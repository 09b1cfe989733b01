import type { TaskWorkload } from '../plan';
import { clusterDevice } from '../facility/fabric/fabric-device';
import type { TaskContext } from './task-context';
import {
  servedPerSecond,
  sizeBatches,
  sizeTask,
  slowestSeconds,
  taskPeakPerSecond,
  type TaskSizing,
} from './size-task';
import { prepareTask, type TaskBatch, type TaskReplica } from './task-time';
import { taskSize, type TaskSize } from './task-size';

/** Everything that the figures and findings of one such service are made of. */
export interface EvaluatedTask {
  readonly workload: TaskWorkload;
  readonly context: TaskContext;
  readonly size: TaskSize;
  readonly replica: TaskReplica;
  readonly sizing: TaskSizing;
  /** the batch before a measurement overrides it */
  readonly modelled: TaskBatch | null;
  readonly peakRequestsPerSecond: number;
  readonly acceleratorsAvailable: number;
  /** within which 99 of 100 are answered; null without a batch or where the peak needs no accelerator */
  readonly slowest: number | null;
  readonly servedPerSecond: number;
}

/** A replica whose batches take so many times as long. */
function slowed(replica: TaskReplica, factor: number): TaskReplica {
  return {
    ...replica,
    at: (requests) => {
      const batch = replica.at(requests);
      return {
        ...batch,
        seconds: batch.seconds * factor,
        parts: batch.parts.map((part) => ({ ...part, seconds: part.seconds * factor })),
      };
    },
  };
}

/**
 * Sizes and times one service that answers in one piece: see sizeTask and taskPeakPerSecond.
 *
 * A measured rate scales every time by what the model says over it, at the batch that the model would run. Source: definition.
 */
export function evaluateTask(workload: TaskWorkload, context: TaskContext): EvaluatedTask {
  const { catalogue, cluster, system, model } = context;
  const { assumptions } = catalogue;
  const size = taskSize(workload, model, assumptions);
  const setup = { device: clusterDevice(context), precision: workload.precision, assumptions };
  const replica = prepareTask(setup, model, size);
  const peakRequestsPerSecond = taskPeakPerSecond(
    workload.requestsPerDay.value,
    workload.meanLoadFraction.value,
  );
  const target = workload.targetSeconds.value;
  const modelled = sizeTask(replica, peakRequestsPerSecond, target);
  const sizeMeasured = (slower: TaskReplica, { requests }: TaskBatch): TaskSizing =>
    sizeBatches(slower, [slower.at(requests)], peakRequestsPerSecond, target);
  const rateOf = (batch: TaskBatch): number => batch.requests / batch.seconds;
  const measured = workload.measuredRequestsPerSecond?.value ?? null;
  const used =
    measured === null || modelled.batch === null
      ? modelled
      : sizeMeasured(slowed(replica, rateOf(modelled.batch) / measured), modelled.batch);
  const { batch, accelerators } = used;
  const acceleratorsAvailable = Math.floor(cluster.nodes.value * system.acceleratorsPerNode.value);
  return {
    workload,
    context,
    size,
    replica,
    sizing: used,
    modelled: modelled.batch,
    peakRequestsPerSecond,
    acceleratorsAvailable,
    slowest:
      batch === null || accelerators === null
        ? null
        : slowestSeconds(batch, peakRequestsPerSecond, Math.max(1, accelerators)),
    servedPerSecond: batch === null ? 0 : servedPerSecond(batch, acceleratorsAvailable, target),
  };
}

/** The reason that every figure downstream of a missing batch gives. */
export function whyNoBatch({ replica, sizing, workload }: EvaluatedTask): string {
  if (replica.largestBatch < 1) return 'The model does not fit into the memory of one accelerator.';
  if (!Number.isFinite(sizing.alone.seconds)) {
    return `The accelerator has no arithmetic for ${workload.precision.toUpperCase()}.`;
  }
  return 'Not even one request at a time is answered within the target.';
}
