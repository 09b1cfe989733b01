import type { Catalogue, Model } from '../catalogue/types';
import type { Figure } from '../report';
import { answersTime } from './answers-time';
import { processorFigures, workOf, type Subject } from './figures';
import type { JobTime, ProcessorJob } from './job';
import { describeMachine, machineName, type DescribedMachine, type Machine } from './machine';
import { trainingStepTime } from './training-step-time';

/** One machine's answer: time, money, energy, and the three reasons. */
export interface ProcessorAnswer {
  readonly machine: Machine;
  /** such as '1 core of Xeon 6980P' or '8 × H100 SXM' */
  readonly name: string;
  readonly kind: 'cpu' | 'gpu' | 'tpu' | 'npu';
  /** null when the machine cannot do the job; every figure then says why */
  readonly layout: string | null;
  readonly bound: string | null;
  readonly seconds: Figure;
  readonly usd: Figure;
  readonly kilowattHours: Figure;
  /** how many times as fast as the first machine that does the job */
  readonly speedUp: Figure;
  /** multiply–adds that happen side by side, matrix units left out */
  readonly lanes: Figure;
  readonly matrixTflops: Figure;
  readonly memoryBandwidthTbps: Figure;
  /** share of the arithmetic peak that the job reaches */
  readonly reached: Figure;
}

export interface ProcessorComparison {
  readonly job: ProcessorJob;
  readonly answers: readonly ProcessorAnswer[];
  /** machines or models that the catalogue does not have, and jobs of no size, in words */
  readonly problems: readonly string[];
}

function problemsOf(job: ProcessorJob): string[] {
  const sizes: readonly (readonly [string, number])[] =
    job.kind === 'training step'
      ? [
          ['Sequences', job.sequences],
          ['Sequence length', job.sequenceLength],
        ]
      : [
          ['Answers', job.answers],
          ['Input tokens', job.inputTokens],
          ['Output tokens', job.outputTokens],
        ];
  return sizes
    .filter(([, size]) => !(Number.isFinite(size) && size > 0))
    .map(([name, size]) => `${name} must be above zero, not ${size}.`);
}

function timeOf(
  job: ProcessorJob,
  model: Model,
  machine: DescribedMachine,
  catalogue: Catalogue,
): JobTime {
  return job.kind === 'training step'
    ? trainingStepTime(job, model, machine, catalogue)
    : answersTime(job, model, machine, catalogue);
}

/**
 * The same job on several machines, from one core to a cluster: time, cost, energy, and why they differ: how much happens
 * side by side, how fast the matrix units are, how fast memory is read.
 *
 * Leaves out: loading the model, the network between user and machine, idle hours of a machine that is kept.
 */
export function compareProcessors(
  job: ProcessorJob,
  machines: readonly Machine[],
  catalogue: Catalogue,
): ProcessorComparison {
  const problems = problemsOf(job);
  const model = catalogue.models.get(job.modelId);
  if (model === undefined) problems.push(`The catalogue has no model '${job.modelId}'.`);
  if (model === undefined || problems.length > 0) return { job, answers: [], problems };
  const done = machines.flatMap((machine) => {
    const found = describeMachine(machine, catalogue);
    if (found === null) {
      problems.push(
        `${machine.processors} × '${machine.acceleratorId}' is no machine: the part must be in the catalogue and the number whole and at least 1.`,
      );
      return [];
    }
    return [{ machine: found, time: timeOf(job, model, found, catalogue) }];
  });
  const work = workOf(job, model);
  const subjects = done.map((entry, index) => ({ work, index, ...entry }));
  return { job, problems, answers: answersOf(subjects) };
}

/** The answer of every machine, beside the first that does the work. */
export function answersOf(subjects: readonly Subject[]): ProcessorAnswer[] {
  const first = subjects.find(({ time }) => time.isDone);
  const reference = first === undefined ? null : processorFigures(first, null).seconds;
  return subjects.map((subject) => answerOf(subject, reference));
}

function answerOf(subject: Subject, reference: Figure | null): ProcessorAnswer {
  const { machine, time } = subject;
  return {
    machine: machine.machine,
    name: machineName(machine),
    kind: machine.accelerator.kind,
    layout: time.isDone ? time.layout : null,
    bound: time.isDone ? time.bound : null,
    ...processorFigures(subject, reference),
  };
}
