import type { Architecture } from '../catalogue/types';
import { largestDivisor } from '../largest-divisor';
import type { InferenceWorkload } from '../plan';
import type { Finding } from '../report';
import { allowedTensorParallel } from './findings';
import { degreesOf, replicaAccelerators } from './workload-layout';

const count = new Intl.NumberFormat('en');

/** Degrees of a replica that do not go together with the model or with one another; each on the field that mends it. */
export function layoutProblems(workload: InferenceWorkload, architecture: Architecture): Finding[] {
  const { tensorParallel, pipelineParallel, attentionDataParallel } = degreesOf(workload);
  const found: Finding[] = [];
  const problem = (
    field: 'pipelineParallel' | 'expertParallel' | 'attentionDataParallel',
    text: Pick<Finding, 'title' | 'cause' | 'advice'>,
    value: number,
    name: string,
  ): void => {
    found.push({
      level: 'problem',
      code: `inference.${field}`,
      subjectId: workload.id,
      field,
      ...text,
      fix: { label: `Use ${name} ${value}`, value },
    });
  };
  if (pipelineParallel > architecture.layers) {
    problem(
      'pipelineParallel',
      {
        title: `Pipeline parallel ${pipelineParallel} is more than the ${architecture.layers} layers`,
        cause: 'Every stage holds at least one layer.',
        advice: 'Use fewer stages.',
      },
      architecture.layers,
      'pipeline parallel',
    );
  }
  if (tensorParallel % attentionDataParallel !== 0) {
    problem(
      'attentionDataParallel',
      {
        title: `${attentionDataParallel} groups for attention do not divide tensor parallel ${tensorParallel}`,
        cause:
          'The accelerators of a stage form groups of the same size, each with requests of its own.',
        advice: 'Choose a number of groups that divides the tensor-parallel degree.',
      },
      largestDivisor(tensorParallel, attentionDataParallel),
      'attention groups:',
    );
  }
  const asked = workload.expertParallel ?? 1;
  const experts = architecture.mixtureOfExperts?.experts ?? 0;
  if (asked > 1 && experts === 0) {
    problem(
      'expertParallel',
      {
        title: `Expert parallel ${asked} on a model without experts`,
        cause: 'There is nothing to spread: every token passes through all of the model.',
        advice: 'Use 1, or choose a mixture-of-experts model.',
      },
      1,
      'expert parallel',
    );
  } else if (attentionDataParallel > 1 && asked > 1 && asked !== tensorParallel) {
    problem(
      'expertParallel',
      {
        title: `Expert parallel ${asked} beside groups for attention`,
        cause: `Where attention runs in groups, whole experts are spread over all ${tensorParallel} accelerators of a stage.`,
        advice: 'Use as many as the tensor-parallel degree, or one group for attention.',
      },
      tensorParallel,
      'expert parallel',
    );
  } else if (asked > 1 && (tensorParallel % asked !== 0 || asked > experts)) {
    problem(
      'expertParallel',
      {
        title: `Expert parallel ${asked} does not fit ${experts} experts on ${tensorParallel} accelerators`,
        cause:
          'Whole experts are spread over accelerators of a stage, the same number on each group of them.',
        advice:
          'Choose a degree that divides the tensor-parallel degree and is not above the experts.',
      },
      largestDivisor(tensorParallel, Math.min(asked, experts)),
      'expert parallel',
    );
  }
  return found;
}

/** One replica stands on one cluster: with more accelerators than that has there is none. */
export function tooFewAccelerators(
  workload: InferenceWorkload,
  { heads }: Architecture,
  accelerators: number,
): Finding[] {
  const { tensorParallel, pipelineParallel } = degreesOf(workload);
  const needed = replicaAccelerators(workload);
  if (needed <= accelerators) return [];
  const stages = pipelineParallel > 1 ? ` × PP ${count.format(pipelineParallel)}` : '';
  const isDeep = pipelineParallel > accelerators;
  const most = isDeep
    ? accelerators
    : (allowedTensorParallel(heads, accelerators / pipelineParallel).at(-1) ?? 1);
  const name = isDeep ? 'pipeline parallel' : 'tensor parallel';
  return [
    {
      level: 'problem',
      code: 'inference.tooFewAccelerators',
      subjectId: workload.id,
      field: isDeep ? 'pipelineParallel' : 'tensorParallel',
      title: 'One replica needs more accelerators than the cluster has',
      cause: `TP ${count.format(tensorParallel)}${stages} takes ${count.format(needed)} accelerators, and the cluster has ${count.format(accelerators)}.`,
      advice: 'Lower a degree of parallelism or add nodes.',
      fix: most >= 1 ? { label: `Use ${name} ${most}`, value: most } : null,
    },
  ];
}
