import { hostTooSmall } from '../hardware/host-memory';
import type { Finding } from '../report';
import type { TrainingLayout } from '../plan';
import type { EvaluatedTraining } from './evaluated-training';
import type { TrainingJob } from './job';
import { jobFinding } from './job-finding';
import { layoutFindings } from './layout-findings';
import { hostBytes, overfillsHost } from './host-memory';
import { trainingMemory } from './memory';

const number = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const percent = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });

/** Share of an accelerator's memory above which a run may fail although the count fits. */
const tightShare = 0.92;
/** Shares of a step above which a loss deserves a remark. */
const largeBubble = 0.2;
const largeExchange = 0.2;

/** What stands in the way of the job or slows it down, each with its cause and, where one value mends it, a fix. */
export function trainingFindings(evaluated: EvaluatedTraining): Finding[] {
  return [
    ...layoutFindings(evaluated),
    ...memoryFindings(evaluated),
    ...hostMemoryFindings(evaluated),
    ...precisionFindings(evaluated),
    ...contextFindings(evaluated),
    ...speedFindings(evaluated),
    ...measurementFindings(evaluated),
  ];
}

interface Change {
  readonly field: keyof TrainingLayout &
    ('zeroStage' | 'microBatch' | 'tensorParallel' | 'pipelineParallel');
  readonly value: number;
}

/** Single changes that save memory, the least disturbing first. */
function savings({ job }: EvaluatedTraining): Change[] {
  const { layout, architecture } = job;
  const changes: Change[] = [];
  if (layout.zeroStage === 0 && job.dataParallel > 1)
    changes.push({ field: 'zeroStage', value: 1 });
  if (layout.microBatch > 1) changes.push({ field: 'microBatch', value: 1 });
  for (const stages of [2, 4, 8].map((factor) => factor * layout.pipelineParallel)) {
    if (stages * layout.virtualStages <= architecture.layers) {
      changes.push({ field: 'pipelineParallel', value: stages });
    }
  }
  for (const ranks of [2, 4, 8].map((factor) => factor * layout.tensorParallel)) {
    if (architecture.heads % ranks === 0) changes.push({ field: 'tensorParallel', value: ranks });
  }
  if (job.dataParallel > 1) changes.push({ field: 'zeroStage', value: 3 });
  return changes;
}

function changed(
  job: TrainingJob,
  change: Change,
  clusterAccelerators: number,
): TrainingJob | null {
  const layout: TrainingLayout = { ...job.layout, [change.field]: change.value };
  const replica = layout.tensorParallel * layout.pipelineParallel * layout.contextParallel;
  if (replica > clusterAccelerators || clusterAccelerators % replica !== 0) return null;
  return { ...job, layout, dataParallel: clusterAccelerators / replica };
}

function memoryFindings(evaluated: EvaluatedTraining): Finding[] {
  const { memory, device, job, constants, clusterAccelerators, context } = evaluated;
  const share = memory.total / device.memoryBytes;
  if (share <= tightShare) return [];
  const needed = `${number.format(memory.total / 1e9)} GB of ${number.format(device.memoryBytes / 1e9)} GB`;
  if (share <= 1) {
    return [
      jobFinding(evaluated, 'warning', 'memoryTight', 'layout.recompute', {
        title: 'Memory is nearly full',
        cause: `${needed} on ${context.accelerator.name}, fragmentation and buffers included: a small error of this estimate decides whether the job runs.`,
        advice:
          'Leave about a tenth free: recompute activations, shard more, or lower the micro-batch.',
      }),
    ];
  }
  const fitting = (limit: number): Change | undefined =>
    savings(evaluated).find((change) => {
      const next = changed(job, change, clusterAccelerators);
      return next !== null && trainingMemory(next, constants).total <= limit * device.memoryBytes;
    });
  const mend = fitting(tightShare) ?? fitting(1);
  return [
    jobFinding(
      evaluated,
      'problem',
      'memoryOverflow',
      mend ? `layout.${mend.field}` : 'layout.recompute',
      {
        title: 'The job does not fit into memory',
        cause: `The fullest accelerator needs ${needed}.`,
        advice: mend
          ? 'The change offered is the smallest single one that fits.'
          : 'No single change fits: recompute activations in full, raise tensor and pipeline parallelism together, or add nodes.',
      },
      mend?.value ?? null,
    ),
  ];
}

