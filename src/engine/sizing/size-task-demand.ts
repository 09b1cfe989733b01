import type { Accelerator, Assumptions, Precision } from '../catalogue/types';
import { describeDevice } from '../hardware/device';
import { sizeTask, slowestSeconds, taskPeakPerSecond } from '../tasks/size-task';
import { taskWords, type TaskModel } from '../tasks/task-context';
import { taskSize, type TaskSize } from '../tasks/task-size';
import { prepareTask, type TaskBatch, type TaskReplica } from '../tasks/task-time';
import type { SizedTask, TaskDemand } from './demand';
import type { Candidate } from './replica-options';

/** One number format that the model of a service can run in on a system. */
export interface TaskOption {
  readonly precision: Precision;
  readonly replica: TaskReplica;
}

/** A replica that remembers its batches: the same ones are met again when a target is relaxed. */
function remembering(replica: TaskReplica): TaskReplica {
  const known = new Map<number, TaskBatch>();
  return {
    ...replica,
    at: (requests) => {
      const found = known.get(requests) ?? replica.at(requests);
      known.set(requests, found);
      return found;
    },
  };
}

/** What a request of a demand asks for. */
export function taskSizeOf(
  demand: TaskDemand,
  model: TaskModel,
  assumptions: Assumptions,
): TaskSize {
  const given = (value: number | null | undefined) =>
    value === null || value === undefined ? null : ({ value, origin: 'yours' } as const);
  const asked = {
    imageSteps: given(demand.imageSteps),
    imageEdge: given(demand.imageEdge),
    videoSteps: given(demand.videoSteps),
    videoSeconds: given(demand.videoSeconds),
    videoLines: given(demand.videoLines),
    textTokens: given(demand.textTokens),
    audioSeconds: given(demand.audioSeconds),
  };
  return taskSize(asked, model, assumptions);
}

/** Formats that a practitioner would run such a model in: 16 bits, then 8 where the part computes in them. */
function usualFormats({ peakDense }: Accelerator): readonly Precision[] {
  const wide = (['bf16', 'fp16', 'fp32'] as const).find((precision) => peakDense[precision]);
  return [wide ?? 'bf16', ...(peakDense.fp8 === undefined ? [] : (['fp8'] as const))];
}

/** The model of a demand on one accelerator of a system, in the format asked for or in each usual one, the widest first. */
export function taskOptions(
  { system, accelerator }: Candidate,
  model: TaskModel,
  demand: TaskDemand,
  assumptions: Assumptions,
): TaskOption[] {
  const device = describeDevice(accelerator, system, assumptions);
  const size = taskSizeOf(demand, model, assumptions);
  const formats = demand.precision === null ? usualFormats(accelerator) : [demand.precision];
  return formats
    .filter((precision) => device.rates[precision] !== undefined)
    .map((precision) => ({
      precision,
      replica: remembering(prepareTask({ device, precision, assumptions }, model, size)),
    }));
}

/**
 * The format with which the fewest units meet the demand, the widest of several; null where none does.
 *
 * A unit is a node, or an accelerator where services share nodes. Leaves out: reserve for failures and for updates.
 * Source: as sizeTask.
 */
export function bestTask(
  options: readonly TaskOption[],
  demand: TaskDemand,
  partsPerUnit: number,
): SizedTask | null {
  const { task, modelId, targetSeconds } = demand;
  const perSecond = taskPeakPerSecond(demand.requestsPerDay, 1 / demand.peakToMean);
  const unitsOf = (sized: SizedTask): number => Math.ceil(sized.accelerators / partsPerUnit);
  let best: SizedTask | null = null;
  for (const { precision, replica } of options) {
    const { batch, accelerators } = sizeTask(replica, perSecond, targetSeconds);
    if (batch === null || accelerators === null || !Number.isFinite(accelerators)) continue;
    const sized: SizedTask = {
      kind: 'task',
      task,
      modelId,
      precision,
      accelerators,
      batch: batch.requests,
      batchSeconds: batch.seconds,
      slowestSeconds: slowestSeconds(batch, perSecond, accelerators),
    };
    if (best === null || unitsOf(sized) < unitsOf(best)) best = sized;
  }
  return best;
}

const words = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** The shortest time in which any option answers one request that has an accelerator to itself; infinite where none can. */
export function soonestSeconds(options: readonly TaskOption[]): number {
  const fitting = options.filter(({ replica }) => replica.largestBatch >= 1);
  return Math.min(Infinity, ...fitting.map(({ replica }) => replica.at(1).seconds));
}

/** Why no format of a system meets the demand. */
export function taskRefusal(options: readonly TaskOption[], demand: TaskDemand): string {
  const noArithmetic = `No arithmetic for ${(demand.precision ?? 'bf16').toUpperCase()}.`;
  if (options.length === 0) return noArithmetic;
  if (options.every(({ replica }) => replica.largestBatch < 1)) {
    const [least] = options
      .map(({ replica }) => replica)
      .toSorted((a, b) => a.weightBytes - b.weightBytes);
    return least === undefined
      ? noArithmetic
      : `The model does not fit on one accelerator: its weights take ${words.format(least.weightBytes / 1e9)} GB, ${words.format(least.usableBytes / 1e9)} GB can be used.`;
  }
  const soonest = soonestSeconds(options);
  if (!Number.isFinite(soonest)) return noArithmetic;
  const { request } = taskWords[demand.task];
  return soonest > demand.targetSeconds
    ? `One ${request} takes ${words.format(soonest)} s at best; the target is ${words.format(demand.targetSeconds)} s.`
    : `More ${taskWords[demand.task].requests} are asked for than any number of accelerators is computed for.`;
}
