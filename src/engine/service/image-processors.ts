import type { Catalogue } from '../catalogue/types';
import { resolvePlan } from '../checks/resolve';
import { planInput } from '../explain';
import type { Plan } from '../plan';
import { answersOf, type ProcessorAnswer } from '../processors/compare-processors';
import type { ProcessorWork } from '../processors/figures';
import type { JobTime } from '../processors/job';
import { describeMachine, type DescribedMachine, type Machine } from '../processors/machine';
import { taskPeakPerSecond } from '../tasks/size-task';
import { taskSize } from '../tasks/task-size';
import { prepareTask, type TaskBatch, type TaskReplica } from '../tasks/task-time';
import { comparedMachines } from './service-processors';

/** The same images on several machines. */
export interface ImageComparison {
  readonly images: number;
  readonly answers: readonly ProcessorAnswer[];
  /** the node of the usual GPU that a service on CPUs is compared with; null where the service has accelerators */
  readonly usualGpu: Machine | null;
}

/** The batch, a power of two, at which a processor makes most images in a second; null where the model does not fit. */
function fastestBatch({ largestBatch, at }: TaskReplica): TaskBatch | null {
  let best: TaskBatch | null = null;
  for (let requests = 1; requests <= largestBatch; requests *= 2) {
    const batch = at(requests);
    if (!Number.isFinite(batch.seconds)) continue;
    if (best === null || batch.seconds / requests < best.seconds / best.requests) best = batch;
  }
  return best;
}

/**
 * The images of an hour at the peak of a service, made by one node of CPUs of each maker and by accelerators of the service's own
 * kind. Null for another kind of service, and where nobody asks.
 *
 *   t = ⌈N / (n · k)⌉ · t_k
 *
 * N images · n processors, each with a copy of the model · k images at once on one of them, t_k time of such a batch [s], see
 * prepareTask
 *
 * Leaves out: the target of the service: all requests are there at once. Source: definition.
 */
export function planImageProcessors(
  plan: Plan,
  workloadId: string,
  acceleratorsNeeded: number | null,
  catalogue: Catalogue,
): ImageComparison | null {
  const found = resolvePlan(plan, catalogue).tasks.find(
    ({ workload }) => workload.id === workloadId,
  );
  if (found?.model.task !== 'image') return null;
  const { workload, on, model } = found;
  const { requestsPerDay, meanLoadFraction, precision } = workload;
  const peak = taskPeakPerSecond(requestsPerDay.value, meanLoadFraction.value);
  const images = Math.round(3_600 * peak);
  if (!(images >= 1)) return null;
  const { assumptions } = catalogue;
  const size = taskSize(workload, model, assumptions);
  const replicaOn = ({ device }: DescribedMachine): TaskReplica =>
    prepareTask({ device, precision, assumptions }, model, size);
  const { machines, usualGpu } = comparedMachines(on, [1, acceleratorsNeeded], catalogue);
  const described = machines.flatMap((machine) => describeMachine(machine, catalogue) ?? []);
  const [first] = described;
  if (first === undefined) return null;
  const work: ProcessorWork = {
    timeLabel: 'Time until all images are made',
    formula: 't = ⌈N / (n · k)⌉ · t_k at the batch k that makes most images',
    inputs: [planInput('N', 'Images', images, '1')],
    precision,
    flop: images * replicaOn(first).flopPerRequest,
    source: model.row.denoiserFlop.source,
  };
  const timeOn = (machine: DescribedMachine): JobTime => {
    if (machine.device.rates[precision] === undefined) {
      return { isDone: false, reason: `No arithmetic for ${precision.toUpperCase()}.` };
    }
    const batch = fastestBatch(replicaOn(machine));
    if (batch === null) return { isDone: false, reason: 'The model does not fit into its memory.' };
    const { processors } = machine.machine;
    const rounds = Math.ceil(images / (processors * batch.requests));
    const [largest] = batch.parts.toSorted((one, other) => other.seconds - one.seconds);
    return {
      isDone: true,
      seconds: rounds * batch.seconds,
      layout: `${processors === 1 ? '1 copy' : `${String(processors)} copies`}, ${String(batch.requests)} at once`,
      bound: (largest?.label ?? '').toLowerCase(),
    };
  };
  const subjects = described.map((machine, index) => ({
    work,
    index,
    machine,
    time: timeOn(machine),
  }));
  return { images, answers: answersOf(subjects), usualGpu };
}