function hostMemoryFindings(evaluated: EvaluatedTraining): Finding[] {
  const { job, constants, device } = evaluated;
  if (device.hostMemoryBytes === undefined || !overfillsHost(job, constants, device)) return [];
  const { offloadsWeights, offloadsOptimizer } = job.layout;
  const field = offloadsWeights
    ? 'offloadsWeights'
    : offloadsOptimizer
      ? 'offloadsOptimizer'
      : 'offloadedLayers';
  return [
    jobFinding(evaluated, 'problem', 'hostMemoryOverflow', `layout.${field}`, {
      ...hostTooSmall('the layout', hostBytes(job, constants), device.hostMemoryBytes),
      advice: 'Keep less in the host, or share the state between more replicas.',
    }),
  ];
}

function precisionFindings(evaluated: EvaluatedTraining): Finding[] {
  const { device, job, context } = evaluated;
  const rate = device.rates[job.precision];
  const asked = job.precision.toUpperCase();
  if (rate === undefined) {
    return [
      jobFinding(evaluated, 'problem', 'precisionUnknown', 'precision', {
        title: `${context.accelerator.name} has no rate for ${asked}`,
        cause: 'The catalogue has neither this precision nor a wider one for it.',
        advice: 'Choose another precision or another accelerator.',
      }),
    ];
  }
  if (rate.computedIn === job.precision) return [];
  return [
    jobFinding(evaluated, 'warning', 'precisionConverted', 'precision', {
      title: `${context.accelerator.name} computes ${asked} in ${rate.computedIn.toUpperCase()}`,
      cause: 'The part has no units of that width; numbers are converted on the way in.',
      advice: `Expect the speed of ${rate.computedIn.toUpperCase()}.`,
    }),
  ];
}

function contextFindings(evaluated: EvaluatedTraining): Finding[] {
  const { job, context } = evaluated;
  const longest = job.architecture.contextLength;
  if (job.sequenceLength <= longest) return [];
  return [
    jobFinding(
      evaluated,
      'note',
      'beyondContext',
      'sequenceLength',
      {
        title: 'Sequences are longer than the published context',
        cause: `${context.model.name} was published for ${number.format(longest)} tokens.`,
        advice: 'This is fine when the context is being extended.',
      },
      longest,
    ),
  ];
}

function speedFindings(evaluated: EvaluatedTraining): Finding[] {
  const { modelled } = evaluated;
  if (modelled === null || !Number.isFinite(modelled.total)) return [];
  const found: Finding[] = [];
  const bubble = modelled.pipelineBubble / modelled.total;
  if (bubble > largeBubble) {
    found.push(
      jobFinding(evaluated, 'warning', 'largeBubble', 'layout.pipelineParallel', {
        title: `The pipeline idles ${percent.format(bubble)} of the step`,
        cause: 'There are few micro-batches for the number of stages, or the stages are uneven.',
        advice: 'Raise the batch, interleave more chunks per stage, or use fewer stages.',
      }),
    );
  }
  const exchange = modelled.dataParallel / modelled.total;
  if (exchange > largeExchange) {
    found.push(
      jobFinding(evaluated, 'warning', 'exchangeBound', 'globalBatchSequences', {
        title: `Data-parallel communication takes ${percent.format(exchange)} of the step`,
        cause:
          'There is too little computation per replica to hide the exchange of gradients and weights.',
        advice: 'Raise the batch, use fewer replicas, or a faster network.',
      }),
    );
  }
  return found;
}

function measurementFindings(evaluated: EvaluatedTraining): Finding[] {
  const { workload, modelled } = evaluated;
  const measured = workload.measuredStepSeconds?.value;
  if (measured === undefined || modelled === null || !Number.isFinite(modelled.total)) return [];
  const error = modelled.total / measured - 1;
  return [
    jobFinding(evaluated, 'note', 'measured', 'measuredStepSeconds', {
      title: `The model is ${percent.format(Math.abs(error))} ${error < 0 ? 'below' : 'above'} the measured step time`,
      cause: `Measured ${number.format(measured)} s, modelled ${number.format(modelled.total)} s.`,
      advice: 'The measured value is used; the breakdown is scaled to it.',
    }),
  ];
}
